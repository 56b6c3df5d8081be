import { randomUUID } from 'node:crypto';
import { isInCall, partyOf, type Party, type PartyState, type SwitchCall } from './call.ts';
import { newLine, type Line } from './line.ts';
import { SwitchError } from './switch-error.ts';
import { emptyState, type Act, type SwitchState } from './switch-state.ts';

export type Notification =
  'StateChange' | 'ParticipantsUpdated' | 'AttachedDataChanged' | 'CallRecordingStateChange';

/** What the switch tells an agent's line. */
export type SwitchEvent =
  | { readonly type: 'line'; readonly dn: string }
  | {
      readonly type: 'call';
      readonly dn: string;
      readonly call: SwitchCall;
      /** Where the line stands in the call, which may be gone already. */
      readonly state: PartyState | 'Completed';
      readonly notification: Notification;
      /** The call had this id before. */
      readonly previousConnId?: string;
    }
  | { readonly type: 'error'; readonly dn: string; readonly connId?: string; readonly error: SwitchError };

export interface SwitchOptions {
  readonly tell: (event: SwitchEvent) => void;
  /** Something has changed that is worth keeping. */
  readonly onChange?: () => void;
  readonly now?: () => number;
  readonly state?: SwitchState;
}

const MOST_CALLS = 500;
const MOST_LINES = 200;
const FIRST_DN = 7001;

/** The simulated telephone system: lines, calls, and what is going to happen. What can be done with them is beside it. */
export class TelephoneSwitch {
  readonly state: SwitchState;
  readonly now: () => number;
  readonly #tell: SwitchOptions['tell'];
  readonly #onChange: () => void;

  constructor({ tell, onChange, now, state }: SwitchOptions) {
    this.state = state ?? emptyState();
    this.now = now ?? Date.now;
    this.#tell = tell;
    this.#onChange = onChange ?? (() => undefined);
  }

  /** The agent's line; the first time it gets a number. */
  lineFor(agentId: string, name: string): Line {
    const known = this.state.lines.find((line) => line.agentId === agentId);
    if (known) return known;
    const dn = String(FIRST_DN + this.state.lines.length);
    const line = newLine(agentId, name, dn, this.now());
    if (this.state.lines.length >= MOST_LINES) throw new SwitchError('noLine');
    this.state.lines.push(line);
    return line;
  }

  lineAt(dn: string): Line {
    const line = this.state.lines.find((each) => each.dn === dn);
    if (!line) throw new SwitchError('noLine');
    return line;
  }

  callsAt(dn: string): SwitchCall[] {
    return this.state.calls.filter((call) => partyOf(call, dn) !== undefined);
  }

  liveCallsAt(dn: string): SwitchCall[] {
    return this.callsAt(dn).filter((call) => isInCall(this.partyIn(call, dn)));
  }

  callAt(dn: string, connId: string): SwitchCall {
    const call = this.callsAt(dn).find((each) => each.connId === connId);
    if (!call) throw new SwitchError('noCall');
    return call;
  }

  partyIn(call: SwitchCall, dn: string): Party {
    const party = partyOf(call, dn);
    if (!party) throw new SwitchError('noCall');
    return party;
  }

  addCall(facts: Omit<SwitchCall, 'connId' | 'callUuid' | 'startedAt' | 'recording'>): SwitchCall {
    this.state.lastNumber += 1;
    const connId = `0${this.now().toString(16).slice(-8)}${this.state.lastNumber.toString(16).padStart(7, '0')}`;
    const identity = { connId, callUuid: randomUUID().replaceAll('-', '').toUpperCase() };
    const call: SwitchCall = { ...facts, ...identity, startedAt: this.now(), recording: 'Stopped' };
    this.state.calls.push(call);
    while (this.state.calls.length > MOST_CALLS) this.state.calls.shift();
    return call;
  }

  removeCall({ connId }: SwitchCall): void {
    this.state.calls = this.state.calls.filter((call) => call.connId !== connId);
    this.state.due = this.state.due.filter(({ act }) => !('connId' in act) || act.connId !== connId);
  }

  /** Moves a party, and tells it when it is an agent. */
  move(call: SwitchCall, party: Party, state: PartyState, previousConnId?: string): void {
    party.state = state;
    if (party.isAgent) {
      const renamed = previousConnId === undefined ? {} : { previousConnId };
      this.#tell({ type: 'call', dn: party.dn, call, state, notification: 'StateChange', ...renamed });
    }
    this.#onChange();
  }

  /** Tells all agents in the call, or those but one, of what is not their own state. */
  tellOthers(call: SwitchCall, notification: Notification, but?: string): void {
    for (const { dn, isAgent, state } of call.parties)
      if (isAgent && dn !== but) this.#tell({ type: 'call', dn, call, state, notification });
    this.#onChange();
  }

  /** The last word on a call at this line. */
  complete(call: SwitchCall, dn: string): void {
    this.#tell({ type: 'call', dn, call, state: 'Completed', notification: 'StateChange' });
    this.forget(call, dn);
  }

  /** The call is over for this line, which has been told that it was released. */
  forget(call: SwitchCall, dn: string): void {
    call.parties = call.parties.filter((party) => party.dn !== dn);
    if (!call.parties.some(({ isAgent }) => isAgent)) this.removeCall(call);
    this.#onChange();
  }

  changeLine(line: Line, change: Partial<Omit<Line, 'agentId' | 'dn' | 'since'>>): void {
    Object.assign(line, change, { since: this.now() });
    this.#tell({ type: 'line', dn: line.dn });
    this.#onChange();
  }

  refuse(dn: string, error: SwitchError, connId?: string): void {
    this.#tell({ type: 'error', dn, error, ...(connId !== undefined && { connId }) });
  }

  later(milliseconds: number, act: Act): void {
    this.state.due.push({ at: this.now() + milliseconds, act });
    this.#onChange();
  }

  changed(): void {
    this.#onChange();
  }
}
