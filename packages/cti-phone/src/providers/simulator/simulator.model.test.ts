import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Phone, type Call, type CallState, type CommandWish, type PhoneError } from '../../model/index.ts';
import { NUMBERS, SCENARIO_NAMES, SimulatorProvider, type ScenarioName } from './index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

let phone: Phone;
let provider: SimulatorProvider;
const begin = async (scenario: ScenarioName) => {
  provider = new SimulatorProvider({ scenario, seed: 3 });
  phone = new Phone(provider);
  phone.start();
  await vi.advanceTimersByTimeAsync(3_000);
};
afterEach(() => phone.stop());

const run = async (wish: CommandWish) => {
  const result = phone.run(wish).then(
    () => 'done',
    (error: unknown) => (error as PhoneError).code,
  );
  await vi.advanceTimersByTimeAsync(9_000);
  return result;
};
const callAt = (index: number): Call => {
  const call = phone.snapshot.calls[index];
  if (!call) throw new Error(`there are ${phone.snapshot.calls.length} calls`);
  return call;
};
const states = (): CallState[] => phone.snapshot.calls.map(({ state }) => state);

describe('the simulator', () => {
  it.each(SCENARIO_NAMES)('plays "%s" to the end, always the same', async (scenario) => {
    const play = async () => {
      const seen: string[] = [];
      await begin(scenario);
      phone.subscribe(({ calls, connection }) =>
        seen.push(`${connection.state} ${calls.map(({ state }) => state).join()}`),
      );
      await vi.advanceTimersByTimeAsync(60_000);
      await phone.stop();
      return seen;
    };
    expect(await play()).to.deep.equal(await play());
  });

  it('rings with what the contact centre knows, is answered, held, retrieved, ended and wrapped up', async () => {
    await begin('inbound');
    const { id, attachedData, number, queue } = callAt(0);
    expect([attachedData.CustomerId, number, queue]).to.deep.equal([
      'C-1001',
      '+919774853323',
      'Fibre support',
    ]);
    for (const [name, state] of [
      ['answer', 'connected'],
      ['hold', 'held'],
      ['retrieve', 'connected'],
      ['hangUp', 'wrapUp'],
      ['wrapUp', 'closed'],
    ] as const) {
      expect([name, await run({ name, callId: id }), callAt(0).state]).to.deep.equal([name, 'done', state]);
    }
    expect(callAt(0).endReason).to.equal('hungUp');
    expect(phone.snapshot.agent.state).to.equal('ready');
  });

  it('lets a caller leave, and another agent be faster', async () => {
    await begin('abandoned');
    await vi.advanceTimersByTimeAsync(6_000);
    expect([callAt(0).state, callAt(0).endReason]).to.deep.equal(['closed', 'abandoned']);
    await phone.stop();
    await begin('taken-elsewhere');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(callAt(0).endReason).to.equal('elsewhere');
  });

  it('asks a colleague, goes to and fro, and puts the caller through', async () => {
    await begin('inbound');
    const { id } = callAt(0);
    await run({ name: 'answer', callId: id });
    expect(await run({ name: 'consult', callId: id, destination: '7002' })).to.equal('done');
    expect(states()).to.deep.equal(['held', 'connected']);
    expect(await run({ name: 'swap', callId: id })).to.equal('done');
    expect(states()).to.deep.equal(['connected', 'held']);
    expect(await run({ name: 'completeTransfer', callId: id })).to.equal('done');
    expect(phone.snapshot.calls.map(({ endReason }) => endReason)).to.deep.equal([
      'transferred',
      'transferred',
    ]);
  });

  it('brings a colleague into the call, and takes them out again', async () => {
    await begin('inbound');
    const { id } = callAt(0);
    await run({ name: 'answer', callId: id });
    await run({ name: 'consult', callId: id, destination: '7002' });
    expect(await run({ name: 'completeConference', callId: id })).to.equal('done');
    expect([callAt(0).conference, callAt(0).participants.length]).to.deep.equal([true, 3]);
    expect(await run({ name: 'removeParticipant', callId: id, participantId: '7002' })).to.equal('done');
    expect([callAt(0).conference, callAt(0).participants.length]).to.deep.equal([false, 2]);
  });

  it('goes back to the caller from a consultation', async () => {
    await begin('inbound');
    const { id } = callAt(0);
    await run({ name: 'answer', callId: id });
    await run({ name: 'consult', callId: id, destination: NUMBERS.busy });
    expect(states()).to.deep.equal(['held', 'failed']);
    expect(await run({ name: 'retrieve', callId: id })).to.equal('done');
  });

  it('holds one call when another is answered', async () => {
    await begin('two-calls');
    await run({ name: 'answer', callId: callAt(0).id });
    await run({ name: 'answer', callId: callAt(1).id });
    expect(states()).to.deep.equal(['held', 'connected']);
  });

  it.each([
    [NUMBERS.busy, 'failed', 'busy'],
    [NUMBERS.unreachable, 'failed', 'unreachable'],
    ['+911234567890', 'connected', undefined],
  ])('dials %s', async (destination, state, reason) => {
    await begin('quiet');
    expect(await run({ name: 'dial', destination })).to.equal('done');
    expect([callAt(0).state, callAt(0).endReason]).to.deep.equal([state, reason]);
  });

  it('waits with not ready until the call is over', async () => {
    await begin('inbound');
    await run({ name: 'answer', callId: callAt(0).id });
    expect(await run({ name: 'agent', wish: 'notReady' })).to.equal('done');
    expect(phone.snapshot.agent).to.include({ state: 'busy', next: 'notReady' });
    await run({ name: 'hangUp', callId: callAt(0).id });
    expect(phone.snapshot.agent.state).to.equal('notReady');
  });

  it('pauses a recording, and goes on with it', async () => {
    await begin('recording');
    const { id } = callAt(0);
    await run({ name: 'answer', callId: id });
    expect(callAt(0).recording).to.equal('on');
    await run({ name: 'pauseRecording', callId: id });
    expect(callAt(0).recording).to.equal('paused');
  });

  it('fails as real systems do, and the phone gets over it', async () => {
    await begin('inbound');
    const { id } = callAt(0);
    await run({ name: 'answer', callId: id });
    provider.play({ do: 'refuseNext' });
    expect(await run({ name: 'hold', callId: id })).to.equal('cti/refused');
    provider.play({ do: 'ignoreNext' });
    expect(await run({ name: 'hold', callId: id })).to.equal('cti/timeout');
    provider.play({ do: 'loseConnection', forMs: 1_000 });
    expect(phone.snapshot.connection.state).to.equal('degraded');
    await vi.advanceTimersByTimeAsync(1_500);
    expect([phone.snapshot.connection.state, states()]).to.deep.equal(['online', ['connected']]);
    expect(await run({ name: 'hold', callId: id })).to.equal('done');
  });

  it('keeps calls while the page is loaded again, and begins anew when none is open', async () => {
    const kept = new Map<string, string>();
    const keeping = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const open = async () => {
      phone = new Phone(new SimulatorProvider({ scenario: 'inbound', keeping }));
      phone.start();
      await vi.advanceTimersByTimeAsync(3_000);
    };
    await open();
    await run({ name: 'answer', callId: callAt(0).id });
    await phone.stop();
    await open();
    expect([states(), phone.snapshot.agent.state]).to.deep.equal([['connected'], 'busy']);
    expect(callAt(0).attachedData['CustomerId']).to.equal('C-1001');
    await run({ name: 'hangUp', callId: callAt(0).id });
    await run({ name: 'wrapUp', callId: callAt(0).id });
    await phone.stop();
    await open();
    expect(states()).to.deep.equal(['ringing']);
    await phone.stop();
    for (const nonsense of ['{', '7', '[null, {"id": 1}, {"id": "x", "state": "flying"}]']) {
      kept.forEach((_, key) => kept.set(key, nonsense));
      await open();
      expect(states()).to.deep.equal(['ringing']);
      await phone.stop();
    }
  });
});
