import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type Answer, type TestGateway } from '../../test-support/gateway.ts';
import { signIn } from '../auth/headless-sign-in.ts';

const PATH = '/jioassist/v1/anomalyFeedback';

interface Given {
  readonly id: string;
  readonly alarm: { readonly id: string; readonly href: string };
  readonly verdict: string;
  readonly agentId: string;
  readonly limit: {
    readonly step: number;
    readonly score: number;
    readonly noise: number;
    readonly useful: number;
  };
  readonly code: string;
}

let test: TestGateway;
let asha: string;
let ravi: string;
let meera: string;
let alarm: { id: string };
before(async () => {
  test = await startTestGateway();
  const tokenOf = async (name: string) =>
    (await signIn(test.url, { name, password: `welcome-${name}` })).accessToken;
  [asha, ravi, meera] = [await tokenOf('asha'), await tokenOf('ravi'), await tokenOf('meera')];
  // The first customer's line has a standing fault: its alarm is there soon after the start.
  const find = async () =>
    (
      await test.list('/tmf-api/alarm/v4/alarm?sourceSystemId=jioassist-anomaly&alarmedObject.id=SVC-1')
    ).body.at(0);
  let found = await find();
  while (!found) found = await find();
  alarm = found;
});
after(() => test.close());

const give = (body: unknown, token = asha, headers = {}): Promise<Answer<Given>> =>
  test.call(PATH, { method: 'POST', body, token, headers });
const noise = () => ({ alarm: { id: alarm.id }, verdict: 'noise' });

describe('feedback on an alarm', () => {
  it('is kept, with what it does to the limit', async () => {
    const { status, body } = await give({ ...noise(), comment: 'The customer was on Wi-Fi.' });
    assert.equal(status, 201, JSON.stringify(body));
    assert.match(body.id, /^FBK-\d+$/);
    assert.equal(body.alarm.href, `${test.url}/tmf-api/alarm/v4/alarm/${alarm.id}`);
    assert.deepEqual(
      [body.verdict, body.agentId, body.limit.step, body.limit.noise],
      ['noise', 'asha', 1, 1],
    );
  });

  it('counts once for an agent, and can be taken back', async () => {
    assert.equal((await give(noise())).body.limit.step, 1);
    assert.equal((await give(noise(), ravi)).body.limit.step, 2);
    const { limit } = (await give({ ...noise(), verdict: 'useful' })).body;
    assert.deepEqual([limit.step, limit.useful, limit.noise], [0, 1, 1]);
  });

  it('is done once for one key', async () => {
    const headers = { 'idempotency-key': 'feedback-1' };
    const first = await give(noise(), asha, headers);
    const again = await give(noise(), asha, headers);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.deepEqual(again.body, first.body);
  });

  it('is in the audit trail', async () => {
    await give(noise());
    const path = '/jioassist/v1/auditRecord?limit=1';
    const [record] = (await test.call<Record<string, unknown>[]>(path, { token: meera })).body;
    assert.deepEqual(
      [record!.agentId, record!.action, record!.resource, record!.customerIds, record!.detail],
      ['asha', `POST ${PATH}`, [{ kind: 'alarm', id: alarm.id }], ['C-1001'], { verdict: 'noise' }],
    );
  });

  it('is listed and taken out by supervisors only', async () => {
    const list = (token: string) => test.call<Given[]>(PATH, { token });
    assert.equal((await list(asha)).status, 403);
    const { body } = await list(meera);
    assert.equal(body.length, 2);
    const remove = (token: string) => test.call(`${PATH}/${body[0]!.id}`, { method: 'DELETE', token });
    assert.equal((await remove(asha)).status, 403);
    assert.equal((await remove(meera)).status, 204);
    assert.equal((await remove(meera)).status, 404);
    assert.equal((await list(meera)).body.length, 1);
  });

  it('leads to limits that anybody may read who may read alarms', async () => {
    const { status, body } = await test.call<{ category: string }[]>('/jioassist/v1/anomalyLimit', {
      token: asha,
    });
    assert.equal(status, 200);
    assert.equal(body.length, 8);
  });

  it('does not cross the circles', async () => {
    const { database } = test.gateway;
    await database.query(`update agent set circles = '{Nowhere}' where id = 'ravi'`);
    const { accessToken } = await signIn(test.url, { name: 'ravi', password: 'welcome-ravi' });
    const other = await give(noise(), accessToken);
    assert.deepEqual([other.status, other.body.code], [404, 'notFound']);
  });

  const wrong: [string, () => unknown, number, string][] = [
    ['no alarm', () => ({ verdict: 'noise' }), 400, 'missingAttribute'],
    ['an unknown alarm', () => ({ alarm: { id: 'ALM-0' }, verdict: 'noise' }), 404, 'notFound'],
    ['another verdict', () => ({ ...noise(), verdict: 'maybe' }), 400, 'invalidAttribute'],
    ['an endless comment', () => ({ ...noise(), comment: 'x'.repeat(501) }), 400, 'invalidAttribute'],
    ['a comment that is none', () => ({ ...noise(), comment: 7 }), 400, 'invalidAttribute'],
    ['something else', () => ({ ...noise(), limit: 0 }), 400, 'unknownAttribute'],
    ['an alarm of somebody else', () => ({ alarm: { id: 'ALM-1' }, verdict: 'noise' }), 400, 'notAnAnomaly'],
  ];
  for (const [label, body, status, code] of wrong) {
    it(`refuses ${label}`, async () => {
      const answer = await give(body());
      assert.deepEqual([answer.status, answer.body.code], [status, code]);
    });
  }
});

describe('the scenario API', () => {
  const SCENARIO = '/jioassist/v1/scenario';
  const call = (method: string, body?: unknown, token = meera) =>
    test.call<Record<string, unknown>>(SCENARIO, { method, token, ...(body !== undefined && { body }) });

  it('starts, shows and ends one', async () => {
    assert.equal((await call('GET')).body.state, 'idle');
    const started = await call('POST', { name: 'router-thermal', speed: 60 });
    assert.equal(started.status, 201);
    assert.equal((started.body.expectedAlarm as unknown[]).length, 2);
    const { body } = await call('GET');
    assert.deepEqual([body.state, body.name, body.seed, body.speed], ['running', 'router-thermal', 1, 60]);
    assert.equal((await call('POST', { name: 'fibre-cut' })).body.code, 'scenarioRunning');
    assert.equal((await call('DELETE')).status, 204);
    assert.equal((await call('DELETE')).status, 404);
    assert.equal((await call('GET')).body.state, 'idle');
  });

  it('is not for agents', async () => {
    assert.equal((await call('GET', undefined, asha)).status, 403);
    assert.equal((await call('POST', { name: 'fibre-cut' }, asha)).status, 403);
  });

  for (const body of [
    { name: 'flood' },
    { name: 'fibre-cut', seed: -1 },
    { name: 'fibre-cut', seed: 1.5 },
    { name: 'fibre-cut', speed: 0 },
    { name: 'fibre-cut', speed: 601 },
    { name: 'fibre-cut', speed: '60' },
    { name: 'fibre-cut', where: 'Pune' },
    {},
  ]) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      assert.equal((await call('POST', body)).status, 400);
    });
  }

  it('can be off', async () => {
    const off = await startTestGateway({ scenarios: false });
    const { status, body } = await off.call(SCENARIO);
    assert.deepEqual([status, body.code], [404, 'scenariosOff']);
    await off.close();
  });
});
