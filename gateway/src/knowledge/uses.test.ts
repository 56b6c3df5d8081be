import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Body, TestGateway } from '../../test-support/gateway.ts';
import { BASE, startKnowledge, type KnowledgeGateway } from '../../test-support/knowledge.ts';

const INTERACTION = '/tmf-api/partyInteraction/v4/partyInteraction';
const MESSAGE = '/tmf-api/communicationManagement/v4/communicationMessage';
const TICKET = '/tmf-api/troubleTicket/v4/troubleTicket';
const PRIVACY = '/tmf-api/privacyManagement/v4/partyPrivacyProfile';

let knowledge: KnowledgeGateway;
let test: TestGateway;
let asha: string;
let meera: string;
before(async () => {
  knowledge = await startKnowledge();
  ({ test, asha, meera } = knowledge);
});
after(() => test.close());

const get: KnowledgeGateway['get'] = (...given) => knowledge.get(...given);
const post: KnowledgeGateway['post'] = (...given) => knowledge.post(...given);
const publish: KnowledgeGateway['publish'] = (...given) => knowledge.publish(...given);

describe('what an agent does about an article', () => {
  const customerId = 'C-1004';
  const itemsOf = async (id: unknown) =>
    ((await test.call(`${INTERACTION}/${String(id)}`)).body.interactionItem ?? []) as Body[];
  const outage = async () => String((await get('knowledgeArticle/fibre-outage')).body.documentId);

  it('is pinned to an interaction by its very version, reads with the first that is more', async () => {
    const documentId = await outage();
    const contact = 'page-pin';
    const read = await post('knowledgeUse', { kind: 'read', documentId, contact, customerId });
    assert.equal(read.body.interactionId, undefined);
    const again = await post('knowledgeUse', { kind: 'read', documentId, contact, customerId });
    assert.equal(again.body.id, read.body.id);
    const helped = await post('knowledgeUse', { kind: 'helped', documentId, contact, customerId });
    const items = await itemsOf(helped.body.interactionId);
    assert.deepEqual(
      items.map(({ resolution, item }) => [resolution, (item as Body).id]),
      [
        ['read', documentId],
        ['helped', documentId],
      ],
    );
  });

  it('is noted once, however often it is sent', async () => {
    const body = { kind: 'helped', documentId: await outage(), contact: 'page-once', customerId };
    const [one, two] = [
      await post('knowledgeUse', body, asha, 'once'),
      await post('knowledgeUse', body, asha, 'once'),
    ];
    assert.equal(one.body.id, two.body.id);
    const items = await itemsOf(one.body.interactionId);
    assert.equal(items.filter(({ resolution }) => resolution === 'helped').length, 2);
  });

  it('goes to a ticket as well', async () => {
    const documentId = await outage();
    const relatedParty = [{ id: customerId, role: 'customer', '@referredType': 'Customer' }];
    const ticket = await test.call(TICKET, {
      method: 'POST',
      body: { name: 'x', description: 'x', severity: 'minor', ticketType: 'complaint', relatedParty },
    });
    const body = { kind: 'attached', documentId, contact: 'page-t', customerId, ticketId: ticket.body.id };
    for (let time = 0; time < 2; time += 1) assert.equal((await post('knowledgeUse', body)).status, 201);
    const { relatedEntity } = (await test.call(`${TICKET}/${ticket.body.id}`)).body;
    assert.deepEqual(
      (relatedEntity as Body[]).map(({ id }) => id),
      [documentId],
    );
    const other = await post('knowledgeUse', { ...body, customerId: 'C-1005' });
    assert.equal(other.status, 404);
  });

  it('feeds the ranking: verdicts of many contacts, each once', async () => {
    const documentId = await publish({ id: 'useful' });
    for (let contact = 0; contact < 4; contact += 1)
      for (const kind of ['attached', 'helped'])
        await post('knowledgeUse', { kind, documentId, contact: `useful-${contact}` });
    const bad = await publish({ id: 'useless' });
    await post('knowledgeUse', { kind: 'didNotHelp', documentId: bad, contact: 'u', reason: 'Too old.' });
    const { usefulness } = (await get('knowledgeIndex')).body as unknown as {
      usefulness: Record<string, number>;
    };
    assert.equal(usefulness.useful, 0.5);
    assert.equal(usefulness.useless, -0.2);
  });

  for (const [why, change, status] of [
    ['an unknown kind', { kind: 'liked' }, 400],
    ['no contact', { contact: undefined }, 400],
    ['an attribute that is none', { colour: 'red' }, 400],
    ['a ticket where none is attached to', { ticketId: 'TT-1' }, 400],
    ['an interaction of nobody', { customerId: undefined, interactionId: 'INT-1' }, 400],
    ['an unknown customer', { customerId: 'C-0' }, 404],
    ['an unknown interaction', { interactionId: 'INT-0' }, 404],
    ['an unknown document', { documentId: 'DOC-0' }, 404],
  ] as const) {
    it(`is refused with ${why}`, async () => {
      const documentId = await outage();
      const body = { kind: 'helped', documentId, contact: 'c', customerId, ...change };
      const answer = await post('knowledgeUse', body);
      assert.deepEqual([answer.status, answer.body.code.length > 0], [status, true]);
    });
  }
});

