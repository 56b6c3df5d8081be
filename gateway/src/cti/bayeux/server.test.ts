import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BayeuxServer, type BayeuxOptions } from './server.ts';
import { readMessages, type BayeuxMessage } from './message.ts';

const CHANNEL = '/workspace/v3/voice';
const here = new AbortController().signal;

function serverFor(options: Partial<BayeuxOptions> = {}) {
  const server = new BayeuxServer({ mayHear: (_owner, channel) => channel === CHANNEL, ...options });
  const send = (message: BayeuxMessage, owner = 'asha', signal = here) =>
    server.handle(owner, [message], signal);
  return { server, send };
}

async function clientOf({ send }: ReturnType<typeof serverFor>, ext: object = {}): Promise<string> {
  const [answer] = await send({ channel: '/meta/handshake', id: '1', ...ext });
  const clientId = String(answer?.clientId);
  await send({ channel: '/meta/subscribe', clientId, subscription: CHANNEL });
  await send({ channel: '/meta/connect', clientId });
  return clientId;
}

const dataIn = (messages: readonly BayeuxMessage[]) =>
  messages.filter(({ channel }) => channel === CHANNEL).map(({ data }) => data);
const metaIn = (messages: readonly BayeuxMessage[]) =>
  messages.find(({ channel }) => channel === '/meta/connect');

describe('the Bayeux server', () => {
  it('holds a poll until there is something to tell, and tells all of it at once', async () => {
    const on = serverFor();
    const clientId = await clientOf(on);
    const poll = on.send({ channel: '/meta/connect', clientId });
    on.server.publish('asha', CHANNEL, 1);
    on.server.publish('asha', CHANNEL, 2);
    on.server.publish('ravi', CHANNEL, 3);
    assert.deepEqual(dataIn(await poll), [1, 2]);
  });

  it('keeps what was said between two polls', async () => {
    const on = serverFor();
    const clientId = await clientOf(on);
    on.server.publish('asha', CHANNEL, 1);
    assert.deepEqual(dataIn(await on.send({ channel: '/meta/connect', clientId })), [1]);
  });

  it('tells again what a client that confirms has not confirmed', async () => {
    const on = serverFor();
    const clientId = await clientOf(on, { ext: { ack: true } });
    on.server.publish('asha', CHANNEL, 1);
    const connect = (ack: number) => on.send({ channel: '/meta/connect', clientId, ext: { ack } });
    const lost = await connect(1);
    assert.deepEqual(dataIn(lost), [1]);
    const again = await connect(1);
    assert.deepEqual(dataIn(again), [1]);
    on.server.publish('asha', CHANNEL, 2);
    assert.deepEqual(dataIn(await connect(Number(metaIn(again)?.ext?.ack))), [2]);
  });

  it('answers a stranger, and a client that is gone, with 402 and a new beginning', async () => {
    const on = serverFor();
    const clientId = await clientOf(on);
    const [stolen] = await on.send({ channel: '/meta/connect', clientId }, 'ravi');
    assert.match(String(stolen?.['error']), /^402/);
    on.server.drop('asha');
    const [gone] = await on.send({ channel: '/meta/connect', clientId });
    assert.match(String(gone?.['error']), /^402/);
    assert.deepEqual(gone?.['advice'], { reconnect: 'handshake', interval: 0 });
  });

  it('ends a held poll with 402 when the client is dropped', async () => {
    const on = serverFor();
    const clientId = await clientOf(on);
    const poll = on.send({ channel: '/meta/connect', clientId });
    on.server.drop();
    assert.match(String(metaIn(await poll)?.['error']), /^402/);
  });

  it('refuses channels that are not for the client, and whatever it publishes', async () => {
    const on = serverFor();
    const clientId = await clientOf(on);
    const [subscribe] = await on.send({ channel: '/meta/subscribe', clientId, subscription: '/all' });
    assert.match(String(subscribe?.['error']), /^403/);
    const [publish] = await on.send({ channel: CHANNEL, clientId, data: 1 });
    assert.match(String(publish?.['error']), /^403/);
  });

  it('forgets who is away too long, and who is too far behind', async () => {
    let now = 0;
    const on = serverFor({ now: () => now, maxInterval: 10 });
    const clientId = await clientOf(on);
    now = 11;
    await on.send({ channel: '/meta/handshake' });
    assert.match(String((await on.send({ channel: '/meta/connect', clientId }))[0]?.['error']), /^402/);
    const slow = await clientOf(on);
    for (let count = 0; count < 501; count += 1) on.server.publish('asha', CHANNEL, count);
    assert.match(String((await on.send({ channel: '/meta/connect', clientId: slow }))[0]?.['error']), /^402/);
  });

  for (const body of [undefined, 'x', [], [{}], { channel: 1 }, [{ channel: '/meta/connect', clientId: 1 }]])
    it(`reads no messages in ${JSON.stringify(body)}`, () => {
      assert.equal(readMessages(body), undefined);
    });
});
