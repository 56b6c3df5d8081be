import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type Answer, type Body, type TestGateway } from '../../test-support/gateway.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const SERVICE = '/tmf-api/serviceInventory/v4/service';
const JSON_PATCH = { 'content-type': 'application/json-patch+json' };

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const create = async (body: object, query = ''): Promise<Answer> => {
  const customer = { engagedParty: { id: 'IND-1' }, ...body };
  const answer = await test.call(CUSTOMER + query, { method: 'POST', body: customer });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer;
};
const patch = (id: string, body: unknown, headers: Record<string, string> = JSON_PATCH, query = '') =>
  test.call(`${CUSTOMER}/${id}${query}`, { method: 'PATCH', body, headers });

describe('JSON Patch of a resource', () => {
  it('changes one entry of a list and leaves the others', async () => {
    const characteristic = [
      { name: 'segment', value: 'gold' },
      { name: 'circle', value: 'Mumbai' },
    ];
    const { body } = await create({ name: 'Listed', characteristic });
    const operations = [
      { op: 'test', path: '/characteristic/0/name', value: 'segment' },
      { op: 'replace', path: '/characteristic/0/value', value: 'platinum' },
    ];
    const patched = await patch(body.id, operations);
    assert.deepEqual([patched.status, patched.headers.get('etag')], [200, '"2"']);
    assert.deepEqual(patched.body.characteristic, [
      { name: 'segment', value: 'platinum' },
      characteristic[1],
    ]);
  });

  it('is applied to what the client has read, addresses included', async () => {
    const relatedParty = [{ id: 'C-1001', '@referredType': 'Customer', role: 'customer' }];
    const { body } = await create({ name: 'Linked', relatedParty });
    const [read] = body.relatedParty;
    assert.ok('href' in read!);
    const same = await patch(body.id, [
      { op: 'test', path: '/relatedParty/0', value: read },
      { op: 'replace', path: '/relatedParty', value: [read] },
    ]);
    assert.deepEqual([same.status, same.headers.get('etag'), same.body], [200, '"1"', body]);
  });

  it('answers 409 when a test fails or a place is not there, and changes nothing', async () => {
    const { body } = await create({ name: 'Tested' });
    const operations = [
      { op: 'replace', path: '/name', value: 'Changed' },
      { op: 'test', path: '/status', value: 'nanana' },
    ];
    const failed = await patch(body.id, operations);
    assert.deepEqual([failed.status, failed.body.code], [409, 'patchTestFailed']);
    const absent = await patch(body.id, [{ op: 'remove', path: '/statusReason' }]);
    assert.deepEqual([absent.status, absent.body.code], [409, 'patchConflict']);
    assert.equal((await test.call(`${CUSTOMER}/${body.id}`)).body.name, 'Tested');
  });

  it('keeps to the rules of every change', async () => {
    const { body } = await create({ name: 'Ruled' });
    const cases: [object, number, string][] = [
      [{ op: 'replace', path: '/id', value: 'mine' }, 400, 'notPatchable'],
      [{ op: 'remove', path: '/href' }, 400, 'notPatchable'],
      [{ op: 'remove', path: '/name' }, 400, 'missingAttribute'],
      [{ op: 'replace', path: '/name', value: 7 }, 400, 'invalidAttribute'],
      [{ op: 'replace', path: '/status', value: 'suspended' }, 409, 'illegalTransition'],
      [{ op: 'replace', path: '', value: [] }, 400, 'invalidBody'],
    ];
    for (const [operation, status, code] of cases) {
      const answer = await patch(body.id, [operation]);
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(operation));
    }
  });

  it('is named among the types a patch takes when another is sent', async () => {
    const answer = await patch('C-1001', '<a/>', { 'content-type': 'application/xml' });
    assert.equal(answer.status, 415);
    assert.equal(
      answer.headers.get('accept-patch'),
      'application/merge-patch+json, application/json-patch+json, application/json',
    );
    const posted = await test.call(CUSTOMER, { method: 'POST', body: [], headers: JSON_PATCH });
    assert.deepEqual([posted.status, posted.headers.get('accept-patch')], [415, null]);
  });
});

