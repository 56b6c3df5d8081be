import { createJioAssist } from '@jioassist/core-sdk';
import { buildAlarm, buildTroubleTicket, fakeAuth, FakeGateway, until } from '@jioassist/core-sdk/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIndex } from '../search/index.js';
import {
  ARTICLE,
  doc,
  DOCS,
  EPOCH,
  INDEX,
  openPort,
  ready,
  setup,
  STORED,
  tearDown,
} from '../testing/fake-knowledge.js';
import type { Article } from './knowledge.js';
import { KnowledgeModel } from './knowledge-model.js';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

const dispose: (() => void)[] = [];

afterEach(() => {
  for (const end of dispose.splice(0)) end();
  tearDown();
  vi.restoreAllMocks();
});

describe('the index', () => {
  it('is loaded once, and searches with what was typed', async () => {
    const { fake, model } = setup();
    const { index } = await ready(model);
    expect(index).toMatchObject({ status: 'ready', place: 'worker', articles: 4, offline: false });
    const { hits, place } = await model.search('fibre outge');
    expect(place).toBe('worker');
    expect(hits[0]).toMatchObject({ id: 'fibre-outage', documentId: 'DOC-fibre-outage', version: 1 });
    expect(hits[0]?.title.ranges.length).toBeGreaterThan(0);
    expect(fake.asked(`${INDEX}/content`)).toBe(1);
  });

  it('starts from the cache and takes in what has changed since', async () => {
    const first = setup({}, {}, 'asha');
    await ready(first.model);
    first.client.dispose();
    const { gateway, fake, model } = setup({}, {}, 'asha');
    fake.version = 2;
    fake.delta = { upsert: [doc('quokka')], remove: ['sim-lost'] };
    await vi.waitUntil(
      async () => (await model.search('quokka').catch(() => ({ hits: [] }))).hits.length === 1,
    );
    expect((await model.search('sim lost')).hits).toEqual([]);
    expect(fake.asked(`${INDEX}/content`)).toBe(0);
    expect(gateway.requests.find((request) => request.includes('delta'))).toContain(`since=${EPOCH}.1`);
  });

  it('starts from the cache without the gateway', async () => {
    const first = setup({}, {}, 'asha');
    const { index } = await ready(first.model);
    first.client.dispose();
    const { gateway, model } = setup({}, {}, 'asha');
    gateway.goDown();
    const state = await until(model.state, (now) => now.index.offline);
    expect(state.index).toMatchObject({ status: 'ready', asOf: index.asOf, articles: 4 });
    expect((await model.search('sim')).hits.map(({ id }) => id)).toEqual(['sim-lost']);
  });

  it('is loaded whole when the gateway never had that version', async () => {
    const { fake, model } = setup();
    await ready(model);
    fake.version = 2;
    fake.docs = [...DOCS, doc('quokka')];
    model.retry();
    await vi.waitUntil(() => fake.asked(`${INDEX}/content`) === 2);
    await vi.waitUntil(async () => (await model.search('quokka')).hits.length === 1);
  });

  it('is renewed when articles change', async () => {
    const { gateway, fake, client, model } = setup();
    client.customer.set({ customerId: 'C-1' });
    await ready(model);
    await vi.waitUntil(() => gateway.streams === 1);
    fake.version = 2;
    fake.delta = { upsert: [doc('quokka')], remove: [] };
    gateway.change('document', 'DOC-quokka');
    await vi.waitUntil(async () => (await model.search('quokka')).hits.length === 1, { timeout: 5_000 });
  });

  it('goes on without the gateway, and says how old it is', async () => {
    const { gateway, model } = setup();
    const { index } = await ready(model);
    gateway.goDown();
    model.retry();
    const state = await until(model.state, (now) => now.index.offline);
    expect(state.status).toBe('ready');
    expect(state.index.asOf).toBe(index.asOf);
    expect((await model.search('sim')).hits).toHaveLength(1);
    gateway.comeBack();
    model.retry();
    await until(model.state, (now) => !now.index.offline);
  });

  it('says that there is none, and why', async () => {
    const gateway = new FakeGateway();
    gateway.answer(INDEX, () => Response.json({ code: 'x' }, { status: 403 }));
    const client = createJioAssist({ gateway: gateway.url, fetch: gateway.fetch, auth: fakeAuth() });
    dispose.push(() => {
      client.dispose();
    });
    const model = new KnowledgeModel(client, { open: openPort });
    const { error } = await until(model.state, ({ status }) => status === 'error');
    expect(error?.code).toBe('auth/not-allowed');
  });

  for (const [reason, options, articles] of [
    ['worker-refused', { open: () => Promise.resolve(undefined) }, 4],
    ['index-too-large', {}, 30_001],
    ['little-memory', { memory: 1 }, 2_001],
  ] as const) {
    it(`is the gateway's when the page should not hold it: ${reason}`, async () => {
      const { gateway, fake, model } = setup(options);
      fake.articles = articles;
      gateway.answer('/jioassist/v1/knowledgeSearch', () => {
        const index = createIndex(DOCS, { stored: STORED });
        return Response.json({ version: 'v', hits: index.search('sim'), excerpts: [] });
      });
      const { index } = await ready(model);
      expect([index.place, index.placeReason]).toEqual(['gateway', reason]);
      expect((await model.search('sim')).hits.map(({ id }) => id)).toEqual(['sim-lost']);
      expect(fake.asked(`${INDEX}/content`)).toBe(0);
    });
  }
});

