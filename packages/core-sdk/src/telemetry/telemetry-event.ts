import type { ApiName } from '../config.js';
import type { ErrorCode } from '../errors.js';

/** How a request ended: the class of its status, or why there was none. */
export type RequestOutcome = '2xx' | '3xx' | '4xx' | '5xx' | 'timeout' | 'unreachable' | 'cancelled';

/**
 * What the SDK tells the host of its own work. A closed union of names and numbers: there is no field that could hold
 * a customer, an agent, an address or a token. Durations are in milliseconds.
 *
 * @group Telemetry
 */
export type TelemetryEvent =
  /** The agent asked to sign in, and did or did not. */
  | { readonly type: 'sign-in'; readonly outcome: 'done' | 'failed'; readonly duration: number }
  | { readonly type: 'sign-out' }
  /** From the switch, or from the sign-in when that came later, until every part has its answer. */
  | {
      readonly type: 'customer-ready';
      readonly duration: number;
      /** Whether all of it was known from before. */
      readonly cached: boolean;
      readonly failedParts: number;
    }
  /** One call of an API; for the live stream (`events`) until it was opened. */
  | {
      readonly type: 'request';
      readonly api: ApiName | 'events' | 'other';
      readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
      readonly outcome: RequestOutcome;
      readonly duration: number;
    }
  | { readonly type: 'stream-open' }
  | { readonly type: 'stream-broken'; readonly code: ErrorCode }
  /** An error that was not seen before. */
  | { readonly type: 'error'; readonly code: ErrorCode }
  /** How many commands of the agent wait, and how many were refused or met a conflict; when that changes. */
  | { readonly type: 'commands'; readonly pending: number; readonly failed: number };

/** @group Telemetry */
export type TelemetryHook = (event: TelemetryEvent) => void;

/** What the pipeline knows of a call when it has ended; `status` is 0 when no answer came. */
export interface RequestReport {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly status: number;
  readonly failure: 'timeout' | 'unreachable' | 'cancelled' | undefined;
  readonly duration: number;
}
