import type { QueryObserverResult } from '@tanstack/query-core';
import { toJioAssistError, type JioAssistError } from '../errors.js';

/**
 * One part of the customer's context, with its own state. `updatedAt` is in epoch milliseconds.
 *
 * @group Customer context
 */
export type Part<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly data: T; readonly updatedAt: number }
  | { readonly status: 'stale'; readonly data: T; readonly updatedAt: number; readonly error: JioAssistError }
  | { readonly status: 'error'; readonly error: JioAssistError };

export const IDLE = { status: 'idle' } as const;

/** What a query's result means to those who look at the customer. */
export function toPart<T>(result: QueryObserverResult<T>): Part<T> {
  const { data, dataUpdatedAt: updatedAt } = result;
  if (data !== undefined) {
    if (result.error === null) return { status: 'ready', data, updatedAt };
    return { status: 'stale', data, updatedAt, error: coded(result.error) };
  }
  if (result.error === null || result.isFetching) return { status: 'loading' };
  return { status: 'error', error: coded(result.error) };
}

function coded(error: Error): JioAssistError {
  return toJioAssistError(error, 'network/unreachable', 'The answer did not come.');
}
