import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadIndex } from '@jioassist/km-panel/search/source';
import { startTestGateway, type Body, type TestGateway } from '../../test-support/gateway.ts';
import { openEvents } from '../../test-support/event-stream.ts';
import { signIn } from '../auth/headless-sign-in.ts';
import { documentOf, type Article } from './article.ts';

const BASE = '/jioassist/v1';
const DOCUMENT = '/tmf-api/document/v4/document';
const INTERACTION = '/tmf-api/partyInteraction/v4/partyInteraction';
const MESSAGE = '/tmf-api/communicationManagement/v4/communicationMessage';
const TICKET = '/tmf-api/troubleTicket/v4/troubleTicket';
const PRIVACY = '/tmf-api/privacyManagement/v4/partyPrivacyProfile';

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
const post = (path: string, body: unknown, token = asha, key = `km-${(number += 1)}`) =>
  test.call(`${BASE}/${path}`, { method: 'POST', body, token, headers: { 'idempotency-key': key } });
const get = (path: string, token = asha, headers = {}) => test.call(`${BASE}/${path}`, { token, headers });

const blank: Article = {
  id: 'blank',
  title: 'Blank',
  summary: 'Nothing.',
  language: 'en',
  product: [],
  symptom: [],
  circle: [],
  tags: [],
  code: [],
  audience: [],
  validFor: {},
  html: '<p>Nothing.</p>',
};

async function publish(article: Partial<Article>, version = 1): Promise<string> {
  const body = documentOf({ ...blank, ...article }, version);
  return (await test.call(DOCUMENT, { method: 'POST', body })).body.id;
}

const retire = (id: string) =>
  test.call(`${DOCUMENT}/${id}`, { method: 'PATCH', body: { lifecycleState: 'retired' } });