describe('suggestions', () => {
  const TICKETS = '/tmf-api/troubleTicket/v4/troubleTicket';

  it('weigh the call and say which of its facts matched, in words', async () => {
    const tickets = [buildTroubleTicket({ name: 'No internet in the area', ticketType: 'noInternet' })];
    const { client, model } = setup({}, { [TICKETS]: tickets });
    client.customer.set({ customerId: 'C-1' });
    const { suggestions } = await until(model.state, ({ suggestions: now }) =>
      now.some(({ reasons }) => reasons.some(({ kind }) => kind === 'ticket')),
    );
    expect(suggestions[0]?.id).toBe('fibre-outage');
    expect(suggestions[0]?.reasons).toEqual(
      expect.arrayContaining([
        { kind: 'ticket', value: 'No internet in the area', against: false },
        { kind: 'product', value: 'Fibre 100 Mbps', against: false },
      ]),
    );
  });

  it('put an article first that a badge of the customer leads to', async () => {
    const { fake, client, model } = setup();
    fake.badges = [
      { id: 'b', title: { en: 'The bill jumped' }, actions: [{ kind: 'article', target: 'bill-too-high' }] },
    ];
    client.customer.set({ customerId: 'C-1' });
    const { suggestions } = await until(model.state, (now) => now.suggestions[0]?.id === 'bill-too-high');
    expect(suggestions[0]?.reasons).toContainEqual({
      kind: 'badge',
      value: 'The bill jumped',
      against: false,
    });
  });

  it('know an anomaly on the line', async () => {
    const alarms = [
      buildAlarm({ specificProblem: 'cable', probableCause: 'cut', alarmDetails: 'A cable was cut.' }),
    ];
    const { client, model } = setup({}, { '/tmf-api/alarm/v4/alarm': alarms });
    client.customer.set({ customerId: 'C-1' });
    const { suggestions } = await until(model.state, (now) =>
      now.suggestions.some(({ reasons }) => reasons.some(({ kind }) => kind === 'anomaly')),
    );
    expect(suggestions[0]?.reasons).toContainEqual({
      kind: 'anomaly',
      value: 'A cable was cut.',
      against: false,
    });
  });

  it('show one article for all its variants, in the language the agent reads', async () => {
    const { client, model } = setup();
    client.customer.set({ customerId: 'C-1' });
    const english = await ready(model);
    expect(english.suggestions.filter(({ id }) => id.startsWith('fibre-outage'))).toHaveLength(1);
    expect(english.suggestions[0]?.language).toBe('en');
    model.language = 'hi';
    const { suggestions } = await until(model.state, (now) => now.suggestions[0]?.language === 'hi');
    expect(suggestions[0]?.id).toBe('fibre-outage-hi');
  });

  it('follow the step of a flow and what proved useful', async () => {
    const { fake, client, model } = setup();
    client.customer.set({ customerId: 'C-1' });
    await ready(model);
    model.step = 'Explain the bill';
    await until(model.state, (now) => now.suggestions[0]?.id === 'bill-too-high');
    model.step = '';
    fake.usefulness = { 'bill-too-high': 1 };
    model.retry();
    await until(model.state, ({ suggestions }) =>
      suggestions.some(
        ({ id, reasons }) => id === 'bill-too-high' && reasons.some(({ kind }) => kind === 'usefulness'),
      ),
    );
  });

  it('of one customer are never shown for another', async () => {
    const { client, model } = setup();
    client.customer.set({ customerId: 'C-1' });
    await until(model.state, ({ suggestions }) => suggestions.length > 0);
    client.customer.clear();
    expect(model.state.value).toMatchObject({ customerId: null, suggestions: [], channels: [] });
  });
});

