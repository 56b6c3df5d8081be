import * as v from './valibot.js';
import { JioAssistError } from '../errors.js';

/**
 * Checks the shape of an answer at the border: what a widget gets is what the type says.
 *
 * @throws JioAssistError `api/unexpected-shape` naming the first place that is wrong.
 */
export function parseShape<T>(schema: v.GenericSchema<unknown, T>, value: unknown, resource: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw unexpected(resource, v.getDotPath(result.issues[0]) ?? '(whole answer)');
}

/**
 * A list whose good records are worth having without the bad ones: those are left out and reported.
 *
 * @throws JioAssistError `api/unexpected-shape` when it is no list, or no record of it can be read.
 */
export function parseList<T>(
  item: v.GenericSchema<unknown, T>,
  value: unknown,
  resource: string,
  report: (error: JioAssistError) => void,
): T[] {
  const records: T[] = [];
  let wrong: JioAssistError | undefined;
  for (const [index, record] of parseShape(v.array(v.unknown()), value, resource).entries()) {
    const result = v.safeParse(item, record);
    if (result.success) records.push(result.output);
    else wrong ??= unexpected(resource, [index, v.getDotPath(result.issues[0]) ?? []].flat().join('.'));
  }
  if (!wrong) return records;
  if (records.length === 0) throw wrong;
  report(wrong);
  return records;
}

function unexpected(resource: string, field: string): JioAssistError {
  const message = `An answer of the gateway (${resource}) has not the expected shape, at ${field}.`;
  return new JioAssistError('api/unexpected-shape', message, { resource, field });
}
