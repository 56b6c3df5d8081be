/**
 * Every code a {@link JioAssistError} can carry. Codes are stable: hosts may branch on them.
 *
 * @group Errors
 */
export const ERROR_CODES = [
  'client/missing',
  'config/invalid-attribute',
  'config/invalid-argument',
  'auth/signed-out',
  'auth/popup-blocked',
  'auth/popup-severed',
  'auth/cancelled',
  'auth/failed',
  'auth/not-allowed',
  'network/unreachable',
  'network/timeout',
  'network/origin-not-allowed',
  'api/not-json',
  'api/redirected',
  'api/too-large',
  'api/unexpected-shape',
  'api/refused',
  'api/unavailable',
  'storage/failed',
  'storage/cleared',
  'customer/not-found',
  'action/failed',
  'element/render-failed',
] as const;

/** @group Errors */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Evidence for the developer: names and numbers only, never a token or a customer's data. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/**
 * The one error the SDK throws or shows. `code` is stable, `message` is for the developer, `details` name
 * the place, `cause` is what was caught.
 *
 * @group Errors
 */
export class JioAssistError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'JioAssistError';
    this.code = code;
    this.details = details;
  }
}

/** Whether `value` is an error of the SDK, also when it comes from another copy of it. */
export function isJioAssistError(value: unknown): value is JioAssistError {
  return value instanceof Error && value.name === 'JioAssistError' && 'code' in value;
}

/** What the caller gets for anything caught: our own errors as they are, the rest wrapped. */
export function toJioAssistError(value: unknown, code: ErrorCode, message: string): JioAssistError {
  return isJioAssistError(value) ? value : new JioAssistError(code, message, {}, value);
}
