/**
 * Every code a {@link SearchError} can carry. Codes are stable.
 *
 * @group Errors
 */
export const SEARCH_ERROR_CODES = [
  'search/invalid-argument',
  'search/invalid-document',
  'search/duplicate-id',
  'search/corrupt-index',
  'search/index-version',
  'search/worker-failed',
] as const;

/** @group Errors */
export type SearchErrorCode = (typeof SEARCH_ERROR_CODES)[number];

/**
 * The one error the search engine throws. It has the name and shape of the core's `JioAssistError`, so that
 * `isJioAssistError` knows it, without the core in the worker's bundle.
 *
 * @group Errors
 */
export class SearchError extends Error {
  readonly code: SearchErrorCode;
  /** The place: which argument, document or field. Never a text somebody typed. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    code: SearchErrorCode,
    message: string,
    details: Record<string, string | number> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'JioAssistError';
    this.code = code;
    this.details = details;
  }
}

export function invalidArgument(argument: string, expected: string): SearchError {
  return new SearchError('search/invalid-argument', `${argument} must be ${expected}.`, { argument });
}