describe('search', () => {
  it('rejects a search that was overtaken, and answers the newest', async () => {
    const { model } = setup();
    await ready(model);
    const older = model.search('s');
    const newer = model.search('sim');
    await expect(older).rejects.toMatchObject({ name: 'AbortError' });
    expect((await newer).hits).toHaveLength(1);
  });

  it('filters', async () => {
    const { model } = setup();
    await ready(model);
    const { hits } = await model.search('explain block cable', { filters: { product: 'mobile' } });
    expect(hits.map(({ id }) => id)).toEqual(['sim-lost']);
  });

  for (const [argument, call] of [
    ['query', (model: KnowledgeModel) => model.search(5 as never)],
    ['limit', (model: KnowledgeModel) => model.search('sim', { limit: 0 })],
    ['id', (model: KnowledgeModel) => model.article('')],
    ['version', (model: KnowledgeModel) => model.article('a', { version: 0 })],
    ['article', (model: KnowledgeModel) => model.helped({} as Article)],
    ['channel', (model: KnowledgeModel) => model.sendToCustomer(ARTICLE, 'Pigeon' as never)],
    ['customer', (model: KnowledgeModel) => model.sendToCustomer(ARTICLE, 'SMS')],
    ['customer', (model: KnowledgeModel) => model.attach(ARTICLE)],
    ['query', (model: KnowledgeModel) => model.nothingFitting('x'.repeat(501))],
    ['reason', (model: KnowledgeModel) => model.didNotHelp(ARTICLE, 'x'.repeat(501))],
  ] as const) {
    it(`names a wrong ${argument}`, async () => {
      const { model } = setup();
      await ready(model);
      await expect(call(model)).rejects.toMatchObject({
        code: 'config/invalid-argument',
        details: { argument },
      });
    });
  }
});

describe('an article', () => {
  it('that was opened can be opened again without the gateway', async () => {
    const { gateway, model } = setup();
    await ready(model);
    expect(await model.article('fibre-outage')).toMatchObject({
      documentId: 'DOC-fibre-outage',
      fromCache: false,
    });
    gateway.goDown();
    expect(await model.article('fibre-outage')).toMatchObject({ title: 'Fibre outage', fromCache: true });
    await expect(model.article('sim-lost')).rejects.toMatchObject({ code: 'network/unreachable' });
  });

  it('that does not exist is refused', async () => {
    const { model } = setup();
    await ready(model);
    await expect(model.article('nothing')).rejects.toMatchObject({ code: 'api/refused' });
  });

  it('is remembered as read, and as a favourite, until it is none', async () => {
    const { model } = setup();
    await ready(model);
    await model.read(ARTICLE);
    await model.setFavourite(ARTICLE, true);
    expect(model.state.value).toMatchObject({
      recent: [{ id: 'fibre-outage' }],
      favourites: [{ id: 'fibre-outage' }],
    });
    expect((await model.search('fibre')).hits[0]).toMatchObject({ favourite: true });
    await model.setFavourite(ARTICLE, false);
    expect(model.state.value.favourites).toEqual([]);
  });
});

describe('signing in', () => {
  it('comes before everything, and leaves nothing of the agent before', async () => {
    const { auth, model } = setup();
    await ready(model);
    auth.state.set({ status: 'signed-out' });
    expect(model.state.value).toMatchObject({
      status: 'signed-out',
      suggestions: [],
      index: { status: 'none' },
    });
    await expect(model.search('sim')).rejects.toMatchObject({ code: 'auth/signed-out' });
    expect(await model.signIn()).toBe(true);
    await ready(model);
  });

  it('does nothing while nobody looks', async () => {
    const { fake, model, stop } = setup();
    await ready(model);
    stop();
    const before = fake.gateway.requests.length;
    model.language = 'hi';
    model.step = 'x';
    await Promise.resolve();
    expect(fake.gateway.requests.length).toBe(before);
  });
});
