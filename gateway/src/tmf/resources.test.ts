import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startWithAllScopes } from '../../test-support/all-scopes.ts';
import type { Body, TestGateway } from '../../test-support/gateway.ts';
import { freeAttribute, minimalBody } from '../../test-support/minimal-body.ts';
import { declarations } from './apis/index.ts';
import { collectionPath, offers, type ResourceDeclaration } from './declaration.ts';
import { without } from './draft.ts';
import { ApiError } from './errors.ts';
import { checkTransition } from './lifecycle.ts';

let test: TestGateway;
before(async () => {
  test = await startWithAllScopes();
});
after(() => test.close());

/** Where a resource is created: a nested one needs a parent first. */
async function collectionOf(declaration: ResourceDeclaration): Promise<string> {
  const parent = declarations.find(({ name }) => name === declaration.parent);
  if (!parent) return collectionPath(declaration);
  const { body } = await test.call(await collectionOf(parent), { method: 'POST', body: minimalBody(parent) });
  return collectionPath(declaration, body.id);
}

async function create(declaration: ResourceDeclaration): Promise<{ path: string; body: Body }> {
  const collection = await collectionOf(declaration);
  const answer = await test.call(collection, { method: 'POST', body: minimalBody(declaration) });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('location'), answer.body.href);
  assert.equal(answer.body.href, `${test.url}${collection}/${answer.body.id}`);
  return { path: `${collection}/${answer.body.id}`, body: answer.body };
}

async function eventTypes(topic: string, id: string): Promise<string[]> {
  const rows = await test.gateway.database.query<{ type: string }>(
    `select event_type as type from event_log where topic = $1 and document->>'id' = $2 order by sequence`,
    [topic, id],
  );
  return rows.map(({ type }) => type);
}

const tells = ({ events }: ResourceDeclaration, change: 'Create' | 'AttributeValueChange' | 'Delete') =>
  events?.includes(change) ?? true;

for (const declaration of declarations.filter((entry) => offers(entry, 'create'))) {
  describe(declaration.type, () => {
    it('is created from the least a client may give, and read again', async () => {
      const { path, body } = await create(declaration);
      assert.equal(body['@type'], declaration.type);
      assert.deepEqual((await test.call(path)).body, body);
      const created = (await eventTypes(declaration.name, body.id)).includes(
        `${declaration.type}CreateEvent`,
      );
      assert.equal(created, tells(declaration, 'Create'));
    });

    it('is found by a filter', async () => {
      const { path, body } = await create(declaration);
      const collection = path.slice(0, path.lastIndexOf('/'));
      const { status, body: found } = await test.list(`${collection}?id=${body.id}`);
      assert.deepEqual([status, found], [200, [body]]);
      assert.deepEqual((await test.list(`${collection}?href=${body.href}&fields=none`)).body.length, 1);
    });

    it('is not created without what is required', async () => {
      const collection = await collectionOf(declaration);
      for (const required of declaration.required) {
        const [first] = required.split('.');
        const body = without(minimalBody(declaration), [first!]);
        const answer = await test.call(collection, { method: 'POST', body });
        assert.deepEqual([answer.status, answer.body.code], [400, 'missingAttribute'], required);
      }
    });

    if (offers(declaration, 'patch')) {
      it('is patched, and its change is told', async () => {
        const { path, body } = await create(declaration);
        const [name, value] = freeAttribute(declaration);
        const answer = await test.call(path, { method: 'PATCH', body: { [name]: value } });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        assert.deepEqual(answer.body[name], value);
        const types = await eventTypes(declaration.name, body.id);
        const told = types.includes(`${declaration.type}AttributeValueChangeEvent`);
        assert.equal(told, tells(declaration, 'AttributeValueChange'));
      });
    }

    if (offers(declaration, 'delete')) {
      it('is deleted', async () => {
        const { path, body } = await create(declaration);
        assert.equal((await test.call(path, { method: 'DELETE' })).status, 204);
        assert.equal((await test.call(path)).status, 404);
        const types = await eventTypes(declaration.name, body.id);
        assert.equal(types.includes(`${declaration.type}DeleteEvent`), tells(declaration, 'Delete'));
      });
    }
  });
}

describe('what a specification does not offer', () => {
  for (const declaration of declarations) {
    const missing = (['create', 'patch', 'delete'] as const).filter(
      (operation) => !offers(declaration, operation),
    );
    for (const operation of missing) {
      it(`refuses to ${operation} a ${declaration.name}`, async () => {
        const method = { create: 'POST', patch: 'PATCH', delete: 'DELETE' }[operation];
        const path = `${collectionPath(declaration, 'x')}${operation === 'create' ? '' : '/x'}`;
        const { status, body } = await test.call(path, { method, body: {} });
        assert.deepEqual([status, body.code], [405, 'methodNotAllowed']);
      });
    }
  }
});

describe('lifecycles', () => {
  for (const { type, lifecycle } of declarations) {
    if (!lifecycle) continue;
    it(`lets a ${type} make the moves of its table and no others`, () => {
      const { attribute, transitions } = lifecycle;
      for (const from of Object.keys(transitions)) {
        for (const to of Object.keys(transitions)) {
          const move = () => {
            checkTransition(lifecycle, { [attribute]: from }, { [attribute]: to });
          };
          if (from === to || transitions[from]!.includes(to)) assert.doesNotThrow(move);
          else assert.throws(move, (error) => isIllegal(error, from, to));
        }
      }
    });

    it(`leads a ${type} only to states of its table`, () => {
      const { initial, transitions, stamps, announces, effects } = lifecycle;
      const named = [
        ...Object.values(transitions).flat(),
        ...[stamps, announces, effects].flatMap((map) => Object.keys(map ?? {})),
      ];
      for (const state of initial === undefined ? named : [initial, ...named]) {
        assert.ok(Object.hasOwn(transitions, state), state);
      }
    });
  }

  for (const declaration of declarations.filter(
    (entry) => offers(entry, 'create') && offers(entry, 'patch'),
  )) {
    const { lifecycle, perform } = declaration;
    const [final] =
      Object.entries(lifecycle?.transitions ?? {}).find(([, moves]) => moves.length === 0) ?? [];
    if (!lifecycle || perform || final === undefined) continue;
    it(`answers 409 with a reason when a ${declaration.name} leaves ${final}`, async () => {
      const collection = await collectionOf(declaration);
      const body = { ...minimalBody(declaration), [lifecycle.attribute]: final };
      const created = await test.call(collection, { method: 'POST', body });
      const to = Object.keys(lifecycle.transitions).find((state) => state !== final)!;
      const path = `${collection}/${created.body.id}`;
      const answer = await test.call(path, { method: 'PATCH', body: { [lifecycle.attribute]: to } });
      assert.deepEqual([answer.status, answer.body.code], [409, 'illegalTransition']);
      assert.match(answer.body.message, /cannot go from .+ to .+: that state is final/);
    });
  }
});

function isIllegal(error: unknown, from: string, to: string): boolean {
  return (
    error instanceof ApiError && error.status === 409 && error.message.includes(`from ${from} to ${to}: `)
  );
}
