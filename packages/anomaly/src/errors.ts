/** Every code an {@link AnomalyError} can carry. Codes are stable: callers may branch on them. */
export const anomalyErrorCodes = ['anomaly/state-broken', 'anomaly/state-newer'] as const;

/** One of {@link anomalyErrorCodes}. */
export type AnomalyErrorCode = (typeof anomalyErrorCodes)[number];

/** The one error of this package. Its message names the argument at fault. */
export class AnomalyError extends Error {
  readonly code: AnomalyErrorCode;

  constructor(code: AnomalyErrorCode, message: string) {
    super(message);
    this.name = 'AnomalyError';
    this.code = code;
  }
}