describe('sending to the customer', () => {
  const customerId = 'C-1006';
  const messages = async () =>
    (await test.list(`${MESSAGE}?receiver.party.id=${customerId}&limit=200`)).body.length;
  const wish = async (more = {}) => ({
    documentId: String((await get('knowledgeArticle/fibre-outage')).body.documentId),
    customerId,
    channel: 'SMS',
    contact: 'page-send',
    ...more,
  });

  it('leaves one message in the language wanted and one item, also when it is asked twice', async () => {
    const before = await messages();
    const body = await wish({ language: 'hi' });
    const sent = await post('knowledgeMessage', body, asha, 'send-once');
    const again = await post('knowledgeMessage', body, asha, 'send-once');
    assert.equal(sent.status, 201);
    assert.equal(again.body.messageId, sent.body.messageId);
    assert.equal(await messages(), before + 1);
    const message = (await test.call(`${MESSAGE}/${String(sent.body.messageId)}`)).body;
    assert.match(String(message.content), /^आपके इलाक़े में/);
    assert.equal(message.messageType, 'SMS');
    const { interactionItem } = (await test.call(`${INTERACTION}/${String(sent.body.interactionId)}`)).body;
    const items = (interactionItem as Body[]).filter(({ resolution }) => resolution === 'sent: SMS');
    assert.equal(items.length, 1);
    assert.equal((items[0]?.item as Body).id, sent.body.documentId);
  });

  it('tells nobody but the message where it goes', async () => {
    const { body } = await post('knowledgeMessage', await wish({ channel: 'Email' }));
    assert.ok(!JSON.stringify(body).includes('@example.com'));
    const { receiver } = (await test.call(`${MESSAGE}/${String(body.messageId)}`)).body;
    assert.match(String((receiver as Body[])[0]?.email), /@example\.com$/);
  });

  it('does not happen against the customer’s will, and happens on the channels that are left', async () => {
    const [profile] = (await test.list(`${PRIVACY}?agreedByParty.id=${customerId}`)).body;
    const refusal = {
      name: 'serviceMessagesByWhatsApp',
      privacyUsagePurpose: 'serviceCommunication',
      valueType: 'boolean',
      value: false,
    };
    const characteristics = profile?.partyPrivacyProfileCharacteristic as Body[];
    await test.call(`${PRIVACY}/${profile?.id}`, {
      method: 'PATCH',
      body: { partyPrivacyProfileCharacteristic: [...characteristics, refusal] },
    });
    const refused = await post('knowledgeMessage', await wish({ channel: 'WhatsApp' }));
    assert.deepEqual([refused.status, refused.body.code], [422, 'noConsent']);
    assert.equal((await post('knowledgeMessage', await wish())).status, 201);
    const { body } = await test.call<Body[]>(`${BASE}/knowledgeChannel?customerId=${customerId}`, {
      token: asha,
    });
    assert.deepEqual(
      body.map(({ channel, refusal }) => [channel, refusal]),
      [
        ['SMS', undefined],
        ['Email', undefined],
        ['WhatsApp', 'noConsent'],
      ],
    );
    assert.equal((await get('knowledgeChannel')).status, 400);
    assert.equal((await get('knowledgeChannel?customerId=C-0')).status, 404);
  });

  it('needs words for customers, a variant in the language, and a contact medium', async () => {
    const documentId = await publish({ id: 'internal', html: '<p>For us alone.</p>' });
    const internal = await post('knowledgeMessage', await wish({ documentId }));
    const tamil = await post('knowledgeMessage', await wish({ language: 'ta' }));
    assert.deepEqual([internal.body.code, tamil.body.code], ['notForCustomers', 'noSuchVariant']);
    const html = '<blockquote data-say><p>You owe [amount] rupees.</p></blockquote>';
    const withGap = await publish({ id: 'with-gap', html });
    const gap = await post('knowledgeMessage', await wish({ documentId: withGap }));
    assert.deepEqual([gap.status, gap.body.code], [422, 'passageHasGaps']);
    const customer = '/tmf-api/customerManagement/v4/customer';
    await test.call(`${customer}/C-1007`, { method: 'PATCH', body: { contactMedium: [] } });
    const nowhere = await post('knowledgeMessage', await wish({ customerId: 'C-1007' }));
    assert.deepEqual([nowhere.status, nowhere.body.code], [422, 'noContactMedium']);
  });

  for (const change of [
    { channel: 'Pigeon' },
    { language: 'not a tag' },
    { contact: '' },
    { customerId: undefined },
    { colour: 'red' },
  ]) {
    it(`is refused with ${JSON.stringify(change)}`, async () => {
      assert.equal((await post('knowledgeMessage', await wish(change))).status, 400);
    });
  }
});

