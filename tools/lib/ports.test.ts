import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { anyPort, findPort } from './ports.ts';

const host = '127.0.0.1';

describe('findPort', () => {
  it('takes the wanted port when it is free', async () => {
    const wanted = await anyPort(host);
    assert.deepEqual(await findPort(host, wanted), { port: wanted, wanted });
  });

  it('takes a later one when it is busy', async () => {
    const wanted = await anyPort(host);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(wanted, host, resolve));
    const found = await findPort(host, wanted);
    server.close();
    assert.ok(found.port > wanted, `got ${found.port}`);
  });

  it('leaves out ports that are spoken for', async () => {
    const wanted = await anyPort(host);
    const found = await findPort(host, wanted, [wanted]);
    assert.notEqual(found.port, wanted);
  });
});
