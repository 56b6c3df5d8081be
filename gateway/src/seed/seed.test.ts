import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDatabase } from '../../test-support/database.ts';
import { defaultSeed } from '../../test-support/seed-options.ts';
import type { Database } from '../store/database.ts';
import { declarations } from '../tmf/apis/index.ts';
import type { ResourceDeclaration, ResourceDocument } from '../tmf/declaration.ts';
import { checkInitialState, stateOf } from '../tmf/lifecycle.ts';
import { checkDocument } from '../tmf/validate.ts';
import { demoArticles } from './data/articles.ts';
import { addCatalogue } from './catalogue.ts';
import { Ledger, type SeedRow } from './ledger.ts';
import { operatorCustomers } from './operator.ts';
import { Plant } from './plant.ts';
import { addPortrait } from './portrait.ts';
import { seedOnce } from './seed.ts';

const NOW = Date.UTC(2026, 10, 24);
const articles = demoArticles();
const first = (seed: number, count: number) => [...operatorCustomers(seed, count)];

function ledgerOf(seed: number, count: number): SeedRow[] {
  const ledger = new Ledger(NOW);
  const plant = new Plant(ledger, seed);
  addCatalogue(ledger, articles);
  plant.addBackbone();
  for (const subscriber of operatorCustomers(seed, count)) {
    plant.addUnder(subscriber, addPortrait(ledger, seed, subscriber));
  }
  return ledger.take();
}

describe('the invented operator', () => {
  it('is the same for the same seed, however many customers it has', () => {
    assert.deepEqual(first(7, 50).slice(0, 20), first(7, 20));
    assert.notDeepEqual(first(8, 20), first(7, 20));
    const [few, many] = [ledgerOf(7, 4), ledgerOf(7, 9)];
    assert.deepEqual(many.slice(0, few.length), few);
  });

  it('holds only what our own APIs would accept', () => {
    for (const { kind, document } of ledgerOf(7, 300)) accept(kind, document);
  });

  it('stores no address, because that depends on where the gateway is', () => {
    assert.doesNotMatch(JSON.stringify(ledgerOf(7, 50)), /"href"|https?:/);
  });

  it('refers only to what it has', () => {
    const rows = ledgerOf(7, 40);
    const known = new Set(rows.map(({ kind, document }) => `${kind} ${String(document.id)}`));
    const served = new Map(declarations.map(({ type, name }) => [type, name]));
    const missing = rows
      .flatMap(({ document }) => referencesIn(document))
      .map(({ '@referredType': type, id }) => ({ kind: served.get(String(type)), id }))
      .filter(({ kind, id }) => kind !== undefined && !known.has(`${kind} ${String(id)}`));
    assert.deepEqual(missing, []);
  });

  it('has phone numbers that read as Indian and belong to one customer', () => {
    const numbers = JSON.stringify(first(7, 2_000))
      .match(/\+91\d+/g)!
      .filter((number) => !number.startsWith('+9122'));
    assert.ok(numbers.every((number) => /^\+919\d{9}$/.test(number)));
    assert.equal(new Set(numbers).size, numbers.length);
  });

  it('casts the first customers for the demonstration', () => {
    const cast = first(7, 8);
    assert.deepEqual(
      cast.map(({ id }) => id),
      Array.from({ length: 8 }, (_, index) => `C-${1_001 + index}`),
    );
    assert.deepEqual(
      cast.map(({ subscriptions }) => subscriptions.length),
      [2, 2, 2, 1, 5, 0, 1, 1],
    );
    assert.equal(cast[6]!.subscriptions[0]!.service.state, 'inactive');
    const faults = cast.map(({ subscriptions }) =>
      subscriptions.map(({ condition }) => condition).find(Boolean),
    );
    assert.deepEqual(faults.slice(0, 3), ['fibreDegradation', 'cellCongestion', undefined]);
  });

  it('gives the beginning of a demonstration full portraits, and outlines to the rest', () => {
    const rows = ledgerOf(7, 700);
    const rowsOf = (id: string) => rows.filter(({ customerIds }) => customerIds.includes(id)).length;
    assert.ok(rowsOf('C-1100') > 25);
    assert.ok(rowsOf('C-1650') < 25);
  });
});

describe('seeding', () => {
  let database: Database;
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());
  const count = async () => (await database.query<{ n: number }>('select count(*) as n from resource'))[0]!.n;

  it('happens once, and as a whole', async () => {
    const failing = { ...defaultSeed, onProgress: () => assert.fail('stopped on the way') };
    await assert.rejects(seedOnce(database, failing), /stopped on the way/);
    assert.equal(await count(), 0);
    assert.equal(await seedOnce(database, defaultSeed), 7);
    const seeded = await count();
    assert.ok(seeded > 3);
    assert.equal(await seedOnce(database, { ...defaultSeed, seed: 9, customers: 50 }), 7);
    assert.equal(await count(), seeded);
  });

  for (const declaration of declarations) {
    it(`leaves something of ${declaration.name}, with what is mandatory`, async () => {
      const rows = await database.query<{ document: ResourceDocument }>(
        'select document from resource where kind = $1 order by position',
        [declaration.name],
      );
      assert.ok(rows.length > 0);
      for (const { document } of rows) accept(declaration.name, document);
    });
  }

  it('numbers what comes later after what it left', async () => {
    const rows = await database.query<{ kind: string; id: string; last: number }>(
      'select kind, id, last_number as last from resource join resource_number using (kind)',
    );
    for (const { name, idPrefix } of declarations) {
      const mine = rows.filter(({ kind, id }) => kind === name && id.startsWith(idPrefix));
      const numbers = mine
        .map(({ id }) => Number(id.slice(idPrefix.length)))
        .filter((number) => !Number.isNaN(number));
      assert.ok(
        mine.every(({ last }) => last >= Math.max(...numbers)),
        name,
      );
    }
  });
});

function accept(kind: string, document: ResourceDocument): void {
  const declaration = declarations.find(({ name }) => name === kind) as ResourceDeclaration;
  checkDocument(declaration, document);
  checkInitialState(declaration.lifecycle, document);
  const { lifecycle, stamps = {} } = declaration;
  if (lifecycle) assert.ok(Object.hasOwn(lifecycle.transitions, String(stateOf(lifecycle, document))), kind);
  for (const stamp of Object.values(stamps)) assert.ok(document[stamp], `${kind} without ${stamp}`);
}

function referencesIn(value: unknown): ResourceDocument[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap((child) => referencesIn(child));
  return '@referredType' in value ? [value, ...inside] : inside;
}
