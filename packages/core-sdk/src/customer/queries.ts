import { QueryClient } from '@tanstack/query-core';
import { backoff } from '../backoff.js';
import { isJioAssistError } from '../errors.js';

const MOST_RETRIES = 2;

/** Nobody waits longer for a part by itself, in seconds: then the part says what is wrong, and the agent decides. */
const LONGEST_WAIT = 20;

/** How long what nobody looks at is kept, in milliseconds: an agent goes back to the customer of a moment ago. */
const KEPT_FOR = 10 * 60_000;

/** The cache of what is read, and its rules. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: KEPT_FOR,
        // The live stream says when something changed; coming back to the tab is no reason to ask again.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // A browser that calls itself offline may still reach a gateway in its own network.
        networkMode: 'always',
        retry: (failures, error) => failures < MOST_RETRIES && isPassing(error),
        retryDelay: (failures, error) => Math.max(backoff(failures), retryAfter(error) * 1_000),
      },
    },
  });
}

/** Whether asking again can help, soon enough. */
function isPassing(error: Error): boolean {
  if (!isJioAssistError(error) || retryAfter(error) > LONGEST_WAIT) return false;
  return error.code === 'api/unavailable' || error.code === 'network/timeout';
}

/** How long the gateway wants to be left alone, in seconds. */
function retryAfter(error: Error): number {
  return isJioAssistError(error) ? Number(error.details['retryAfter'] ?? 0) : 0;
}
