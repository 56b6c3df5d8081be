import { signIn } from '../src/auth/headless-sign-in.ts';
import { documentOf, type Article } from '../src/knowledge/article.ts';
import { startTestGateway, type Answer, type TestGateway } from './gateway.ts';

export const BASE = '/jioassist/v1';
const DOCUMENT = '/tmf-api/document/v4/document';

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

/** A gateway with articles, an agent (Asha) and a supervisor (Meera). */
export interface KnowledgeGateway {
  readonly test: TestGateway;
  readonly asha: string;
  readonly meera: string;
  get(path: string, token?: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** With a new idempotency key unless one is given. */
  post(path: string, body: unknown, token?: string, key?: string): Promise<Answer>;
  /** Resolves to the id of the document. */
  publish(article: Partial<Article>, version?: number): Promise<string>;
  retire(id: string): Promise<Answer>;
}

export async function startKnowledge(): Promise<KnowledgeGateway> {
  const test = await startTestGateway();
  const tokenOf = async (name: string): Promise<string> =>
    (await signIn(test.url, { name, password: `welcome-${name}` })).accessToken;
  const [asha, meera] = [await tokenOf('asha'), await tokenOf('meera')];
  let number = 0;
  return {
    test,
    asha,
    meera,
    get: (path, token = asha, headers = {}) => test.call(`${BASE}/${path}`, { token, headers }),
    post: (path, body, token = asha, key = `km-${(number += 1)}`) =>
      test.call(`${BASE}/${path}`, { method: 'POST', body, token, headers: { 'idempotency-key': key } }),
    publish: async (article, version = 1) => {
      const body = documentOf({ ...blank, ...article }, version);
      return (await test.call(DOCUMENT, { method: 'POST', body })).body.id;
    },
    retire: (id) => test.call(`${DOCUMENT}/${id}`, { method: 'PATCH', body: { lifecycleState: 'retired' } }),
  };
}
