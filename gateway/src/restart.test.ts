import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeHome, type Home } from '../test-support/database.ts';
import { openEvents } from '../test-support/event-stream.ts';
import { freePort } from '../test-support/ports.ts';
import { startProcess, type GatewayProcess } from '../test-support/process.ts';
import { refresh, signIn, type Tokens } from './auth/headless-sign-in.ts';

let home: Home;
let port: number;
let running: GatewayProcess;
let tokens: Tokens;

before(async () => {
  // Its measurements end when it starts for the first time.
  home = await makeHome('migrated');
  port = await freePort();
  running = await start();
  tokens = await signIn(running.url, { name: 'ravi', password: 'welcome-ravi' });
});
after(async () => {
  await running.end('SIGKILL');
  await home.remove();
});

const start = () => startProcess({ ...home.env, JIOASSIST_PORT: String(port) });

const call = (path: string, init: RequestInit = {}) =>
  fetch(running.url + path, {
    ...init,
    headers: { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/json' },
  });

describe('a gateway that is killed', () => {
  const path = '/tmf-api/customerManagement/v4/customer';
  const created: string[] = [];
  let lastEvent: string;

  it('has every write it acknowledged when it starts again', async () => {
    const events = await openEvents(running.url, tokens.accessToken, '?topic=customer');
    lastEvent = (await events.next())!.id!;
    await events.close();
    for (let index = 0; index < 5; index += 1) {
      const body = JSON.stringify({ name: `Survivor ${index}`, engagedParty: { id: 'IND-1' } });
      const answer = await call(path, { method: 'POST', body });
      assert.equal(answer.status, 201);
      created.push(((await answer.json()) as { id: string }).id);
    }
    await running.end('SIGKILL');
    running = await start();
    const found = (await (await call(`${path}?name.regex=^Survivor&fields=none`)).json()) as { id: string }[];
    assert.deepEqual(
      found.map(({ id }) => id),
      created,
    );
  });

  it('still tells of the changes made before', async () => {
    const events = await openEvents(running.url, tokens.accessToken, '?topic=customer', lastEvent);
    assert.equal((await events.next())?.event, 'ready');
    for (const id of created) {
      const event = await events.next();
      assert.deepEqual([event?.event, event?.data.event.customer.id], ['CustomerCreateEvent', id]);
    }
    await events.close();
  });

  it('still accepts the old access token and refresh token', async () => {
    assert.equal((await call(path)).status, 200);
    const next = await refresh(running.url, tokens.refreshToken);
    await assert.rejects(refresh(running.url, tokens.refreshToken), /invalid_grant/);
    tokens = next;
    assert.equal((await call(path)).status, 200);
  });

  it('goes on measuring, with the pause as a gap', async () => {
    const url = '/jioassist/v1/measurement?monitoredObject.id=SVC-1';
    const [series] = (await (await call(url)).json()) as { sample: [number, number | null][] }[];
    assert.ok(series!.sample.length > 60);
  });
});

describe('a second gateway', () => {
  it(
    'is refused the folder of the first, in one clear sentence',
    { skip: process.env.TEST_DATABASE_URL !== undefined },
    async () => {
      const second = startProcess({ JIOASSIST_DATA_DIR: home.folder, JIOASSIST_PORT: '0' });
      await assert.rejects(second, (error: Error) => {
        assert.equal(
          error.message.trim(),
          `${home.folder} is in use: already running (pid ${running.child.pid}) at ${running.url}`,
        );
        return true;
      });
    },
  );

  it('takes the next port when its own is busy, and says so', async () => {
    const elsewhere = await makeHome();
    const second = await startProcess({ ...elsewhere.env, JIOASSIST_PORT: String(port) });
    assert.notEqual(second.url, running.url);
    await signIn(second.url, { name: 'asha', password: 'welcome-asha' });
    await second.end('SIGKILL');
    await elsewhere.remove();
  });

  it('does not move when its public address is fixed', async () => {
    const elsewhere = await makeHome('empty');
    const fixed = { JIOASSIST_PUBLIC_URL: 'https://assist.example', JIOASSIST_PORT: String(port) };
    await assert.rejects(startProcess({ ...elsewhere.env, ...fixed }), /Port \d+ of 127.0.0.1 is busy/);
    await elsewhere.remove();
  });
});

describe('a gateway that is asked to stop', () => {
  it('ends with status 0, and does not wait for the end of an open stream', async () => {
    const events = await openEvents(running.url, tokens.accessToken, '?topic=customer');
    await events.next();
    assert.equal(await running.end('SIGTERM'), 0);
    running = await start();
  });
});