describe('what clients of the field do', () => {
  it('lets them extend a resource, and keeps what they added', async () => {
    const { body } = await create({ name: 'Extended', '@baseType': 'Customer', loyaltyTier: { level: 3 } });
    assert.deepEqual(body.loyaltyTier, { level: 3 });
    const read = (await test.call(`${CUSTOMER}/${body.id}`)).body;
    assert.deepEqual([read.loyaltyTier, read['@baseType']], [{ level: 3 }, 'Customer']);
    const patched = await patch(body.id, { more: [1] }, { 'content-type': 'application/json' });
    assert.deepEqual([patched.body.more, patched.body.loyaltyTier], [[1], { level: 3 }]);
  });

  it('selects fields of what was created and changed', async () => {
    const created = await create({ name: 'Selected' }, '?fields=engagedParty.id');
    assert.deepEqual(Object.keys(created.body), ['id', 'href', 'engagedParty']);
    const patched = await patch(
      created.body.id,
      { name: 'Again' },
      { 'content-type': 'application/json' },
      '?fields=name',
    );
    assert.deepEqual(Object.keys(patched.body), ['id', 'href', 'name']);
  });

  it('answers HEAD as GET, without the body', async () => {
    const { status, headers, body } = await test.call(`${CUSTOMER}?limit=2`, { method: 'HEAD' });
    assert.deepEqual([status, headers.get('x-result-count'), body], [206, '2', '']);
    const one = await test.call(`${CUSTOMER}/C-1001`, { method: 'HEAD' });
    assert.deepEqual([one.status, one.headers.get('etag'), one.body], [200, '"1"', '']);
    assert.equal((await test.call(`${CUSTOMER}/C-0`, { method: 'HEAD' })).status, 404);
  });

  it('reads a resource name written with a capital, and leaves the id as it is', async () => {
    const capital = CUSTOMER.replace('/customer', '/Customer');
    assert.equal((await test.call(`${capital}/C-1001`)).body.id, 'C-1001');
    assert.equal((await test.call(`${capital}/c-1001`)).status, 404);
    assert.equal((await test.call('/userrolepermission/v4/UserRole')).status, 200);
    const { status, body } = await test.list(`${capital}?id=C-1001`);
    assert.deepEqual([status, body.length], [200, 1]);
  });

  const created: string[] = [];
  before(async () => {
    for (const [name, date] of [
      ['Habit A', '2018-06-15T00:00:00.000Z'],
      ['Habit B', '2020-01-01T00:00:00.000Z'],
    ] as const) {
      const { body } = await create({ name, status: 'Approved', validFor: { startDateTime: date } });
      created.push(body.id);
    }
  });

  const queries: [string, string, number[]][] = [
    ['a date in single quotes', `validFor.startDateTime='2018-06-15T00:00:00.000Z'`, [0]],
    ['a later date in quotes', `status=Approved&validFor.startDateTime.gt='2019-01-01T00:00:00.000Z'`, [1]],
    ['a value in double quotes', 'name=%22Habit A%22', [0]],
    ['quoted alternatives', `name="Habit A","Habit B"`, [0, 1]],
    [
      'whole criteria divided by a semicolon',
      'status=Approved&name=Habit A;validFor.startDateTime.gt=2019-06-01',
      [0, 1],
    ],
    [
      'the encoded form of that',
      'validFor.startDateTime%3C2019-01-01%3BvalidFor.startDateTime%3E2030-01-01',
      [0],
    ],
    ['criteria with and without a semicolon', 'status=Approved&name=Habit B;name=Nobody', [1]],
  ];
  for (const [label, query, expected] of queries) {
    it(`finds by ${label}`, async () => {
      const { status, body } = await test.list(`${CUSTOMER}?${query}`);
      assert.deepEqual(
        [status, body.map(({ id }) => id)],
        [200, expected.map((index) => created[index])],
        JSON.stringify(body),
      );
    });
  }

  it('sorts by what is nested, downwards', async () => {
    const { body } = await test.list(`${CUSTOMER}?status=Approved&sort=-validFor.startDateTime`);
    assert.deepEqual(
      body.map(({ id }) => id),
      [...created].reverse(),
    );
  });

  it('links a page to all others and keeps the filter', async () => {
    const { headers } = await test.call(`${SERVICE}?state.ne=x&offset=1&limit=2`);
    const links = [...headers.get('link')!.matchAll(/<([^>]+)>; rel="(\w+)"/g)];
    assert.deepEqual(
      links.map(([, , rel]) => rel),
      ['first', 'prev', 'next', 'last'],
    );
    assert.ok(links.every(([, url]) => url!.includes('state.ne=x')));
  });
});

