import type { JioActionEvent, JioActionRequestEvent } from '@jioassist/core-sdk/lit';
import type { CallChange, CallChangeName } from './call-changes.js';
import type { CallCommandName, CallDirection, EndReason } from './model/index.ts';

/** Where a number to dial comes from. */
export const DIAL_SOURCES = ['keypad', 'history', 'link', 'page'] as const;
export type DialSource = (typeof DIAL_SOURCES)[number];

declare module '@jioassist/core-sdk/actions.js' {
  interface JioActions {
    /** The record of the one on the line is opened. */
    'screen-pop': { customerId: string; callId: string };
    /** A call is told to do something: answer, hold, transfer… */
    'call-command': { callId: string; command: CallCommandName };
    /** A number is dialled. */
    'call-dial': { source: DialSource };
    /** A contact is wrapped up. */
    'call-finish': { callId: string };
    /** A lead is written for a caller who is no customer. */
    'new-lead': { callId: string };
    /** The agent takes the telephone into this tab. */
    'phone-take': Record<string, never>;
  }
}

/** What a call event tells: ids and words of a list, nothing personal. */
export interface CallEventDetail {
  readonly callId: string;
  readonly customerId: string | null;
  readonly direction: CallDirection;
  readonly endReason: EndReason | null;
}

/** Something happened to a call: `jio-call-alerting`, `jio-call-answered`, … */
export class JioCallEvent extends CustomEvent<CallEventDetail> {
  constructor({ name, call }: CallChange, customerId: string | undefined) {
    const { id: callId, direction, endReason = null } = call;
    const detail = { callId, customerId: customerId ?? null, direction, endReason };
    super(`jio-call-${name}`, { bubbles: true, composed: true, detail });
  }
}

type CallEvents = { [N in CallChangeName as `jio-call-${N}`]: JioCallEvent };

declare global {
  interface HTMLElementEventMap extends CallEvents {
    'jio-screen-pop-request': JioActionRequestEvent<'screen-pop'>;
    'jio-screen-pop': JioActionEvent<'screen-pop'>;
    'jio-call-command-request': JioActionRequestEvent<'call-command'>;
    'jio-call-command': JioActionEvent<'call-command'>;
    'jio-call-dial-request': JioActionRequestEvent<'call-dial'>;
    'jio-call-dial': JioActionEvent<'call-dial'>;
    'jio-call-finish-request': JioActionRequestEvent<'call-finish'>;
    'jio-call-finish': JioActionEvent<'call-finish'>;
    'jio-new-lead-request': JioActionRequestEvent<'new-lead'>;
    'jio-new-lead': JioActionEvent<'new-lead'>;
    'jio-phone-take-request': JioActionRequestEvent<'phone-take'>;
    'jio-phone-take': JioActionEvent<'phone-take'>;
  }
}
