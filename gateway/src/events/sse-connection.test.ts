import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { message } from './encoding.ts';
import { SseConnection } from './sse-connection.ts';

const LIMITS = { heartbeatMs: 5_000, maxUnreadBytes: 100_000, maxDrainMs: 50 };
const EVENT = message('Event', { text: 'x'.repeat(10_000) });

const server = createServer();
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
after(() => {
  server.close();
  server.closeAllConnections();
});

let response: ServerResponse;
let cutOffs: number;
let connection: SseConnection;
beforeEach(async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
  // It never reads: its window and the buffers of the system fill up.
  socket.pause();
  [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  cutOffs = 0;
  connection = new SseConnection(response, {}, LIMITS, () => (cutOffs += 1));
});

/** Turns of the event loop, in which the system takes what it can. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the stream of a client that does not read', () => {
  it('never holds more than its limit and one event, and is cut off once', async () => {
    let most = 0;
    let closed = 0;
    connection.onClose(() => (closed += 1));
    for (let sent = 0; sent < 5_000; sent += 1) {
      connection.send(EVENT);
      most = Math.max(most, response.writableLength);
      if (sent % 50 === 0) await turn();
    }
    assert.ok(most > LIMITS.maxUnreadBytes, 'it was slow');
    assert.ok(most <= LIMITS.maxUnreadBytes + EVENT.length + 100, `${most} bytes were held`);
    assert.deepEqual([connection.isClosed, response.destroyed, cutOffs, closed], [true, true, 1, 1]);
  });

  it('is cut off when it does not catch up in time', async () => {
    while (!response.writableNeedDrain) {
      connection.send(EVENT);
      await turn();
    }
    await connection.drained();
    assert.deepEqual([connection.isClosed, cutOffs], [true, 1]);
  });

  it('tells at once that it is over to who asks later', () => {
    connection.end();
    let told = false;
    connection.onClose(() => (told = true));
    assert.deepEqual([told, cutOffs], [true, 0]);
  });
});
