import { describe, expect, it } from 'vitest';
import { changesBetween, renamesBetween } from './call-changes.ts';
import { initialState, reduce, type Call, type CallEvent, type CtiEvent } from './model/index.ts';

const NOW = 1_700_000_000_000;
const tell = (...events: CtiEvent[]): readonly Call[] =>
  events.reduce((state, event, index) => reduce(state, event, NOW + index).state, initialState(NOW)).calls;
const call = (event: CallEvent, callId = 'A', facts?: Record<string, unknown>): CtiEvent => ({
  type: 'call',
  callId,
  event,
  ...(facts && { facts }),
});
const names = (before: CtiEvent[], after: CtiEvent[]): string[] =>
  changesBetween(tell(...before), tell(...before, ...after)).map(({ name }) => name);

describe('what happens to calls', () => {
  it.each([
    [[], [call('ringing')], ['alerting']],
    [[], [call('dialing')], ['dialing']],
    [[call('ringing')], [call('connected')], ['answered']],
    [[call('connected')], [call('held')], ['held']],
    [[call('connected'), call('held')], [call('connected')], ['retrieved']],
    [[call('connected')], [call('ended')], ['ended']],
    [[call('connected')], [call('ended'), call('closed')], ['ended', 'closed']],
    [[call('connected')], [call('dialing', 'B', { consultOf: 'A' })], ['consulting']],
    [
      [call('connected')],
      [{ type: 'call', callId: 'A', facts: { conference: true } } as const],
      ['conference'],
    ],
    // Seen first when it is there already, as after a reload.
    [[], [call('connected')], ['answered']],
    [[], [call('held')], ['answered', 'held']],
  ] satisfies [CtiEvent[], CtiEvent[], string[]][])('%j, then %j: %j', (before, after, expected) => {
    expect(names(before, after)).to.deep.equal(expected);
  });

  it('is nothing when a thing is told twice', () => {
    expect(names([call('connected')], [call('connected')])).to.deep.equal([]);
    const calls = tell(call('connected'));
    expect(changesBetween(calls, calls)).to.deep.equal([]);
  });

  it('follows a call to its new id', () => {
    const before = tell(call('connected'));
    const after = tell(call('connected'), { type: 'callRenamed', from: 'A', to: 'X' });
    expect(renamesBetween(before, after)).to.deep.equal([['A', 'X']]);
    expect(renamesBetween(before, before)).to.deep.equal([]);
  });
});
