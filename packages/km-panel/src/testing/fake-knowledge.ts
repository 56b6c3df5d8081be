import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { buildCustomer, buildService, fakeAuth, FakeGateway, until } from '@jioassist/core-sdk/testing';
import { createIndex, SearchClient, serveSearch, type IndexStore, type KeptIndex } from '../search/index.js';
import { KnowledgeModel, type KnowledgeOptions } from '../knowledge/knowledge-model.js';
import type { Article, KnowledgeState } from '../knowledge/knowledge.js';
import type { WorkerSearch } from '../knowledge/open-worker.js';
import type { SmallStore } from '../knowledge/small-store.js';

export const INDEX = '/jioassist/v1/knowledgeIndex';
export const EPOCH = '00000000-0000-4000-8000-000000000000';

interface Doc {
  id: string;
  documentId: string;
  version: number;
  title: string;
  language: string;
  group: string;
  [property: string]: unknown;
}

export const doc = (id: string, more: Partial<Doc> = {}): Doc => ({
  id,
  documentId: `DOC-${id}`,
  version: 1,
  title: id.replaceAll('-', ' '),
  language: 'en',
  group: id,
  ...more,
});

export const DOCS = [
  doc('fibre-outage', { product: ['fibre'], symptom: ['No internet in the whole area'], body: 'Cable cut.' }),
  doc('fibre-outage-hi', {
    title: 'फ़ाइबर सेवा ठप',
    language: 'hi',
    group: 'fibre-outage',
    product: ['fibre'],
  }),
  doc('sim-lost', { product: ['mobile'], body: 'Block the SIM.' }),
  doc('bill-too-high', { product: ['postpaid'], body: 'Explain the bill.' }),
];

export const ARTICLE: Article = {
  id: 'fibre-outage',
  documentId: 'DOC-fibre-outage',
  version: 1,
  state: 'published',
  title: 'Fibre outage',
  summary: '',
  language: 'en',
  product: [],
  symptom: [],
  circle: [],
  tags: [],
  code: [],
  audience: [],
  validFor: {},
  html: '<p>Cable cut.</p>',
  sections: [{ title: '', html: '<p>Cable cut.</p>' }],
  sayings: ['We know of it.'],
  variants: [{ id: 'fibre-outage-hi', title: 'फ़ाइबर सेवा ठप', language: 'hi' }],
  versions: [{ documentId: 'DOC-fibre-outage', version: 1, state: 'published' }],
  related: [],
  fromCache: false,
};

export const STORED = ['documentId', 'version', 'title', 'language', 'group'];

/** A gateway with an index that can change. */
export class FakeKnowledge {
  readonly gateway: FakeGateway;
  docs: Doc[] = DOCS;
  version = 1;
  articles = DOCS.length;
  usefulness: Record<string, number> = {};
  delta: { upsert: Doc[]; remove: string[] } | undefined;
  badges: object[] = [];

  constructor(gateway: FakeGateway) {
    this.gateway = gateway;
    gateway.answer(INDEX, () => Response.json(this.#info()));
    gateway.answer(`${INDEX}/content`, () => this.#content());
    gateway.answer(`${INDEX}/delta`, () =>
      this.delta
        ? Response.json({ version: this.#versionText(), ...this.delta })
        : Response.json({ code: 'versionUnknown' }, { status: 410 }),
    );
    // Asked while the index is on its way.
    gateway.answer('/jioassist/v1/knowledgeSearch', () =>
      Response.json({ version: this.#versionText(), hits: [], excerpts: [] }),
    );
    gateway.answer('/jioassist/v1/badge', () => Response.json(this.badges));
    gateway.answer('/jioassist/v1/knowledgeChannel', () =>
      Response.json([{ channel: 'WhatsApp', refusal: 'noConsent' }, { channel: 'SMS' }]),
    );
    gateway.answer('/jioassist/v1/knowledgeArticle/fibre-outage', () => Response.json(ARTICLE));
  }

  asked(path: string): number {
    return this.gateway.requests.filter((request) => request.split('?')[0] === path).length;
  }

  #versionText = (): string => `${EPOCH}.${this.version}`;

  #info(): object {
    const { usefulness, articles } = this;
    return {
      version: this.#versionText(),
      audience: 'agent',
      languages: ['en', 'hi'],
      articles,
      bytes: 1,
      usefulness,
    };
  }

  async #content(): Promise<Response> {
    const bytes = await createIndex(this.docs, { stored: STORED }).save();
    const headers = { etag: `"${this.#versionText()} agent "` };
    return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
  }
}

const ports: MessagePort[] = [];
const kept = new Map<string, KeptIndex>();
const store: IndexStore = {
  get: (key) => Promise.resolve(kept.get(key)),
  set: (key, value) => Promise.resolve(void kept.set(key, value)),
  delete: (key) => Promise.resolve(void kept.delete(key)),
};

export function openPort(): Promise<WorkerSearch> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveSearch(port1, store);
  const close = (): void => {
    port2.close();
  };
  return Promise.resolve({ client: new SearchClient(port2), close });
}

/** What outlives a page, as IndexedDB does. */
const shelf = new Map<string, unknown>();
const openStore = (agentId = ''): Promise<SmallStore> =>
  Promise.resolve({
    persistent: true,
    get: (key) => Promise.resolve(shelf.get(`${agentId} ${key}`)),
    set: (key, value) => Promise.resolve(void shelf.set(`${agentId} ${key}`, structuredClone(value))),
  });

const clients: JioAssistClient[] = [];

const FIBRE = buildService({
  id: 'SVC-1',
  category: 'fibre',
  serviceCharacteristic: [
    { name: 'paymentType', value: 'postpaid' },
    { name: 'plan', value: 'Fibre 100 Mbps' },
  ],
});
const CUSTOMER = {
  ...buildCustomer(),
  characteristic: [
    { name: 'circle', value: 'Delhi' },
    { name: 'languagePreference', value: 'hi' },
  ],
  contactMedium: [
    {
      mediumType: 'phoneNumber',
      preferred: true,
      characteristic: { phoneNumber: '+919876543210' },
      masked: '',
    },
  ],
};

export function setup(
  options: KnowledgeOptions = {},
  resources: Record<string, object[]> = {},
  agent?: string,
) {
  const gateway = new FakeGateway({ customers: [CUSTOMER], services: { 'C-1': [FIBRE] }, resources });
  const fake = new FakeKnowledge(gateway);
  const auth = fakeAuth('signed-in', undefined, agent);
  const client = createJioAssist({ gateway: gateway.url, fetch: gateway.fetch, auth });
  clients.push(client);
  const model = new KnowledgeModel(client, { open: openPort, openStore, memory: 8, ...options });
  const stop = model.state.subscribe(() => undefined);
  return { gateway, fake, client, model, auth, stop };
}

export const ready = (model: KnowledgeModel): Promise<KnowledgeState> =>
  until(model.state, ({ status, suggesting }) => status === 'ready' && !suggesting);

/** Ends the clients of a test, and forgets what was to outlive their pages. */
export function tearDown(): void {
  for (const client of clients.splice(0)) client.dispose();
  for (const port of ports.splice(0)) port.close();
  kept.clear();
  shelf.clear();
}
