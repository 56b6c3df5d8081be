import { JioAssistError } from '../errors.js';

/**
 * What `work` comes to, unless the caller gives up first or it takes longer than `timeout` milliseconds.
 *
 * @throws JioAssistError `network/timeout` with `message`.
 */
export async function within<T>(
  work: Promise<T>,
  timeout: number,
  message: string,
  signal?: AbortSignal,
): Promise<T> {
  const limit = AbortSignal.timeout(timeout);
  const either = AbortSignal.any(signal ? [signal, limit] : [limit]);
  const ended = new Promise<never>((_, reject) => {
    const end = (): void => {
      reject(
        limit.aborted
          ? new JioAssistError('network/timeout', message, { timeout })
          : (either.reason as Error),
      );
    };
    if (either.aborted) end();
    either.addEventListener('abort', end);
  });
  return Promise.race([work, ended]);
}
