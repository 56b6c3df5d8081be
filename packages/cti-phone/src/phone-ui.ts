import type { CallerBrief } from './caller-brief.js';
import type { Contacts } from './contacts.js';
import type { CtiPhoneModel, CtiPhoneState } from './cti-phone.model.js';
import type { DialSource } from './cti-phone.events.js';
import type { CallCommandName, CommandWish } from './model/index.ts';
import type { Directory, DirectoryEntry, Disposition, Shortcuts } from './settings.js';

/** What is unfolded below a call. */
export const CALL_PANELS = ['keypad', 'transfer'] as const;
export type CallPanel = (typeof CALL_PANELS)[number];

/** What the pieces of the element work with. */
export interface PhoneUi {
  readonly model: CtiPhoneModel;
  readonly contacts: Contacts;
  readonly state: CtiPhoneState;
  readonly dispositions: readonly Disposition[];
  readonly reasons: readonly string[];
  readonly directory: Directory;
  readonly shortcuts: Shortcuts;
  /** Epoch milliseconds, for durations. */
  readonly now: number;
  readonly recent: readonly DirectoryEntry[];
  briefOf(customerId: string): CallerBrief;
  panelOf(callId: string): CallPanel | undefined;
  toggle(callId: string, panel: CallPanel): void;
  command(callId: string, command: CallCommandName, more?: Partial<CommandWish>): void;
  dial(number: string, source: DialSource): void;
  finish(callId: string): void;
  newLead(callId: string): void;
}

/** Minutes and seconds since a moment, in epoch milliseconds. */
export function durationSince(moment: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - moment) / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
