import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { agentOperations } from './agent-operations.ts';
import { makeCall, operate, type CallOperation, type CallWish } from './call-operations.ts';
import { partyOf } from './call.ts';
import { react } from './outside.ts';
import { distribute, playStep, startRun } from './script.ts';
import { SwitchError } from './switch-error.ts';
import { TelephoneSwitch, type SwitchEvent } from './telephone-switch.ts';
import { readPairs } from './user-data.ts';

const [ASHA, RAVI] = ['7001', '7002'];
let on: TelephoneSwitch;
let told: SwitchEvent[];

beforeEach(() => {
  told = [];
  on = new TelephoneSwitch({ tell: (event) => told.push(event), now: () => 1_000 });
  for (const [id, name] of [
    ['asha', 'Asha Menon'],
    ['ravi', 'Ravi Iyer'],
  ] as const) {
    const line = on.lineFor(id, name);
    agentOperations.login(on, line);
    agentOperations.ready(on, line, {});
  }
});

const act = (dn: string, connId: string, operation: CallOperation, wish: CallWish = {}) => {
  operate(on, dn, connId, operation, wish);
};
const stateAt = (dn: string, connId: string) => partyOf(on.callAt(dn, connId), dn)?.state;
const refused = (work: () => void): number => {
  try {
    work();
  } catch (error) {
    if (error instanceof SwitchError) return error.code;
    throw error;
  }
  return 0;
};

function ring(): string {
  startRun(on, { agentId: 'asha', name: 'inbound', seed: 1, speed: 1, caller: {} });
  playStep(on, 'asha');
  const [call] = on.liveCallsAt(ASHA);
  assert.ok(call);
  return call.connId;
}

describe('the simulated switch', () => {
  it('puts a caller through to an agent, for whom the call changes its id', () => {
    const id = ring();
    act(ASHA, id, 'answer');
    act(ASHA, id, 'initiate-transfer', { destination: RAVI });
    const consult = on.liveCallsAt(RAVI)[0];
    assert.ok(consult);
    act(RAVI, consult.connId, 'answer');
    assert.deepEqual([stateAt(ASHA, id), stateAt(ASHA, consult.connId)], ['Held', 'Established']);
    act(ASHA, consult.connId, 'complete-transfer', { otherConnId: id });
    assert.equal(stateAt(RAVI, id), 'Established');
    const renamed = told.findLast(
      (event) => event.type === 'call' && event.dn === RAVI && event.previousConnId,
    );
    assert.equal(renamed?.type === 'call' && renamed.previousConnId, consult.connId);
    assert.deepEqual(on.callsAt(ASHA), []);
    act(RAVI, id, 'release');
    assert.deepEqual(on.state.calls, []);
  });

  it('lets one wait whose agent is not ready', () => {
    agentOperations['not-ready'](on, on.lineAt(ASHA), {});
    startRun(on, { agentId: 'asha', name: 'inbound', seed: 1, speed: 1, caller: {} });
    playStep(on, 'asha');
    assert.equal(on.liveCallsAt(ASHA).length, 0);
    agentOperations.ready(on, on.lineAt(ASHA), {});
    distribute(on);
    assert.equal(on.liveCallsAt(ASHA).length, 1);
  });

  it('keeps a call that is over until it is completed, where the agent wants that', () => {
    on.lineAt(ASHA).autoComplete = false;
    const id = ring();
    act(ASHA, id, 'answer');
    act(ASHA, id, 'release');
    assert.equal(stateAt(ASHA, id), 'Released');
    const disposition = readPairs([{ key: 'DispositionCode', type: 'str', value: 'Resolved' }]) ?? [];
    act(ASHA, id, 'complete', { userData: disposition });
    const last = told.at(-1);
    assert.equal(last?.type === 'call' && last.state, 'Completed');
    assert.deepEqual(on.state.calls, []);
  });

  it('answers with the codes of T-Server', () => {
    const id = ring();
    const codes = [
      refused(() => act(ASHA, 'nothing', 'answer')),
      refused(() => act(ASHA, id, 'hold')),
      refused(() => act(ASHA, id, 'redirect', { destination: 'x' })),
      refused(() => makeCall(on, ASHA, { destination: '5552' })),
      refused(() => makeCall(on, ASHA, { destination: ASHA })),
      refused(() => act(ASHA, id, 'delete-user-data-pair', { key: 'none' })),
      refused(() => on.lineAt('9999')),
    ];
    assert.deepEqual(codes, [56, 185, 71, 415, 71, 53, 59]);
  });

  it('calls a colleague outside, who answers, also after the call was merged into another', () => {
    const id = ring();
    act(ASHA, id, 'answer');
    act(ASHA, id, 'initiate-transfer', { destination: '+911234567890' });
    const due = () => on.state.due.find(({ act: next }) => next.do === 'pickUp')?.act;
    const consult = on.liveCallsAt(ASHA).find(({ callType }) => callType === 'Consult');
    act(ASHA, String(consult?.connId), 'complete-transfer', { otherConnId: id });
    const next = due();
    if (next && 'connId' in next) react(on, next);
    assert.deepEqual(on.state.calls, []);
  });

  it('goes on where it was, from its state', () => {
    const id = ring();
    act(ASHA, id, 'answer');
    const again = new TelephoneSwitch({
      tell: () => undefined,
      state: structuredClone(on.state),
    });
    operate(again, ASHA, id, 'hold', {});
    assert.equal(partyOf(again.callAt(ASHA, id), ASHA)?.state, 'Held');
  });

  for (const given of [
    'x',
    [1],
    [{ key: '', value: '' }],
    [{ key: 'a', value: true }],
    Array(201).fill({ key: 'a', value: 1 }),
  ])
    it(`takes no attached data from ${JSON.stringify(given).slice(0, 40)}`, () => {
      assert.equal(readPairs(given), undefined);
    });
});
