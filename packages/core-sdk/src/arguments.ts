import { JioAssistError } from './errors.js';

/**
 * For callers without a compiler: says at once, and by name, which argument is wrong.
 *
 * @throws JioAssistError `config/invalid-argument` naming the argument, unless it `fits`.
 */
export function checkArgument(fits: boolean, place: string, argument: string, rule: string): void {
  if (fits) return;
  throw new JioAssistError('config/invalid-argument', `${place}: ${argument} ${rule}.`, { argument });
}

/** @throws JioAssistError `config/invalid-argument` naming the argument when it is no function. */
export function checkFunction(value: unknown, place: string, argument: string): void {
  checkArgument(typeof value === 'function', place, argument, 'must be a function');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Whether it is a text, or left out. */
export function isOptionalText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}
