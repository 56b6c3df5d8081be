import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type Body, type TestGateway } from '../../test-support/gateway.ts';
import { signIn } from '../auth/headless-sign-in.ts';

const BASE = '/jioassist/v1';
const TICKET = '/tmf-api/troubleTicket/v4/troubleTicket';
const INTERACTION = '/tmf-api/partyInteraction/v4/partyInteraction';
const CUSTOMER = 'C-1003';
const party = [{ id: CUSTOMER, role: 'customer', '@referredType': 'Customer' }];
const standard = JSON.parse(
  readFileSync(new URL(import.meta.resolve('@jioassist/badge-widget/standard-rules.json')), 'utf8'),
) as { version: string; rules: { id: string; when: string }[] };

let test: TestGateway;
let asha: string;
let meera: string;
before(async () => {
  test = await startTestGateway();
  asha = (await signIn(test.url, { name: 'asha', password: 'welcome-asha' })).accessToken;
  meera = (await signIn(test.url, { name: 'meera', password: 'welcome-meera' })).accessToken;
});
after(() => test.close());

let number = 0;
const post = (path: string, body: unknown, token = asha, key = `badge-${(number += 1)}`) =>
  test.call(path, { method: 'POST', body, token, headers: { 'idempotency-key': key } });
const get = (path: string, token = asha) => test.call(path, { token });
const badges = async () =>
  (await test.call<{ id: string }[]>(`${BASE}/badge?customerId=${CUSTOMER}`, { token: asha })).body.map(
    ({ id }) => id,
  );

describe('badges of a customer', () => {
  it('appear when the facts do, and go with them', async () => {
    assert.ok(!(await badges()).includes('ticket-over-sla'));
    const { body } = await test.call(TICKET, {
      method: 'POST',
      body: {
        name: 'Line drops',
        description: 'It drops.',
        severity: 'minor',
        ticketType: 'complaint',
        expectedResolutionDate: new Date(Date.now() - 3_600_000).toISOString(),
        relatedParty: party,
      },
    });
    assert.ok((await badges()).includes('ticket-over-sla'));
    const facts = (await get(`${BASE}/customerFacts?customerId=${CUSTOMER}`)).body.facts as Record<
      string,
      Body
    >;
    assert.equal(facts.tickets?.mostOverdueId, body.id);
    for (const status of ['inProgress', 'resolved']) {
      await test.call(`${TICKET}/${body.id}`, { method: 'PATCH', body: { status } });
    }
    assert.ok(!(await badges()).includes('ticket-over-sla'));
  });

  it('tell nothing that the agent may not read', async () => {
    const scope = 'openid recommendation:read customer:read';
    const { accessToken } = await signIn(test.url, { name: 'asha', password: 'welcome-asha', scope });
    const { body } = await get(`${BASE}/customerFacts?customerId=${CUSTOMER}`, accessToken);
    const facts = body.facts as Record<string, object>;
    assert.notDeepEqual(facts.customer, {});
    for (const group of ['billing', 'tickets', 'contacts', 'services'])
      assert.deepEqual(facts[group], {}, group);
  });

  it('are of a customer that exists', async () => {
    for (const path of ['badge', 'customerFacts', 'badgeDealing']) {
      assert.equal((await get(`${BASE}/${path}?customerId=C-0`)).status, 404, path);
      assert.equal((await get(`${BASE}/${path}`)).status, 400, path);
      assert.equal((await get(`${BASE}/${path}?customerId=${CUSTOMER}&colour=red`)).status, 400, path);
    }
  });
});

