import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Phone, PhoneError, type CtiCommand, type CtiEvent, type CtiProvider } from './index.ts';

/** A provider that does nothing by itself. */
class SilentProvider implements CtiProvider {
  readonly name = 'silent';
  readonly capabilities = { media: 'external', canDial: true, hasAgentState: true } as const;
  readonly commands: CtiCommand[] = [];
  resyncs = 0;
  answer: () => Promise<void> = () => Promise.resolve();
  tell: (event: CtiEvent) => void = () => undefined;

  start(tell: (event: CtiEvent) => void): void {
    this.tell = tell;
    tell({ type: 'connection', connection: { state: 'connecting' } });
    tell({ type: 'connection', connection: { state: 'online' } });
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
  resync(): void {
    this.resyncs += 1;
  }
  perform(command: CtiCommand): Promise<void> {
    this.commands.push(command);
    return this.answer();
  }
}

let provider: SilentProvider;
let phone: Phone;
beforeEach(() => {
  vi.useFakeTimers();
  provider = new SilentProvider();
  phone = new Phone(provider);
  phone.start();
  provider.resyncs = 0;
});
afterEach(async () => {
  await phone.stop();
  vi.useRealTimers();
});

const told = (event: Extract<CtiEvent, { type: 'call' }>['event'], facts: Record<string, unknown> = {}) => {
  const capabilities = ['answer', 'hold', 'retrieve', 'hangUp', 'mute', 'sendDtmf', 'consult', 'transfer'];
  provider.tell({ type: 'call', callId: 'A', ...(event && { event }), facts: { capabilities, ...facts } });
};
const codeOf = (promise: Promise<void>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof PhoneError ? error.code : 'another error'),
  );

describe('a command', () => {
  it('is done when the provider’s event says so, not when it answers', async () => {
    told('connected');
    let isDone = false;
    const hold = phone.run({ name: 'hold', callId: 'A' }).then(() => (isDone = true));
    await vi.advanceTimersByTimeAsync(100);
    expect([isDone, phone.snapshot.calls[0]?.state, phone.snapshot.pending.length]).to.deep.equal([
      false,
      'connected',
      1,
    ]);
    told('held');
    await hold;
    expect(phone.snapshot.pending).to.deep.equal([]);
  });

  it('is done when the event comes before the answer', async () => {
    told('ringing');
    provider.answer = () => {
      told('connected');
      return Promise.resolve();
    };
    await phone.run({ name: 'answer', callId: 'A' });
    expect(phone.snapshot.calls[0]?.state).to.equal('connected');
  });

  it('is done at once, and not sent, when it is so already', async () => {
    told('held');
    await phone.run({ name: 'hold', callId: 'A' });
    expect(provider.commands).to.deep.equal([]);
  });

  it('that leaves no mark is done when the provider has taken it', async () => {
    told('connected');
    await phone.run({ name: 'sendDtmf', callId: 'A', digits: '5' });
    expect(provider.commands.map(({ name }) => name)).to.deep.equal(['sendDtmf']);
  });

  it('that is never answered fails in time, and the provider is asked what is so', async () => {
    told('connected');
    provider.answer = () => new Promise(() => undefined);
    const result = codeOf(phone.run({ name: 'hold', callId: 'A' }));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await result).to.equal('cti/timeout');
    expect([phone.snapshot.calls[0]?.state, provider.resyncs]).to.deep.equal(['connected', 1]);
  });

  it('that is refused says so, by the answer or by an event', async () => {
    told('connected');
    provider.answer = () => Promise.reject(new Error('415 Invalid Destination DN'));
    expect(await codeOf(phone.run({ name: 'transfer', callId: 'A', destination: '9' }))).to.equal(
      'cti/refused',
    );
    provider.answer = () => Promise.resolve();
    const result = codeOf(phone.run({ name: 'transfer', callId: 'A', destination: '9' }));
    provider.tell({ type: 'commandFailed', callId: 'A', message: 'Invalid Destination DN' });
    expect(await result).to.equal('cti/refused');
  });

  it.each([
    ['on a call that is none', { name: 'hold', callId: 'Z' }, 'cti/not-possible'],
    ['that the call cannot do', { name: 'pauseRecording', callId: 'A' }, 'cti/not-possible'],
  ] as const)('%s is not sent', async (_, wish, code) => {
    told('connected');
    expect(await codeOf(phone.run(wish))).to.equal(code);
    expect(provider.commands).to.deep.equal([]);
  });

  it('is not sent while the telephone system cannot be reached', async () => {
    told('connected');
    provider.tell({ type: 'connection', connection: { state: 'degraded', attempt: 1 } });
    expect(await codeOf(phone.run({ name: 'hold', callId: 'A' }))).to.equal('cti/offline');
  });

  it('to hang up is done when the call ends, whoever ended it', async () => {
    told('connected');
    const hangUp = phone.run({ name: 'hangUp', callId: 'A' });
    told('ended', { capabilities: [] });
    await hangUp;
    expect(phone.snapshot.calls[0]?.state).to.equal('ended');
  });

  it('fails when the phone is stopped', async () => {
    told('connected');
    provider.answer = () => new Promise(() => undefined);
    const result = codeOf(phone.run({ name: 'hold', callId: 'A' }));
    await phone.stop();
    expect(await result).to.equal('cti/stopped');
  });
});

describe('the phone', () => {
  it('asks the provider for everything when it comes back', () => {
    provider.tell({ type: 'connection', connection: { state: 'degraded' } });
    provider.tell({ type: 'connection', connection: { state: 'online' } });
    expect(provider.resyncs).to.equal(1);
  });

  it('tells its listeners of changes, and of nothing else', () => {
    const seen: string[] = [];
    const stop = phone.subscribe(({ calls }) => seen.push(calls.map(({ state }) => state).join()));
    told('ringing');
    const before = phone.snapshot;
    provider.tell({ type: 'call', callId: 'A', event: 'offered' });
    expect(phone.snapshot).to.equal(before);
    stop();
    told('connected');
    expect(seen).to.deep.equal(['ringing']);
  });

  it('takes nothing from a provider after it was stopped', async () => {
    await phone.stop();
    told('ringing');
    expect(phone.snapshot.calls).to.deep.equal([]);
  });
});
