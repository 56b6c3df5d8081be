import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { PAGE_ORIGIN, startTestGateway, type Answer, type TestGateway } from '../../test-support/gateway.ts';
import { openTestDatabase } from '../../test-support/database.ts';
import { signIn } from '../auth/headless-sign-in.ts';
import type { Database } from '../store/database.ts';
import { appendAudit, verifyAudit, type AuditEntry, type AuditRecord } from './trail.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
const TICKETS = '/tmf-api/troubleTicket/v4/troubleTicket';
const REVEAL = '/jioassist/v1/personalDataReveal';
const TRAIL = '/jioassist/v1/auditRecord';

let test: TestGateway;
let asha: string;
let meera: string;
before(async () => {
  test = await startTestGateway();
  asha = (await signIn(test.url, { name: 'asha', password: 'welcome-asha' })).accessToken;
  meera = (await signIn(test.url, { name: 'meera', password: 'welcome-meera' })).accessToken;
});
after(() => test.close());

const asAsha = (path: string, options = {}) => test.call(path, { token: asha, ...options });
const trail = (query = ''): Promise<Answer<AuditRecord[]>> => test.call(TRAIL + query, { token: meera });
const newest = async () => (await trail('?limit=1')).body[0]!;
const patch = (id: string, body: object, headers = {}) =>
  asAsha(`${CUSTOMERS}/${id}`, { method: 'PATCH', body, headers });

describe('a write', () => {
  it('is recorded: who, what, when, for which customer, from where', async () => {
    await patch('C-1001', { statusReason: 'called 98765 43210' }, { origin: PAGE_ORIGIN });
    const { id, date, correlationId, ...rest } = await newest();
    assert.deepEqual(rest, {
      '@type': 'AuditRecord',
      agentId: 'asha',
      clientId: 'jioassist-cli',
      action: `PATCH ${CUSTOMERS}/:id`,
      resource: [{ kind: 'customer', id: 'C-1001' }],
      customerIds: ['C-1001'],
      origin: PAGE_ORIGIN,
      outcome: 'success',
    });
    assert.ok(Math.abs(Date.now() - Date.parse(date)) < 60_000);
    assert.match(id, /^\d+$/);
    assert.match(correlationId, /^[\da-f-]{36}$/);
  });

  it('is recorded with the id it was given', async () => {
    const { body } = await asAsha(CUSTOMERS, {
      method: 'POST',
      body: { name: 'New', engagedParty: { id: 'IND-1' } },
    });
    const { resource, customerIds } = await newest();
    assert.deepEqual([resource, customerIds], [[{ kind: 'customer', id: body.id }], [body.id]]);
  });

  it('that changes nothing is told apart', async () => {
    await patch('C-1001', {});
    assert.equal((await newest()).outcome, 'unchanged');
  });

  it('that is repeated with its key is told apart', async () => {
    const options = {
      method: 'POST',
      body: { name: 'Once', engagedParty: { id: 'IND-1' } },
      headers: { 'idempotency-key': 'audit-1' },
    };
    await asAsha(CUSTOMERS, options);
    assert.equal((await newest()).outcome, 'success');
    await asAsha(CUSTOMERS, options);
    assert.equal((await newest()).outcome, 'unchanged');
  });

  it('and its record are there together or not at all', async () => {
    const { database } = test.gateway;
    const before = (await test.call(`${CUSTOMERS}/C-1002`)).body.statusReason;
    await database.query(`alter table audit_head add constraint full_up check (last_sequence < 0) not valid`);
    try {
      assert.equal((await patch('C-1002', { statusReason: 'unrecorded' })).status, 500);
    } finally {
      await database.query('alter table audit_head drop constraint full_up');
    }
    assert.equal((await test.call(`${CUSTOMERS}/C-1002`)).body.statusReason, before);
  });
});

describe('a refused write', () => {
  const refusals: [string, number, string, () => Promise<Answer>][] = [
    [
      'without the scope',
      403,
      'insufficientScope',
      () => asAsha('/tmf-api/document/v4/document', { method: 'POST', body: {} }),
    ],
    [
      'on an old revision',
      412,
      'preconditionFailed',
      () => patch('C-1001', { name: 'x' }, { 'if-match': '"0"' }),
    ],
    ['against the lifecycle', 409, 'illegalTransition', () => patch('C-1001', { status: 'initialized' })],
    ['with a wrong attribute', 400, 'invalidAttribute', () => patch('C-1001', { name: 7 })],
    ['of nothing', 404, 'notFound', () => asAsha(`${CUSTOMERS}/C-0`, { method: 'DELETE' })],
    ['in broken JSON', 400, 'invalidRequest', () => asAsha(CUSTOMERS, { method: 'POST', body: '{"name":' })],
  ];
  for (const [label, status, code, act] of refusals) {
    it(`${label} is recorded with its reason`, async () => {
      assert.equal((await act()).status, status);
      const record = await newest();
      assert.deepEqual([record.outcome, record.status, record.code], ['refused', status, code]);
      assert.equal(record.agentId, 'asha');
      if (record.action.startsWith('PATCH')) assert.deepEqual(record.customerIds, ['C-1001']);
    });
  }

  it('of nobody is not recorded, and neither is a read', async () => {
    const total = async () => (await trail('?limit=1')).headers.get('x-total-count');
    const before = await total();
    await test.call(CUSTOMERS, { method: 'POST', body: {}, token: null });
    await test.call(CUSTOMERS, { method: 'POST', body: {}, token: `${asha}x` });
    await asAsha(`${CUSTOMERS}/C-0`);
    assert.equal(await total(), before);
  });
});

