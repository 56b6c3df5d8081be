import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type Answer, type TestGateway } from '../../test-support/gateway.ts';
import { signIn } from '../auth/headless-sign-in.ts';
import { KeyedWrites } from './keyed-writes.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

let number = 0;
const newKey = () => `key-${(number += 1)}`;
const customer = (name: string) => ({ name, engagedParty: { id: 'IND-1' } });
const send = (method: string, path: string, key: string, body?: unknown, token?: string): Promise<Answer> =>
  test.call(path, {
    method,
    headers: { 'idempotency-key': key },
    ...(body !== undefined && { body }),
    ...(token !== undefined && { token }),
  });
const count = async (name: string) => (await test.list(`${CUSTOMER}?name=${name}`)).body.length;
const eventCount = async () =>
  (await test.gateway.database.query<{ n: number }>('select count(*)::int as n from event_log'))[0]!.n;
const isReplay = ({ headers }: Answer) => headers.get('idempotency-replayed') === 'true';

describe('Idempotency-Key', () => {
  it('answers a repeated create as the first time, and creates once', async () => {
    const key = newKey();
    const first = await send('POST', CUSTOMER, key, customer('Once'));
    const events = await eventCount();
    const second = await send('POST', CUSTOMER, key, customer('Once'));
    assert.deepEqual([first.status, second.status], [201, 201]);
    assert.deepEqual([isReplay(first), isReplay(second)], [false, true]);
    assert.equal(JSON.stringify(second.body), JSON.stringify(first.body));
    for (const name of ['location', 'etag', 'content-type']) {
      assert.equal(second.headers.get(name), first.headers.get(name), name);
    }
    assert.deepEqual([await count('Once'), await eventCount()], [1, events]);
  });

  it('answers a repeated patch with what it made, also after later changes', async () => {
    const { body } = await send('POST', CUSTOMER, newKey(), customer('Patch'));
    const key = newKey();
    const path = `${CUSTOMER}/${body.id}`;
    const first = await send('PATCH', path, key, { statusReason: 'one' });
    await send('PATCH', path, newKey(), { statusReason: 'two' });
    const second = await send('PATCH', path, key, { statusReason: 'one' });
    assert.deepEqual([second.body, second.headers.get('etag')], [first.body, '"2"']);
    assert.equal((await test.call(path)).body.statusReason, 'two');
  });

  it('answers a repeated delete with 204 though the resource is gone', async () => {
    const { body } = await send('POST', CUSTOMER, newKey(), customer('Gone'));
    const key = newKey();
    const path = `${CUSTOMER}/${body.id}`;
    assert.equal((await send('DELETE', path, key)).status, 204);
    const second = await send('DELETE', path, key);
    assert.deepEqual([second.status, second.body, isReplay(second)], [204, '', true]);
    assert.equal((await send('DELETE', path, newKey())).status, 404);
  });

  it('does not mind how the JSON is laid out', async () => {
    const key = newKey();
    await send('POST', CUSTOMER, key, customer('Layout'));
    const again = await send('POST', CUSTOMER, key, '{"engagedParty": {"id":"IND-1"}, "name":"Layout"}');
    assert.ok(isReplay(again));
  });

  it('refuses the key with another body, another address or another method', async () => {
    const key = newKey();
    const { body } = await send('POST', CUSTOMER, key, customer('Mine'));
    const path = `${CUSTOMER}/${body.id}`;
    const others: [string, string, unknown][] = [
      ['POST', CUSTOMER, customer('Another')],
      ['POST', `${CUSTOMER}?fields=name`, customer('Mine')],
      ['PATCH', path, customer('Mine')],
      ['DELETE', path, undefined],
    ];
    for (const [method, address, sent] of others) {
      const answer = await send(method, address, key, sent);
      assert.deepEqual(
        [answer.status, answer.body.code],
        [422, 'idempotencyKeyReused'],
        `${method} ${address}`,
      );
    }
    assert.equal(await count('Another'), 0);
  });

  it('belongs to one agent', async () => {
    const key = newKey();
    await send('POST', CUSTOMER, key, customer('Asha'));
    const ravi = await signIn(test.url, { name: 'ravi', password: 'welcome-ravi' });
    const answer = await send('POST', CUSTOMER, key, customer('Ravi'), ravi.accessToken);
    assert.deepEqual([answer.status, isReplay(answer)], [201, false]);
  });

  it('does the work once when the same request comes many times at once', async () => {
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send('POST', CUSTOMER, key, customer('Crowd'))),
    );
    assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size, 1);
    assert.equal(answers.filter((answer) => !isReplay(answer)).length, 1);
    assert.equal(await count('Crowd'), 1);
  });

  it('is free again after a request that failed', async () => {
    const key = newKey();
    assert.equal((await send('POST', CUSTOMER, key, { name: 'No party' })).status, 400);
    assert.equal((await send('POST', CUSTOMER, key, customer('Corrected'))).status, 201);
  });

  it('is free again after a week', async () => {
    const key = newKey();
    await send('POST', CUSTOMER, key, customer('Week'));
    const { database } = test.gateway;
    const age = "update idempotency_key set created_at = now() - interval '8 days' where key = $1";
    await database.query(age, [key]);
    const later = await send('POST', CUSTOMER, key, customer('Next week'));
    assert.deepEqual([later.status, isReplay(later)], [201, false]);
    await database.query(age, [key]);
    await new KeyedWrites(database).forgetExpired();
    assert.deepEqual(await database.query('select 1 from idempotency_key where key = $1', [key]), []);
  });

  const wrong: [string, string][] = [
    ['an empty key', ''],
    ['a key that is too long', 'x'.repeat(256)],
    ['a key with a blank', 'a b'],
    ['two keys', 'a, b'],
    ['a key beyond ASCII', 'sch\u00f6n'],
  ];
  for (const [label, key] of wrong) {
    it(`refuses ${label}`, async () => {
      const answer = await send('POST', CUSTOMER, key, customer('Wrong'));
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalidIdempotencyKey']);
    });
  }
});
