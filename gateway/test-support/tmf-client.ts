import assert from 'node:assert/strict';
import { declarations } from '../src/tmf/apis/index.ts';
import { collectionPath, type ResourceDocument } from '../src/tmf/declaration.ts';
import { listAt } from '../src/tmf/tasks/document.ts';
import { startWithAllScopes } from './all-scopes.ts';
import type { Answer, Body, TestGateway } from './gateway.ts';

/** A test gateway, spoken to by the names of resources. */
export interface TmfClient {
  readonly test: TestGateway;
  /** Creates a resource that must be accepted. */
  post(kind: string, body: object): Promise<Body>;
  patch(kind: string, id: string, body: object): Promise<Answer>;
  get(kind: string, id: unknown): Promise<Body>;
  find(kind: string, query: string): Promise<Body[]>;
  /** The events told of one resource, oldest first. */
  eventTypes(kind: string, id: string): Promise<string[]>;
}

export async function startTmfClient(): Promise<TmfClient> {
  const test = await startWithAllScopes();
  return {
    test,
    post: async (kind, body) => {
      const answer = await test.call(pathOf(kind), { method: 'POST', body });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body;
    },
    patch: (kind, id, body) => test.call(`${pathOf(kind)}/${id}`, { method: 'PATCH', body }),
    get: async (kind, id) => (await test.call(`${pathOf(kind)}/${String(id)}`)).body,
    find: async (kind, query) => (await test.list(`${pathOf(kind)}?${query}`)).body,
    eventTypes: async (kind, id) => {
      const rows = await test.gateway.database.query<{ type: string }>(
        `select event_type as type from event_log where topic = $1 and document->>'id' = $2 order by sequence`,
        [kind, id],
      );
      return rows.map(({ type }) => type);
    },
  };
}

export function pathOf(kind: string): string {
  const declaration = declarations.find(({ name }) => name === kind);
  assert.ok(declaration, `No API is declared for ${kind}.`);
  return collectionPath(declaration);
}

export const idsIn = (document: ResourceDocument, attribute: string): unknown[] =>
  listAt(document, attribute).map(({ id }) => id);
