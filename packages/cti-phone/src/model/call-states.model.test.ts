import { describe, expect, it } from 'vitest';
import {
  CALL_EVENTS,
  CALL_STATES,
  CALL_TABLE,
  initialState,
  isLive,
  reduce,
  type CallEvent,
  type CallState,
  type PhoneState,
} from './index.ts';

const NOW = 1_700_000_000_000;

/** The shortest way to each state. */
const WAY: Record<CallState, readonly CallEvent[]> = {
  new: [],
  dialing: ['dialing'],
  remoteRinging: ['dialing', 'remoteRinging'],
  offered: ['offered'],
  ringing: ['ringing'],
  connecting: ['ringing', 'accepted'],
  connected: ['ringing', 'connected'],
  held: ['ringing', 'connected', 'held'],
  transferring: ['ringing', 'connected', 'transferring'],
  failed: ['dialing', 'failed'],
  ended: ['ringing', 'connected', 'ended'],
  wrapUp: ['ringing', 'connected', 'ended', 'wrapUp'],
  closed: ['ringing', 'connected', 'ended', 'closed'],
};

const tell = (state: PhoneState, event: CallEvent) =>
  reduce(state, { type: 'call', callId: 'A', event }, NOW);
const at = (state: CallState): PhoneState =>
  WAY[state].reduce((phone, event) => tell(phone, event).state, initialState(NOW));
const stateOf = (phone: PhoneState) => phone.calls[0]?.state;

const everyPair = CALL_STATES.filter((state) => state !== 'new').flatMap((state) =>
  CALL_EVENTS.map((event) => [state, event] as const),
);

describe('the call leg', () => {
  it.each(everyPair)('%s, told of "%s", goes where the table says', (state, event) => {
    const before = at(state);
    expect(stateOf(before), 'the way there').to.equal(state);
    const { state: after, needsResync } = tell(before, event);
    const move = CALL_TABLE[state][event];
    const isKept = move === 'same' || move === 'late' || move === 'wrong';
    expect(stateOf(after)).to.equal(isKept ? state : move);
    expect(needsResync, 'asks the provider').to.equal(move === 'wrong');
  });

  it.each(everyPair)('%s, told of "%s" twice, is as after once', (state, event) => {
    const once = tell(at(state), event).state;
    expect(tell(once, event).state.calls).to.deep.equal(once.calls);
  });

  it.each(CALL_EVENTS)('begins with "%s" only when there is still something to it', (event) => {
    const { state } = tell(initialState(NOW), event);
    const move = CALL_TABLE.new[event];
    const begins = CALL_STATES.some((known) => known === move && isLive(known));
    expect(state.calls).to.have.length(begins ? 1 : 0);
  });

  it('never comes back to life', () => {
    for (const state of ['failed', 'ended', 'wrapUp', 'closed'] as const) {
      for (const event of CALL_EVENTS) {
        const after = stateOf(tell(at(state), event).state);
        expect(after && isLive(after), `${state} + ${event}`).to.equal(false);
      }
    }
  });

  it('notes when it was answered, and why it ended', () => {
    const missed = tell(at('ringing'), 'ended').state.calls[0];
    expect([missed?.endReason, missed?.connectedAt]).to.deep.equal(['missed', undefined]);
    const answered = tell(at('held'), 'ended').state.calls[0];
    expect([answered?.endReason, answered?.connectedAt, answered?.heldAt]).to.deep.equal([
      'remoteHungUp',
      NOW,
      undefined,
    ]);
  });

  it('is frozen with all that is in it', () => {
    const phone = at('connected');
    expect(
      Object.isFrozen(phone) && Object.isFrozen(phone.calls) && Object.isFrozen(phone.calls[0]),
    ).to.equal(true);
  });
});
