import type { ErrorCode, ErrorDetails } from '../errors.js';
import type { GatewayStreamHandler } from './gateway-stream.js';
import type { Want } from './stream-want.js';
import type { LiveEvent } from './topics.js';

/** How the leader's connection is doing, as it can be posted. */
export type LeaderState =
  | { readonly status: 'connecting' }
  /** It tells everything wanted after event number `from`. */
  | { readonly status: 'open'; readonly want: Want; readonly from: number }
  | {
      readonly status: 'broken';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
    };

/** What the leader tells the tabs, itself too. */
export type LeaderMessage =
  | { readonly type: 'state'; readonly state: LeaderState }
  | { readonly type: 'event'; readonly event: LiveEvent; readonly position: number | undefined }
  | { readonly type: 'position'; readonly position: number }
  | { readonly type: 'gap'; readonly from: number }
  /** The leader and its connection live. */
  | { readonly type: 'sign' };

/** What tabs tell each other. There is nothing about a customer in it but ids, and values of KPIs. */
export type TabMessage =
  | LeaderMessage
  /** What a tab wants; also the answer to `who`. */
  | { readonly type: 'want'; readonly want: Want }
  /** Somebody is new: who wants what, and how is the stream? */
  | { readonly type: 'who' };

/** The least time between two signs of life, in milliseconds. */
const SIGN_EVERY = 2_000;

/** What comes over the connection, as messages. */
export function toMessages(tell: (message: LeaderMessage) => void): GatewayStreamHandler {
  let signedAt = -Infinity;
  const tellState = (state: LeaderState): void => {
    tell({ type: 'state', state });
  };
  return {
    onConnecting: () => {
      tellState({ status: 'connecting' });
    },
    onOpen: (want, from) => {
      tellState({ status: 'open', want, from });
    },
    onBroken: ({ code, message, details }) => {
      tellState({ status: 'broken', code, message, details });
    },
    onGap: (from) => {
      tell({ type: 'gap', from });
    },
    onEvent: (event, position) => {
      tell({ type: 'event', event, position });
    },
    onPosition: (position) => {
      tell({ type: 'position', position });
    },
    onSign: () => {
      if (performance.now() - signedAt < SIGN_EVERY) return;
      signedAt = performance.now();
      tell({ type: 'sign' });
    },
  };
}