describe('what an agent does about a badge', () => {
  it('is noted once, also when it is sent again, and is an item of the interaction', async () => {
    const { body: interaction } = await test.call(INTERACTION, {
      method: 'POST',
      body: {
        reason: 'Slow',
        direction: 'inbound',
        channel: [{ id: 'voice', name: 'Voice call' }],
        relatedParty: party,
      },
    });
    const dealing = {
      customerId: CUSTOMER,
      badge: 'bill-shock',
      outcome: 'dismissed',
      reason: 'Explained last week',
      contact: 'call-1',
      interactionId: interaction.id,
    };
    const [first, again] = [
      await post(`${BASE}/badgeDealing`, dealing, asha, 'same'),
      await post(`${BASE}/badgeDealing`, dealing, asha, 'same'),
    ];
    assert.deepEqual([first.status, again.status, again.body.id], [201, 201, first.body.id]);
    const { body: listed } = await test.call<Body[]>(`${BASE}/badgeDealing?customerId=${CUSTOMER}`, {
      token: asha,
    });
    assert.deepEqual(
      listed.map(({ badge, outcome, contact, agentId }) => [badge, outcome, contact, agentId]),
      [['bill-shock', 'dismissed', 'call-1', 'asha']],
    );
    const items = (await test.call(`${INTERACTION}/${interaction.id}`)).body.interactionItem as Body[];
    assert.deepEqual(
      items.map(({ resolution }) => resolution),
      ['dismissed: Explained last week'],
    );
  });

  for (const [what, change, status] of [
    ['an unknown outcome', { outcome: 'ignored' }, 400],
    ['no badge', { badge: '' }, 400],
    ['a reason of a thousand words', { reason: 'x'.repeat(501) }, 400],
    ['an attribute of no meaning', { colour: 'red' }, 400],
    ['a customer that is none', { customerId: 'C-0' }, 404],
    ['an interaction that is none', { interactionId: 'INT-0' }, 404],
  ] as const) {
    it(`is refused with ${what}`, async () => {
      const answer = await post(`${BASE}/badgeDealing`, {
        customerId: CUSTOMER,
        badge: 'x',
        outcome: 'acted',
        ...change,
      });
      assert.equal(answer.status, status);
    });
  }

  it('begins an interaction where none is under way, one for a contact, which is no contact of the customer', async () => {
    const id = 'C-1004';
    const ofBadges = async () =>
      (await test.call<Body[]>(`${INTERACTION}?relatedParty.id=${id}&reason=Badges`)).body;
    const inSevenDays = async () => {
      const { facts } = (await get(`${BASE}/customerFacts?customerId=${id}`)).body;
      return (facts as Record<string, Body>).contacts?.inSevenDays;
    };
    const before = await inSevenDays();
    const dealing = { customerId: id, contact: 'call-9', badge: 'retention-due', outcome: 'acted' };
    await post(`${BASE}/badgeDealing`, dealing, asha, 'churn');
    await post(`${BASE}/badgeDealing`, dealing, asha, 'churn');
    const later = { ...dealing, badge: 'offer:FIB-699', outcome: 'dismissed', reason: 'not-interested' };
    await post(`${BASE}/badgeDealing`, later);
    const interactions = await ofBadges();
    assert.equal(interactions.length, 1);
    assert.deepEqual(
      (interactions[0]?.interactionItem as Body[]).map(({ reason, resolution }) => [reason, resolution]),
      [
        ['Badge retention-due', 'acted'],
        ['Badge offer:FIB-699', 'dismissed: not-interested'],
      ],
    );
    assert.equal(await inSevenDays(), before);
    await post(`${BASE}/badgeDealing`, { ...dealing, contact: 'call-10' });
    assert.equal((await ofBadges()).length, 1, 'the one under way is taken up');
    await test.call(`${INTERACTION}/${interactions[0]?.id}`, {
      method: 'PATCH',
      body: { status: 'completed' },
    });
    await post(`${BASE}/badgeDealing`, { ...dealing, contact: 'call-11' });
    assert.equal((await ofBadges()).length, 2);
  });

  it('is counted for supervisors, and only for them', async () => {
    for (const contact of ['call-7', 'call-7', 'call-8']) {
      const shown = await post(`${BASE}/badgeShowing`, {
        customerId: CUSTOMER,
        badges: ['churn-risk-high'],
        contact,
      });
      assert.equal(shown.status, 200);
    }
    await post(`${BASE}/badgeDealing`, { customerId: CUSTOMER, badge: 'churn-risk-high', outcome: 'acted' });
    const { body } = await test.call<Body[]>(`${BASE}/badgeStatistics`, { token: meera });
    const counted = body.find(({ badge }) => badge === 'churn-risk-high');
    assert.deepEqual([counted?.shown, counted?.acted, counted?.dismissed], [2, 1, 0]);
    assert.equal((await get(`${BASE}/badgeStatistics`)).status, 403);
    const own = await test.call<Body[]>(`${BASE}/badgeExperience`, { token: asha });
    assert.ok(own.body.some(({ badge, acted }) => badge === 'churn-risk-high' && acted === 1));
  });
});

describe('the rules in force', () => {
  const put = (body: unknown, headers: Record<string, string> = {}, token = meera) =>
    test.call(`${BASE}/badgeRuleSet`, { method: 'PUT', body, token, headers });

  it('are the standard ones at first, and are not sent again while they are the same', async () => {
    const answer = await get(`${BASE}/badgeRuleSet`);
    assert.equal((answer.body.rules as unknown[]).length, standard.rules.length);
    const headers = { 'if-none-match': answer.headers.get('etag') ?? '' };
    assert.equal((await test.call(`${BASE}/badgeRuleSet`, { token: asha, headers })).status, 304);
  });

  it('stay when others have a problem, which is told with its place', async () => {
    const [first, ...rest] = standard.rules;
    const broken = { ...standard, rules: [{ ...first, when: 'network.isOutige' }, ...rest] };
    const answer = await put(broken);
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalidRuleSet']);
    assert.match(answer.body.message, /\/rules\/0\/when \(outage-in-area\) No such key: isOutige/);
    assert.equal((await put({ schemaVersion: 2, version: '9', rules: [] })).body.code, 'rules/newer-schema');
    assert.equal((await put([])).status, 400);
    assert.equal((await get(`${BASE}/badgeRuleSet`)).headers.get('etag'), '"0"');
  });

  it('are changed by supervisors, at once, and not over another change', async () => {
    const always = { ...standard.rules[0], id: 'always', when: 'true' };
    assert.equal((await put({ ...standard, rules: [always] }, {}, asha)).status, 403);
    const changed = await put({ ...standard, rules: [always] }, { 'if-match': '"0"' });
    assert.equal(changed.status, 200);
    assert.deepEqual(await badges(), ['always']);
    assert.equal((await put(standard, { 'if-match': '"0"' })).status, 412);
    const forSupervisors = { ...always, audience: { roles: ['supervisor'] } };
    assert.equal((await put({ ...standard, rules: [forSupervisors] })).status, 200);
    assert.deepEqual(await badges(), []);
    const own = (token: string) => get(`${BASE}/badgeRuleSet?audience=own`, token);
    const [ofAgent, ofSupervisor] = [await own(asha), await own(meera)];
    assert.deepEqual(
      [ofAgent, ofSupervisor].map(({ body }) => (body.rules as unknown[]).length),
      [0, 1],
    );
    assert.notEqual(ofAgent.headers.get('etag'), ofSupervisor.headers.get('etag'));
    assert.equal((await get(`${BASE}/badgeRuleSet?audience=all`)).status, 400);
    assert.equal((await put(standard)).status, 200);
  });
});
