import type { Who } from './caller.js';
import type { Call } from './model/index.ts';

/** What the agent has in hand about one call, from the first ring until it is wrapped up. */
export interface Contact {
  /** The call, which may be over in the telephone system already. */
  readonly call: Call;
  readonly who: Who;
  /** The customer the contact is with, found or chosen. */
  readonly customerId: string | undefined;
  /** Whether the customer's record waits for the agent to open it: there was unsaved work, or the page did not want it. */
  readonly isParked: boolean;
  readonly note: string;
  /** Whether the note has changed since it was saved. */
  readonly isUnsaved: boolean;
  readonly disposition: string;
  /** When the contact closes by itself, in epoch milliseconds; undefined while the agent stays. */
  readonly closesAt: number | undefined;
}

export const newContact = (call: Call): Contact => ({
  call,
  who: { status: 'looking' },
  customerId: undefined,
  isParked: false,
  note: '',
  isUnsaved: false,
  disposition: '',
  closesAt: undefined,
});

/** Whether the agent spoke with somebody. */
export const wasAnswered = ({ call }: Contact): boolean => call.connectedAt !== undefined;
