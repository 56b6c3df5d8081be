import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadIndex } from '@jioassist/km-panel/search/source';
import { openEvents } from '../../test-support/event-stream.ts';
import type { TestGateway } from '../../test-support/gateway.ts';
import { BASE, startKnowledge, type KnowledgeGateway } from '../../test-support/knowledge.ts';

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
const retire: KnowledgeGateway['retire'] = (...given) => knowledge.retire(...given);

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