describe('a content gap', () => {
  const gap = {
    query: 'call 98765 43210 or mail me@example.com about quasars',
    context: { products: ['fibre'], language: 'en' },
    contact: 'page-gap',
  };

  it('is a list for editors, without whom it was about, and can be closed', async () => {
    const { body } = await post('knowledgeGap', gap);
    assert.equal((await get('knowledgeGap')).status, 403);
    const { body: list, headers } = await test.call<Body[]>(`${BASE}/knowledgeGap?status=open&limit=1`, {
      token: meera,
    });
    assert.deepEqual([list[0]?.id, list[0]?.query], [body.id, 'call … or mail … about quasars']);
    assert.deepEqual(list[0]?.context, {
      products: ['fibre'],
      tickets: [],
      anomalies: [],
      badges: [],
      language: 'en',
    });
    assert.ok(Number(headers.get('x-total-count')) >= 1);
    const change = { status: 'closed', articleId: 'quasars' };
    const patch = (id: string) =>
      test.call(`${BASE}/knowledgeGap/${id}`, { method: 'PATCH', body: change, token: meera });
    const closed = await patch(body.id);
    assert.deepEqual([closed.body.status, closed.body.closedBy !== undefined], ['closed', true]);
    assert.equal((await patch('KMG-0')).status, 404);
  });

  it('counts a little against what was shown', async () => {
    const documentId = await publish({ id: 'shown-in-vain' });
    await post('knowledgeGap', { ...gap, shown: [documentId] });
    const { usefulness } = (await get('knowledgeIndex')).body;
    assert.equal((usefulness as Record<string, number>)['shown-in-vain'], -0.05);
  });

  for (const change of [
    { context: [] },
    { context: { customerName: 'x' } },
    { shown: 'DOC-1' },
    { query: 5 },
    { contact: undefined },
  ]) {
    it(`is refused with ${JSON.stringify(change)}`, async () => {
      assert.equal((await post('knowledgeGap', { ...gap, ...change })).status, 400);
    });
  }
});
