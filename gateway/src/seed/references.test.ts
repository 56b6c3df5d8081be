import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startWithAllScopes } from '../../test-support/all-scopes.ts';
import type { TestGateway } from '../../test-support/gateway.ts';
import { declarations } from '../tmf/apis/index.ts';
import { collectionPath, PARENT_ID, type ResourceDocument } from '../tmf/declaration.ts';

let test: TestGateway;
before(async () => {
  test = await startWithAllScopes();
});
after(() => test.close());

describe('the demonstration, as a client reads it', () => {
  it('refers to nothing that is not found', async () => {
    const addresses = await addressesOfAll();
    const documents = await readAll(addresses);
    const referred = new Set(documents.flatMap((document) => addressesIn(document)));
    assert.ok(referred.size > 100, `${referred.size} addresses are referred to`);
    const elsewhere = [...referred].filter((address) => !addresses.includes(address));
    const answers = await Promise.all(
      elsewhere.map(async (href) => ({ href, status: await statusAt(href) })),
    );
    assert.deepEqual(
      answers.filter(({ status }) => status !== 200),
      [],
    );
  });
});

/** The address of each resource that is stored. */
async function addressesOfAll(): Promise<string[]> {
  const rows = await test.gateway.database.query<{ kind: string; id: string; parentId: string | undefined }>(
    `select kind, id, document->>'${PARENT_ID}' as "parentId" from resource`,
  );
  return rows.map(({ kind, id, parentId }) => {
    const declaration = declarations.find(({ name }) => name === kind);
    assert.ok(declaration, kind);
    return `${test.url}${collectionPath(declaration, parentId)}/${encodeURIComponent(id)}`;
  });
}

async function readAll(addresses: readonly string[]): Promise<ResourceDocument[]> {
  const documents = [];
  for (const address of addresses) {
    const { status, body } = await test.call<ResourceDocument>(address.slice(test.url.length));
    assert.equal(status, 200, address);
    documents.push(body);
  }
  return documents;
}

const statusAt = async (address: string): Promise<number> =>
  (await test.call(address.slice(test.url.length))).status;

/** Every address of this gateway in a document, its own among them; those it does not serve have none. */
function addressesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap((child) => addressesIn(child));
  const { href } = value as { href?: unknown };
  return typeof href === 'string' && href.startsWith(test.url) ? [href, ...inside] : inside;
}
