import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL_EVENTS,
  CALL_STATES,
  CONNECTION_STATES,
  CONNECTION_TABLE,
  initialState,
  isLive,
  reduce,
  type CtiEvent,
  type PhoneState,
} from './index.ts';

const NOW = 1_700_000_000_000;
const run = (events: readonly CtiEvent[], from = initialState(NOW)): PhoneState =>
  events.reduce((state, event, index) => reduce(state, event, NOW + index).state, from);
const call = (
  callId: string,
  event: (typeof CALL_EVENTS)[number],
  facts?: Record<string, unknown>,
): CtiEvent => ({
  type: 'call',
  callId,
  event,
  ...(facts && { facts }),
});

const ids = fc.constantFrom('A', 'B', 'C');
const anyEvent: fc.Arbitrary<CtiEvent> = fc.oneof(
  fc.record({
    type: fc.constant('call' as const),
    callId: ids,
    event: fc.constantFrom(...CALL_EVENTS),
    facts: fc.record({ consultOf: ids, muted: fc.boolean(), capabilities: fc.constant(['hold', 'hangUp']) }),
  }),
  fc.record({ type: fc.constant('callRenamed' as const), from: ids, to: ids }),
  fc.record({
    type: fc.constant('connection' as const),
    connection: fc.record({ state: fc.constantFrom(...CONNECTION_STATES) }),
  }),
  fc.record({
    type: fc.constant('agent' as const),
    agent: fc.record({ state: fc.constantFrom('ready' as const, 'notReady' as const, 'busy' as const) }),
  }),
);

/** What can never be, whatever was told in whatever order. */
function checkPossible(state: PhoneState): void {
  const known = new Set(state.calls.map(({ id }) => id));
  expect(known.size, 'one call for each id').to.equal(state.calls.length);
  for (const each of state.calls) {
    expect(CALL_STATES).to.include(each.state);
    expect(each.state).not.to.equal('new');
    if (each.connectedAt !== undefined) expect(each.connectedAt).to.be.at.least(each.startedAt);
    if (!isLive(each.state)) expect(each.endedAt, 'it ended at some time').to.be.a('number');
    if (!isLive(each.state)) expect(each.capabilities.filter((name) => name !== 'wrapUp')).to.deep.equal([]);
    if (each.state !== 'held') expect(each.heldAt).to.equal(undefined);
  }
}

