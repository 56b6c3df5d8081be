import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type Answer, type Body, type TestGateway } from '../../test-support/gateway.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const SERVICE = '/tmf-api/serviceInventory/v4/service';

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const newCustomer = (name: string, more: object = {}) => ({
  name,
  engagedParty: { id: 'IND-1', '@referredType': 'Individual' },
  ...more,
});
const newService = (more: object = {}) => ({
  state: 'reserved',
  serviceSpecification: { id: 'FIB-499' },
  ...more,
});

const create = async (path: string, body: object) => {
  const answer = await test.call(path, { method: 'POST', body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer;
};
const patch = (href: string, body: unknown, headers: Record<string, string> = {}) =>
  test.call(new URL(href).pathname, { method: 'PATCH', body, headers });
const ids = (body: readonly Body[]) => body.map(({ id }) => id);

const apis = [
  { path: CUSTOMER, type: 'Customer', make: () => newCustomer('Table Driven') },
  { path: SERVICE, type: 'Service', make: () => newService({ name: 'Table driven' }) },
];

for (const { path, type, make } of apis) {
  describe(`TMF630 on ${type}`, () => {
    it('creates, with id, absolute href, @type and Location', async () => {
      const { body, headers } = await create(path, make());
      assert.equal(body['@type'], type);
      assert.equal(body.href, `${test.url}${path}/${body.id}`);
      assert.equal(headers.get('location'), body.href);
      assert.equal(headers.get('etag'), '"1"');
    });

    it('ignores an id and href sent with a create', async () => {
      const { body } = await create(path, { ...make(), id: 'mine', href: 'http://else.test/mine' });
      assert.notEqual(body.id, 'mine');
      assert.equal(body.href, `${test.url}${path}/${body.id}`);
    });

    it('lists everything with 200 and the counts', async () => {
      const { status, body, headers } = await test.call(path);
      assert.equal(status, 200);
      assert.ok(Array.isArray(body));
      assert.equal(headers.get('x-total-count'), String(body.length));
      assert.equal(headers.get('x-result-count'), String(body.length));
    });

    it('answers a partial page with 206 and links that lead through the list', async () => {
      const everything = ids((await test.list(path)).body);
      const seen: string[] = [];
      let next: string | undefined = `${path}?limit=3&fields=none`;
      while (next) {
        const page: Answer<Body[]> = await test.list(next);
        assert.equal(page.status, 206);
        seen.push(...ids(page.body));
        const link = /<([^>]+)>; rel="next"/.exec(page.headers.get('link')!)?.[1];
        next = link && link.slice(test.url.length);
      }
      assert.deepEqual(seen, everything);
    });

    it('answers a page that holds everything with 200, and one past the end with 200 and nothing', async () => {
      assert.equal((await test.call(`${path}?limit=1000`)).status, 200);
      const past = await test.call(`${path}?offset=100000`);
      assert.deepEqual([past.status, past.body], [200, []]);
    });

    it('finds by href, with its slashes untouched', async () => {
      const [first] = (await test.list(path)).body;
      assert.deepEqual(ids((await test.list(`${path}?href=${first!.href}`)).body), [first!.id]);
      assert.deepEqual((await test.call(`${path}?href=${encodeURIComponent(first!.href)}`)).body, [first]);
      assert.deepEqual((await test.call(`${path}?href=http://else.test//x`)).body, []);
    });

    it('selects fields, and always id and href', async () => {
      const [first] = (await test.list(path)).body;
      const { body } = await test.call(`${path}/${first!.id}?fields=name`);
      assert.deepEqual(Object.keys(body), ['id', 'href', 'name']);
      assert.deepEqual(Object.keys((await test.call(`${path}/${first!.id}?fields=none`)).body), [
        'id',
        'href',
      ]);
    });

    it('deletes once', async () => {
      const { body } = await create(path, make());
      assert.equal((await test.call(`${path}/${body.id}`, { method: 'DELETE' })).status, 204);
      assert.equal((await test.call(`${path}/${body.id}`)).status, 404);
      assert.equal((await test.call(`${path}/${body.id}`, { method: 'DELETE' })).status, 404);
    });

    it('refuses methods that are not offered, naming those that are', async () => {
      const collection = await test.call(path, { method: 'PUT', body: {} });
      assert.equal(collection.status, 405);
      assert.equal(collection.headers.get('allow'), 'GET, HEAD, POST');
      assert.equal((await test.call(`${path}/x`, { method: 'POST', body: {} })).status, 405);
    });
  });
}

describe('filters', () => {
  let low: string;
  let high: string;
  before(async () => {
    const profile = (creditScore: number, date: string) => [
      { creditScore, creditProfileDate: date, creditRiskRating: creditScore },
    ];
    low = (
      await create(
        CUSTOMER,
        newCustomer('Low, Score', { creditProfile: profile(5, '2018-06-15T00:00:00.000Z') }),
      )
    ).body.id;
    high = (
      await create(
        CUSTOMER,
        newCustomer('High Score', { creditProfile: profile(40, '2020-01-01T05:30:00+05:30') }),
      )
    ).body.id;
    await create(
      SERVICE,
      newService({ name: 'Flagged', hasStarted: true, relatedParty: [{ id: low, role: 'customer' }] }),
    );
  });

  const cases: [string, string, () => string[]][] = [
    ['a number by value, not by text', 'creditProfile.creditScore.lt=10', () => [low]],
    ['greater than', 'creditProfile.creditScore.gt=5', () => [high]],
    ['greater or equal', 'creditProfile.creditScore.gte=5', () => [low, high]],
    ['less or equal', 'creditProfile.creditScore.lte=5', () => [low]],
    ['the encoded >', 'creditProfile.creditScore%3E5', () => [high]],
    ['the encoded >=', 'creditProfile.creditScore%3E%3D5', () => [low, high]],
    ['the encoded <', 'creditProfile.creditScore%3C10', () => [low]],
    ['equal by suffix', 'creditProfile.creditScore.eq=40', () => [high]],
    ['a date by moment', 'creditProfile.creditProfileDate.gt=2019-12-31T23:59:59Z', () => [high]],
    [
      'a date across offsets',
      'creditProfile.creditProfileDate.lte=2020-01-01T00:00:00.000Z',
      () => [low, high],
    ],
    ['a date by its exact text', 'creditProfile.creditProfileDate=2020-01-01T05:30:00%2B05:30', () => [high]],
    ['a date with a typed plus', 'creditProfile.creditProfileDate=2020-01-01T05:30:00+05:30', () => [high]],
    ['alternatives by comma', 'name=High Score,Nobody', () => [high]],
    ['alternatives by semicolon', 'name=Nobody;High Score', () => [high]],
    ['alternatives by repetition', 'name=High+Score&name=Nobody', () => [high]],
    ['a value that holds a comma', 'name=Low%2C%20Score', () => [low]],
    ['a regular expression', 'name.regex=^(Low|High).*Score$', () => [low, high]],
    ['the symbol for a regular expression', 'name*=^High', () => [high]],
    ['several at once', 'name.regex=Score$&creditProfile.creditScore.gt=10', () => [high]],
    ['nothing', 'name=Nobody', () => []],
    ['a quote that stays a text', `name=${encodeURIComponent(`"' or 1=1 --`)}`, () => []],
    ['a backslash', `name=${encodeURIComponent('\\"x')}`, () => []],
  ];
  for (const [label, query, expected] of cases) {
    it(`finds by ${label}`, async () => {
      const { status, body } = await test.list(`${CUSTOMER}?${query}`);
      assert.deepEqual([status, ids(body)], [200, expected()]);
    });
  }

  it('finds by what is not equal', async () => {
    const all = ids((await test.list(CUSTOMER)).body);
    const others = ids((await test.list(`${CUSTOMER}?name.ne=High Score`)).body);
    assert.deepEqual(
      others,
      all.filter((id) => id !== high),
    );
  });

  it('finds the services of a customer, by phone number and by a boolean', async () => {
    const [mine] = (await test.list(`${SERVICE}?relatedParty.id=${low}`)).body;
    assert.equal(mine!.name, 'Flagged');
    assert.equal(mine!.relatedParty[0]!.id, low);
    assert.ok(ids((await test.list(`${SERVICE}?hasStarted=true`)).body).includes(mine!.id));
    const [customer] = (await test.list(`${CUSTOMER}?id=C-1001`)).body;
    const { phoneNumber } = customer!.contactMedium[0]!.characteristic;
    const path = `${CUSTOMER}?contactMedium.characteristic.phoneNumber=`;
    assert.deepEqual(ids((await test.list(path + phoneNumber)).body), ['C-1001']);
    assert.deepEqual(ids((await test.list(path + encodeURIComponent(phoneNumber))).body), ['C-1001']);
  });

  it('sorts by several keys, downwards too', async () => {
    const names = async (sort: string) =>
      (await test.list(`${CUSTOMER}?name.regex=Score$&sort=${sort}`)).body.map(({ name }) => name);
    assert.deepEqual(await names('name'), ['High Score', 'Low, Score']);
    assert.deepEqual(await names('-name'), ['Low, Score', 'High Score']);
    assert.deepEqual(await names('-creditProfile.creditScore,name'), ['High Score', 'Low, Score']);
  });

  it('selects inside objects and lists', async () => {
    const { body } = await test.call(`${CUSTOMER}/${low}?fields=creditProfile.creditScore,engagedParty.id`);
    assert.deepEqual(body.creditProfile, [{ creditScore: 5 }]);
    assert.deepEqual(body.engagedParty, { id: 'IND-1' });
  });
});

describe('changes', () => {
  it('merges a patch: null removes, objects merge, lists are replaced', async () => {
    const { body } = await create(
      CUSTOMER,
      newCustomer('Patched', { statusReason: 'new', characteristic: [{ name: 'a', value: 1 }] }),
    );
    const change = {
      statusReason: null,
      engagedParty: { name: 'Added' },
      characteristic: [{ name: 'b', value: 2 }],
    };
    const patched = await patch(body.href, change, { 'content-type': 'application/merge-patch+json' });
    assert.equal(patched.status, 200);
    assert.equal('statusReason' in patched.body, false);
    assert.deepEqual(patched.body.engagedParty, {
      id: 'IND-1',
      href: `${test.url}/tmf-api/party/v4/individual/IND-1`,
      name: 'Added',
      '@referredType': 'Individual',
    });
    assert.deepEqual(patched.body.characteristic, [{ name: 'b', value: 2 }]);
    assert.deepEqual((await test.call(new URL(body.href).pathname)).body, patched.body);
  });

  it('keeps dates as they were written', async () => {
    const validFor = { startDateTime: '2024-02-29T23:59:59.1+05:30' };
    const { body } = await create(CUSTOMER, newCustomer('Dates', { validFor }));
    assert.deepEqual((await test.call(`${CUSTOMER}/${body.id}`)).body.validFor, validFor);
  });

  it('lets only one of two writers with the same ETag win', async () => {
    const { body, headers } = await create(CUSTOMER, newCustomer('Contended'));
    const ifMatch = { 'if-match': headers.get('etag')! };
    const results = await Promise.all([
      patch(body.href, { name: 'First' }, ifMatch),
      patch(body.href, { name: 'Second' }, ifMatch),
    ]);
    assert.deepEqual(results.map(({ status }) => status).sort(), [200, 412]);
    assert.equal((await patch(body.href, { name: 'Third' }, { 'if-match': 'W/"2"' })).status, 412);
    assert.equal((await patch(body.href, { name: 'Fourth' }, { 'if-match': '*' })).status, 200);
    const path = new URL(body.href).pathname;
    assert.equal((await test.call(path, { method: 'DELETE', headers: { 'if-match': '"1"' } })).status, 412);
  });

  it('answers 304 to who has the current revision', async () => {
    const { body, headers } = await create(CUSTOMER, newCustomer('Cached'));
    const etag = headers.get('etag')!;
    const answer = await test.call(`${CUSTOMER}/${body.id}`, { headers: { 'if-none-match': etag } });
    assert.deepEqual([answer.status, answer.body], [304, '']);
  });

  it('takes back what it gave, and records no change for it', async () => {
    const { body } = await create(SERVICE, newService());
    const same = await patch(body.href, body);
    assert.deepEqual([same.status, same.headers.get('etag')], [200, '"1"']);
    assert.deepEqual(same.body, body);
  });

  it('stamps the dates of states', async () => {
    const { body } = await create(SERVICE, newService());
    assert.equal(body.startDate, undefined);
    const active = (await patch(body.href, { state: 'active' })).body;
    assert.ok(Date.parse(active.startDate) > 0);
    const ended = (await patch(body.href, { state: 'terminated' })).body;
    assert.ok(Date.parse(ended.endDate) >= Date.parse(active.startDate));
  });

  const moves: [string, object, string, string, number][] = [
    [SERVICE, newService({ state: 'feasibilityChecked' }), 'state', 'designed', 200],
    [SERVICE, newService({ state: 'feasibilityChecked' }), 'state', 'active', 409],
    [SERVICE, newService({ state: 'active' }), 'state', 'inactive', 200],
    [SERVICE, newService({ state: 'terminated' }), 'state', 'active', 409],
    [SERVICE, newService({ state: 'active' }), 'state', 'nanana', 400],
    [CUSTOMER, newCustomer('Moves'), 'status', 'active', 200],
    [CUSTOMER, newCustomer('Moves'), 'status', 'suspended', 409],
    [CUSTOMER, newCustomer('Moves', { status: 'Approved' }), 'status', 'active', 200],
    [CUSTOMER, newCustomer('Moves', { status: 'terminated' }), 'status', 'active', 409],
  ];
  for (const [path, body, attribute, to, status] of moves) {
    const from = (body as Record<string, string>)[attribute] ?? 'initialized';
    it(`answers ${status} to a move of ${path === SERVICE ? 'a service' : 'a customer'} from ${from} to ${to}`, async () => {
      const created = await create(path, body);
      const answer = await patch(created.body.href, { [attribute]: to });
      assert.equal(answer.status, status);
      if (status === 409) assert.match(answer.body.message, /cannot go from/);
    });
  }
});