async function content(query = '', token = asha): Promise<Response> {
  return fetch(`${test.url}${BASE}/knowledgeIndex/content${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
}

async function indexOf(query = '', token = asha) {
  return loadIndex(new Uint8Array(await (await content(query, token)).arrayBuffer()));
}

const versionNow = async () => String((await get('knowledgeIndex')).body.version);

describe('the search index', () => {
  it('has the articles of the languages that are asked for, and says how many', async () => {
    const all = (await get('knowledgeIndex')).body;
    const hindi = (await get('knowledgeIndex?language=hi-IN')).body;
    assert.ok(Number(all.articles) >= 200, String(all.articles));
    assert.deepEqual([all.languages, hindi.languages], [['en', 'hi'], ['hi']]);
    assert.equal((await indexOf('?language=hi')).size, hindi.articles);
    const { length } = new Uint8Array(await (await content()).arrayBuffer());
    assert.equal(length, all.bytes);
  });

  it('finds an article in Devanagari by its sound, and names the version it found', async () => {
    const [hit] = (await indexOf()).search('ghar ka internet laal batti', { limit: 1 });
    assert.ok(hit);
    assert.equal(hit.stored['language'], 'hi');
    assert.match(String(hit.stored['documentId']), /^DOC-/);
    assert.equal(hit.stored['version'], 1);
  });

  it('is not sent again while it is the same', async () => {
    const etag = (await content()).headers.get('etag') ?? '';
    const again = await get('knowledgeIndex/content', asha, { 'if-none-match': etag });
    assert.equal(again.status, 304);
    const id = await publish({ id: 'etag-article' });
    assert.notEqual((await content()).headers.get('etag'), etag);
    await retire(id);
  });

  it('comes as a delta that leads to the same index', async () => {
    const before = await indexOf();
    const since = await versionNow();
    const first = await publish({ id: 'delta-one', title: 'Quokka one' });
    await publish({ id: 'delta-two', title: 'Quokka two' });
    await retire(first);
    const second = await publish({ id: 'delta-one', title: 'Quokka renewed' }, 2);
    const answer = await get(`knowledgeIndex/delta?since=${since}`);
    const delta = answer.body as unknown as {
      version: string;
      upsert: { id: string; documentId: string }[];
      remove: string[];
    };
    assert.deepEqual(delta.upsert.map(({ id, documentId }) => [id, documentId === second]).sort(), [
      ['delta-one', true],
      ['delta-two', false],
    ]);
    assert.equal(delta.version, await versionNow());
    await before.update(delta);
    const found = (query: string) => before.search(query).map(({ id, stored }) => [id, stored.version]);
    assert.deepEqual(found('quokka renewed')[0], ['delta-one', 2]);
    assert.equal(before.size, (await indexOf()).size);
    await retire(second);
    const gone = await get(`knowledgeIndex/delta?since=${delta.version}`);
    assert.deepEqual(gone.body.remove, ['delta-one']);
  });

  it('keeps what is for supervisors from agents, in every way', async () => {
    const id = await publish({ id: 'wombat', title: 'Wombat', audience: ['supervisor'] });
    assert.equal((await indexOf('', asha)).search('wombat').length, 0);
    assert.equal((await indexOf('', meera)).search('wombat').length, 1);
    const delta = await get(`knowledgeIndex/delta?since=${(await versionNow()).replace(/\d+$/, '0')}`);
    assert.ok((delta.body.remove as string[]).includes('wombat'));
    assert.equal((await get('knowledgeArticle/wombat')).status, 404);
    assert.equal((await get('knowledgeArticle/wombat', meera)).status, 200);
    const found = await post('knowledgeSearch', { query: 'wombat' });
    assert.deepEqual(found.body.hits, []);
    const use = { kind: 'helped', documentId: id, contact: 'c' };
    assert.equal((await post('knowledgeUse', use)).status, 404);
  });

  it('says which version it never had', async () => {
    const [epoch, version] = (await versionNow()).split('.');
    const later = await get(`knowledgeIndex/delta?since=${epoch}.${Number(version) + 1}`);
    const other = await get(`knowledgeIndex/delta?since=00000000-0000-0000-0000-000000000000.1`);
    assert.deepEqual([later.status, later.body.code], [410, 'versionUnknown']);
    assert.deepEqual([other.status, other.body.code], [410, 'versionUnknown']);
  });

  for (const path of [
    'knowledgeIndex?language=',
    'knowledgeIndex?language=e%00n',
    'knowledgeIndex?language=en,,hi',
    'knowledgeIndex?colour=red',
    'knowledgeIndex/delta',
    'knowledgeIndex/delta?since=yesterday',
    'knowledgeArticle/fibre-outage?version=one',
  ]) {
    it(`refuses ${path}`, async () => {
      const { status, body } = await get(path);
      assert.equal(status, 400);
      assert.notEqual(body.code, '');
    });
  }

  it('is told of on the stream of whoever has a customer open', async () => {
    const query = '?topic=document,troubleTicket&customerId=C-1001&fields=none';
    const stream = await openEvents(test.url, asha, query);
    await stream.until('ready');
    const id = await publish({ id: 'streamed' });
    const { data } = await stream.until('DocumentCreateEvent');
    assert.equal((data.event as unknown as { document: { id: string } }).document.id, id);
    await stream.close();
  });
});

describe('the search on the gateway', () => {
  it('finds what the index finds, with excerpts', async () => {
    const options = { context: { products: ['fibre'], language: 'en' }, limit: 3 };
    const { body } = await post('knowledgeSearch', { query: 'fibre outge', ...options });
    const hits = body.hits as { id: string }[];
    const own = (await indexOf()).search('fibre outge', options);
    assert.deepEqual(
      hits.map(({ id }) => id),
      own.map(({ id }) => id),
    );
    assert.equal((body.excerpts as unknown[]).length, 3);
  });

  for (const [why, body] of [
    ['a query that is no text', { query: 5 }],
    ['no hits', { query: 'sim', limit: 0 }],
    ['an unknown attribute', { query: 'sim', colour: 'red' }],
    ['a context of another shape', { query: 'sim', context: { tickets: [5] } }],
    ['a filter of another shape', { query: 'sim', filters: { product: 7 } }],
  ] as const) {
    it(`refuses ${why}`, async () => {
      const answer = await post('knowledgeSearch', body);
      assert.deepEqual([answer.status, answer.body.code.length > 0], [400, true]);
    });
  }
});

describe('an article', () => {
  it('comes with what stands beside it', async () => {
    const { body } = await get('knowledgeArticle/fibre-outage');
    assert.deepEqual(body.variants, [
      { id: 'fibre-outage-hi', title: 'इलाक़े में फ़ाइबर सेवा ठप', language: 'hi' },
    ]);
    assert.match((body.sayings as string[])[0] ?? '', /^I can see/);
    assert.ok((body.sections as { title: string }[]).some(({ title }) => title === 'Steps'));
    assert.ok((body.related as unknown[]).length >= 3);
    assert.equal((await get('knowledgeArticle/fibre-outage?language=hi')).body.id, 'fibre-outage-hi');
    assert.equal((await get('knowledgeArticle/fibre-outage?language=ta')).body.id, 'fibre-outage');
  });

  it('can be read in an earlier version, also after it was retired', async () => {
    const first = await publish({ id: 'versions', title: 'As it was' });
    await retire(first);
    const second = await publish({ id: 'versions', title: 'As it is' }, 2);
    assert.equal((await get('knowledgeArticle/versions')).body.documentId, second);
    const earlier = await get('knowledgeArticle/versions?version=1');
    assert.deepEqual([earlier.body.documentId, earlier.body.title], [first, 'As it was']);
    assert.deepEqual(
      (earlier.body.versions as { version: number }[]).map(({ version }) => version),
      [2, 1],
    );
    assert.equal((await get('knowledgeArticle/versions?version=9')).status, 404);
  });
});

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
  });

  it('needs words for customers, a variant in the language, and a contact medium', async () => {
    const documentId = await publish({ id: 'internal', html: '<p>For us alone.</p>' });
    const internal = await post('knowledgeMessage', await wish({ documentId }));
    const tamil = await post('knowledgeMessage', await wish({ language: 'ta' }));
    assert.deepEqual([internal.body.code, tamil.body.code], ['notForCustomers', 'noSuchVariant']);
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