describe('what clients ask for beside the letter of the specification', () => {
  it('tells with OPTIONS what is offered', async () => {
    const one = await test.call(`${CUSTOMER}/C-1001`, { method: 'OPTIONS' });
    assert.deepEqual([one.status, one.headers.get('allow')], [204, 'GET, HEAD, PATCH, DELETE']);
    const all = await test.call(CUSTOMER, { method: 'OPTIONS' });
    assert.deepEqual([all.status, all.headers.get('allow')], [204, 'GET, HEAD, POST']);
  });

  it('takes an empty selection of fields as none', async () => {
    for (const path of [`${CUSTOMER}?fields=`, `${CUSTOMER}/C-1001?fields=`]) {
      assert.deepEqual((await test.call(path)).body, (await test.call(path.split('?')[0]!)).body);
    }
  });

  it('finds resources by the address of what they refer to', async () => {
    const relatedParty = [
      { id: 'C-1001', '@referredType': 'Customer', role: 'customer' },
      { id: 'X', href: 'https://other.example/party/X', role: 'partner' },
    ];
    const { body } = await create({ name: 'Addressed', relatedParty });
    const ids = async (query: string) => (await test.list(`${CUSTOMER}?${query}`)).body.map(({ id }) => id);
    const own = `${test.url}${CUSTOMER}/C-1001`;
    assert.deepEqual(await ids(`name=Addressed&relatedParty.href=${own}`), [body.id]);
    assert.deepEqual(await ids(`name=Addressed&relatedParty.href=${encodeURIComponent(own)}`), [body.id]);
    assert.deepEqual(await ids('relatedParty.href=https://other.example/party/X'), [body.id]);
    assert.deepEqual(await ids(`relatedParty.href=${own},https://other.example/party/X&name=Addressed`), [
      body.id,
    ]);
    assert.deepEqual(await ids(`name=Addressed&relatedParty.href=${test.url}${CUSTOMER}/C-1002`), []);
    assert.deepEqual(await ids(`name=Addressed&relatedParty.href.ne=${own}`), []);
  });

  it('finds, selects and sorts by an attribute that a client has added, and by no other', async () => {
    const added = { name: 'Added to', loyaltyTier: { level: 3 }, crmCode: 'K-7' };
    const { body } = await create(added, '?fields=name,crmCode');
    assert.deepEqual(Object.keys(body), ['id', 'href', 'name', 'crmCode']);
    await create({ name: 'Added to', crmCode: 'K-8' });
    const names = async (query: string) =>
      (await test.list(`${CUSTOMER}?name=Added to&${query}`)).body.map(({ crmCode }) => crmCode);
    assert.deepEqual(await names('crmCode=K-7'), ['K-7']);
    assert.deepEqual(await names('loyaltyTier.level.gte=2'), ['K-7']);
    assert.deepEqual(await names('sort=-crmCode'), ['K-8', 'K-7']);
    assert.deepEqual(await names('name=nobody;crmCode=K-8'), ['K-7', 'K-8']);
    const one = await test.call(`${CUSTOMER}/${body.id}?fields=loyaltyTier.level`);
    assert.deepEqual(one.body.loyaltyTier, { level: 3 });
    assert.equal((await test.call(`${CUSTOMER}?crmCod=K-7`)).body.code, 'unknownAttribute');
    assert.equal((await test.call(`${SERVICE}?crmCode=K-7`)).body.code, 'unknownAttribute');
  });

  it('gives references to nested resources an address', async () => {
    const path = '/tmf-api/processFlowManagement/v4/processFlow';
    const processes = (await test.list(path)).body;
    const tasks = processes.flatMap(({ taskFlow = [] }) => taskFlow as Body[]);
    assert.ok(tasks.length > 0);
    for (const { id, href } of tasks) assert.equal((await test.call(new URL(href).pathname)).body.id, id);
    const [process] = processes.filter(({ taskFlow }) => taskFlow !== undefined);
    const task = new URL((process!.taskFlow as Body[])[0]!.href).pathname;
    assert.ok(task.startsWith(`${new URL(process!.href).pathname}/taskFlow/`));
    const found = (await test.list(`${path}?taskFlow.href=${test.url}${task}`)).body;
    assert.deepEqual(
      found.map(({ id }) => id),
      [process!.id],
    );
  });
});