describe('revealing personal data', () => {
  const reveal = (body: unknown, token = asha) => test.call(REVEAL, { method: 'POST', body, token });
  const wish = { customerId: 'C-1001', field: 'phoneNumber', reason: 'The caller asked for a call back.' };

  it('gives the value, and records who saw what and why', async () => {
    const answer = await reveal(wish);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const [phone] = answer.body.value as string[];
    assert.match(phone!, /^\+91\d{10}$/);
    const record = await newest();
    assert.deepEqual(
      [record.action, record.customerIds, record.detail, record.outcome],
      [`POST ${REVEAL}`, ['C-1001'], { field: 'phoneNumber', reason: wish.reason }, 'success'],
    );
    assert.equal(JSON.stringify(record).includes(phone!), false, 'the value is not in the record');
  });

  for (const field of ['emailAddress', 'postalAddress', 'identification', 'birthDate']) {
    it(`knows ${field}`, async () => {
      const { status, body } = await reveal({ ...wish, field });
      assert.equal(status, 200);
      assert.equal((body.value as unknown[]).length, 1);
    });
  }

  const wrong: [string, unknown, number][] = [
    ['no reason', { ...wish, reason: undefined }, 400],
    ['a reason of spaces', { ...wish, reason: '      ' }, 400],
    ['a reason that says nothing', { ...wish, reason: 'ok' }, 400],
    ['an endless reason', { ...wish, reason: 'x'.repeat(201) }, 400],
    ['a field that is none', { ...wish, field: 'password' }, 400],
    ['a field of every object', { ...wish, field: 'constructor' }, 400],
    ['a list of fields', { ...wish, field: ['phoneNumber'] }, 400],
    ['no customer', { ...wish, customerId: '' }, 400],
    ['an unknown customer', { ...wish, customerId: 'C-0' }, 404],
    ['something else', { ...wish, all: true }, 400],
    ['no object', [wish], 400],
  ];
  for (const [label, body, status] of wrong) {
    it(`refuses ${label}, and records that`, async () => {
      const answer = await reveal(body);
      assert.equal(answer.status, status);
      assert.equal(answer.body['@type'], 'Error');
      assert.deepEqual([(await newest()).outcome, (await newest()).status], ['refused', status]);
    });
  }

  it('is not for an integrator', async () => {
    assert.equal((await reveal(wish, test.token)).status, 403);
  });

  it('does not cross the circles', async () => {
    const { database } = test.gateway;
    await database.query(`update agent set circles = '{Nowhere}' where id = 'ravi'`);
    const { accessToken } = await signIn(test.url, { name: 'ravi', password: 'welcome-ravi' });
    const other = await reveal(wish, accessToken);
    const nobody = await reveal({ ...wish, customerId: 'C-0' }, accessToken);
    assert.equal(other.status, 404);
    assert.deepEqual(other.body, nobody.body);
  });
});