describe('the phone, whatever it is told', () => {
  it('is never in a state that cannot be', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let state = initialState(NOW);
        events.forEach((event, index) => {
          state = reduce(state, event, NOW + index).state;
          checkPossible(state);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not mind hearing a thing twice', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const once = run(events.filter(({ type }) => type !== 'callRenamed'));
        const again = events.filter(({ type }) => type !== 'callRenamed').at(-1);
        if (!again) return;
        expect(reduce(once, again, NOW + 99).state.calls).to.deep.equal(once.calls);
      }),
    );
  });

  it('agrees with the provider after a snapshot, whatever was lost before', () => {
    const truth = fc.uniqueArray(
      fc.record({
        callId: ids,
        event: fc.constantFrom('ringing' as const, 'connected' as const, 'held' as const, 'dialing' as const),
      }),
      { selector: ({ callId }) => callId },
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), truth, (events, calls) => {
        const before = run(events);
        const after = reduce(before, { type: 'snapshot', calls }, NOW + 99).state;
        const over = new Set(before.calls.filter(({ state }) => !isLive(state)).map(({ id }) => id));
        const live = after.calls.filter(({ state }) => isLive(state)).map(({ id, state }) => [id, state]);
        const expected = calls
          .filter(({ callId }) => !over.has(callId))
          .map(({ callId, event }) => [callId, event]);
        expect(live.sort()).to.deep.equal(expected.sort());
        checkPossible(after);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('words that nobody knows', () => {
  const before = run([call('A', 'connected')]);

  it('as an event of a call leave it as it is, and the provider is asked', () => {
    const flying: CtiEvent = { type: 'call', callId: 'A', event: 'flying' as 'held' };
    expect(reduce(before, flying, NOW)).to.deep.equal({ state: before, needsResync: true });
    expect(reduce(before, { ...flying, callId: 'B', event: 'toString' as 'held' }, NOW).state).to.equal(
      before,
    );
  });

  it('in a snapshot leave the call as it was', () => {
    const calls = [
      { callId: 'A', event: 'flying' as 'held' },
      { callId: 'B', event: 'constructor' as 'held' },
    ];
    const { state } = reduce(before, { type: 'snapshot', calls }, NOW);
    expect(state.calls.map(({ id, state: at }) => [id, at])).to.deep.equal([['A', 'connected']]);
  });

  it('as a state of the agent or the connection are not taken', () => {
    const agent: CtiEvent = { type: 'agent', agent: { state: 'asleep' as 'ready' } };
    expect(reduce(before, agent, NOW).state.agent).to.equal(before.agent);
    const connection: CtiEvent = { type: 'connection', connection: { state: 'foggy' as 'online' } };
    expect(reduce(before, connection, NOW).state).to.equal(before);
  });
});

describe('the connection', () => {
  it.each(CONNECTION_STATES.flatMap((from) => CONNECTION_STATES.map((to) => [from, to] as const)))(
    'from %s to %s goes as the table says',
    (from, to) => {
      const before: PhoneState = { ...initialState(NOW), connection: { state: from } };
      const { state, needsResync } = reduce(before, { type: 'connection', connection: { state: to } }, NOW);
      const isAllowed = CONNECTION_TABLE[from].includes(to);
      expect(state.connection.state).to.equal(isAllowed ? to : from);
      expect(needsResync, 'what was missed is asked for').to.equal(
        isAllowed && to === 'online' && from !== 'online',
      );
    },
  );
});

describe('a call that changes its id', () => {
  it('stays one call, with its consultations', () => {
    const state = run([
      call('A', 'connected', { name: 'Asha' }),
      call('B', 'dialing', { direction: 'consult', consultOf: 'A' }),
      { type: 'callRenamed', from: 'A', to: 'X' },
    ]);
    expect(state.calls.map(({ id, consultOf }) => [id, consultOf])).to.deep.equal([
      ['X', undefined],
      ['B', 'X'],
    ]);
  });

  it('is merged with what was told under the new id before', () => {
    const state = run([
      call('A', 'connected'),
      call('X', 'held'),
      { type: 'callRenamed', from: 'A', to: 'X' },
    ]);
    expect(state.calls.map(({ id, state: now }) => [id, now])).to.deep.equal([['X', 'held']]);
    expect(state.calls[0]?.startedAt).to.equal(NOW);
  });
});

describe('what is told of a call', () => {
  const factsOf = (facts: Record<string, unknown>) => run([call('A', 'ringing', facts)]).calls[0];

  it('is read in the spellings of all providers', () => {
    const capabilities = [
      'send-dtmf',
      'SendDtmf',
      'Hangup',
      'release',
      'single-step-transfer',
      'swapCalls',
      'fly',
      7,
    ];
    expect(factsOf({ capabilities })?.capabilities).to.deep.equal(['sendDtmf', 'hangUp', 'transfer', 'swap']);
  });

  it('is attached data as texts, from objects and from lists of pairs', () => {
    const pairs = [
      { key: 'CaseId', type: 'str', value: 'TT-7' },
      { key: 'Priority', type: 'int', value: 3 },
      { key: 'Customer', type: 'kvlist', value: [{ key: 'Id', type: 'str', value: 'C-1001' }] },
    ];
    const expected = { CaseId: 'TT-7', Priority: '3', 'Customer.Id': 'C-1001' };
    expect(factsOf({ attachedData: pairs })?.attachedData).to.deep.equal(expected);
    expect(
      factsOf({ attachedData: { CaseId: 'TT-7', Priority: 3, Customer: { Id: 'C-1001' } } })?.attachedData,
    ).to.deep.equal(expected);
  });

  it('cannot flood the phone, turn its text around, or reach a prototype', () => {
    const huge = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 'x'.repeat(10_000)]),
    );
    const kept = factsOf({ attachedData: huge, name: '\u202egnp.exe\u0000\ud800' });
    expect(Object.keys(kept?.attachedData ?? {})).to.have.length(64);
    expect(Object.values(kept?.attachedData ?? {}).every((value) => value.length <= 1_024)).to.equal(true);
    expect(kept?.name).to.equal('gnp.exe');
    const hostile = JSON.parse('{"__proto__": {"polluted": "yes"}, "ok": "1"}') as object;
    expect(factsOf({ attachedData: hostile })?.attachedData).to.deep.equal({ ok: '1' });
    expect('polluted' in {}).to.equal(false);
  });

  it.each([
    [null],
    [7],
    ['text'],
    [[[]]],
    [[{ key: {}, value: 1 }]],
    [{ a: { b: { c: { d: { e: 'deep' } } } } }],
  ])('may be nonsense as attached data: %j', (attachedData) => {
    expect(factsOf({ attachedData })?.attachedData).to.deep.equal({});
  });
});
