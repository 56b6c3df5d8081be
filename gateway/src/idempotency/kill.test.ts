import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it } from 'node:test';
import { makeHome } from '../../test-support/database.ts';
import { startProcess } from '../../test-support/process.ts';
import { signIn } from '../auth/headless-sign-in.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const KEYS = Array.from({ length: 20 }, (_, index) => `kill-${index}`);

it('a keyed write that is repeated after a kill is done exactly once, whether it was answered or not', async () => {
  const home = await makeHome();
  const start = async () => {
    const running = await startProcess({ ...home.env, JIOASSIST_PORT: '0' });
    const { accessToken } = await signIn(running.url, { name: 'asha', password: 'welcome-asha' });
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const create = async (key: string) => {
      const body = JSON.stringify({ name: key, engagedParty: { id: 'IND-1' } });
      const request = { method: 'POST', body, headers: { ...headers, 'idempotency-key': key } };
      const answer = await fetch(running.url + CUSTOMER, request);
      return { status: answer.status, id: ((await answer.json()) as { id: string }).id };
    };
    const list = async (name: string) =>
      (await (await fetch(`${running.url}${CUSTOMER}?name=${name}`, { headers })).json()) as { id: string }[];
    return { ...running, create, list };
  };

  const first = await start();
  const closed = once(first.child, 'close');
  const answered = new Map<string, string>();
  const attempts = KEYS.map((key) =>
    first.create(key).then(
      ({ id }) => {
        answered.set(key, id);
        if (answered.size === 5) first.child.kill('SIGKILL');
      },
      () => undefined,
    ),
  );
  await Promise.all(attempts);
  await closed;
  assert.ok(answered.size < KEYS.length, 'the kill came in the middle');

  const second = await start();
  for (const key of KEYS) {
    const { status, id } = await second.create(key);
    assert.equal(status, 201);
    assert.deepEqual(
      (await second.list(key)).map((found) => found.id),
      [id],
      key,
    );
    if (answered.has(key)) assert.equal(id, answered.get(key));
  }
  await second.end('SIGTERM');
  await home.remove();
});