describe('the trail', () => {
  it('is read by supervisors only', async () => {
    for (const token of [asha, test.token]) assert.equal((await test.call(TRAIL, { token })).status, 403);
    assert.equal((await trail()).status < 300, true);
  });

  it('comes newest first, in pages', async () => {
    const { status, headers, body } = await trail('?limit=2&offset=1');
    assert.equal(status, 206);
    assert.equal(body.length, 2);
    assert.equal(headers.get('x-result-count'), '2');
    assert.match(headers.get('link')!, /rel="next"/);
    const ids = (await trail()).body.map(({ id }) => Number(id));
    assert.deepEqual(
      ids,
      ids.toSorted((left, right) => right - left),
    );
    const [first] = (await trail('?sort=date&limit=1')).body;
    assert.equal(first!.id, String(Math.min(...ids)));
  });

  it('is filtered by agent, customer, action, outcome, request and date', async () => {
    await test.call(`${CUSTOMERS}/C-1003`, { method: 'PATCH', body: { statusReason: 'by dev' } });
    const all = (await trail()).body;
    const check = async (query: string, isMeant: (record: AuditRecord) => boolean) => {
      const { body } = await trail(query);
      assert.ok(body.length > 0, query);
      assert.deepEqual(body, all.filter(isMeant), query);
    };
    await check('?agentId=dev', ({ agentId }) => agentId === 'dev');
    await check('?customerId=C-1003', ({ customerIds }) => customerIds.includes('C-1003'));
    await check(
      `?action=${encodeURIComponent(`POST ${REVEAL}`)}`,
      ({ action }) => action === `POST ${REVEAL}`,
    );
    await check('?outcome=refused,unchanged', ({ outcome }) => outcome !== 'success' && outcome !== 'failed');
    const [newestRecord] = all;
    await check(`?correlationId=${newestRecord!.correlationId}`, (record) => record === newestRecord);
    const middle = all[5]!.date;
    await check(
      `?date.gte=${middle}&agentId=asha`,
      ({ date, agentId }) => date >= middle && agentId === 'asha',
    );
    await check(`?date.lt=${middle}`, ({ date }) => date < middle);
  });

  for (const query of [
    '?naem=x',
    '?agentId.gt=a',
    '?date=2026-01-01',
    '?date.gt=soon',
    '?sort=agentId',
    '?limit=-1',
    '?limit=1&limit=2',
    '?agentId=%00',
  ]) {
    it(`refuses ${query}`, async () => {
      const answer = await test.call(TRAIL + query, { token: meera });
      assert.equal(answer.status, 400);
      assert.equal(answer.body['@type'], 'Error');
    });
  }

  it('holds no personal data and no token', async () => {
    await asAsha(TICKETS, {
      method: 'POST',
      body: { description: 'secret words +919812345678', severity: 'minor' },
    });
    const rows = await test.gateway.database.query<{ record: string }>('select record from audit_record');
    const text = rows.map(({ record }) => record).join('\n');
    for (const secret of ['secret words', '+91', '@example.com', asha, meera.slice(-40)]) {
      assert.equal(text.includes(secret), false, secret);
    }
  });

  it('is whole after all this', async () => {
    const { intact, brokenAt } = await verifyAudit(test.gateway.database);
    assert.equal(brokenAt, undefined);
    assert.equal(String(intact), (await trail('?limit=1')).headers.get('x-total-count'));
    assert.ok(intact > 20);
  });
});

describe('tampering with the trail', () => {
  let database: Database;
  const entry: AuditEntry = {
    agentId: 'asha',
    clientId: 'crm',
    action: 'PATCH /x/:id',
    resource: [],
    customerIds: ['C-1'],
    origin: null,
    outcome: 'success',
    correlationId: 'r',
  };
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());
  beforeEach(async () => {
    await unlocked(`delete from audit_record`);
    await database.query(
      `update audit_head set last_sequence = 0, last_hash = sha256('JioAssist audit trail')`,
    );
    for (const agentId of ['asha', 'ravi', 'a\u0000\ud800\n"', 'meera'])
      await appendAudit(database, { ...entry, agentId });
  });

  /** As whoever owns the database could. */
  const unlocked = async (sql: string) => {
    await database.query('alter table audit_record disable trigger user');
    await database.query(sql);
    await database.query('alter table audit_record enable trigger user');
  };

  it('is not there to begin with', async () => {
    assert.deepEqual(await verifyAudit(database), { intact: 4 });
  });

  for (const sql of [
    `update audit_record set record = '{}'`,
    'delete from audit_record',
    'truncate audit_record',
    `update audit_record set agent_id = 'x'`,
  ]) {
    it(`is refused by the database: ${sql}`, async () => {
      await assert.rejects(database.query(sql));
      assert.deepEqual(await verifyAudit(database), { intact: 4 });
    });
  }

  const tricks: [string, string, number][] = [
    ['a changed record', `update audit_record set record = replace(record, 'ravi', 'asha')`, 2],
    ['a record taken out', 'delete from audit_record where sequence = 2', 2],
    ['the last record taken out', 'delete from audit_record where sequence = 4', 4],
    ['another hash', `update audit_record set hash = sha256('x') where sequence = 3`, 3],
    ['two records exchanged', 'update audit_record set sequence = -sequence where sequence = 1', 1],
    [
      'a record put in',
      `insert into audit_record (sequence, hash, record) select 5, hash, record from audit_record where sequence = 4`,
      5,
    ],
  ];
  for (const [label, sql, brokenAt] of tricks) {
    it(`shows: ${label}`, async () => {
      await unlocked(sql);
      assert.equal((await verifyAudit(database)).brokenAt, brokenAt);
    });
  }

  it('does not happen by writing at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => appendAudit(database, entry)));
    assert.deepEqual(await verifyAudit(database), { intact: 24 });
  });
});
