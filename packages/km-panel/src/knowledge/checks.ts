import { JioAssistError } from '@jioassist/core-sdk';

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What an agent writes beside something; the gateway takes no more. */
export const isNote = (value: unknown): boolean => typeof value === 'string' && value.length <= 500;

/** @throws JioAssistError `config/invalid-argument` naming the argument. */
export function check(fits: boolean, call: string, argument: string, rule: string): void {
  if (fits) return;
  throw new JioAssistError('config/invalid-argument', `knowledge.${call}: ${argument} ${rule}.`, {
    argument,
  });
}

export function checkArticle(article: unknown, call: string): void {
  const { documentId } = (article ?? {}) as { documentId?: unknown };
  check(isText(documentId), call, 'article', 'must be an article of this model');
}
