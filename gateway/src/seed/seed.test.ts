import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDatabase } from '../../test-support/database.ts';
import type { Database } from '../store/database.ts';
import { declarations } from '../tmf/apis/index.ts';
import { checkDocument } from '../tmf/validate.ts';
import { operatorCustomers } from './operator.ts';
import { seedOnce } from './seed.ts';

const first = (seed: number, count: number) => [...operatorCustomers(seed, count)];

describe('the invented operator', () => {
  it('is the same for the same seed, however many customers it has', () => {
    assert.deepEqual(first(7, 50).slice(0, 20), first(7, 20));
    assert.notDeepEqual(first(8, 20), first(7, 20));
  });

  it('holds only what our own APIs would accept', () => {
    const [customer, service] = declarations;
    for (const entry of first(7, 300)) {
      checkDocument(customer!, entry.customer);
      for (const document of entry.services) checkDocument(service!, document);
    }
  });

  it('stores no address, because that depends on where the gateway is', () => {
    assert.doesNotMatch(JSON.stringify(first(7, 50)), /href|https?:/);
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
    const id = ({ customer }: { customer: { id?: unknown } }) => customer.id;
    assert.deepEqual(
      cast.map(id),
      Array.from({ length: 8 }, (_, index) => `C-${1_001 + index}`),
    );
    assert.deepEqual(
      cast.map(({ services }) => services.length),
      [2, 2, 2, 1, 5, 0, 1, 1],
    );
    assert.equal(cast[6]!.services[0]!.state, 'inactive');
    const faults = cast.map(({ conditions }) => conditions.map(({ condition }) => condition));
    assert.deepEqual(faults[0], ['fibreDegradation']);
    assert.deepEqual(faults[1], ['cellCongestion']);
    assert.deepEqual(faults[2], []);
  });
});

describe('seeding', () => {
  let database: Database;
  const options = { seed: 7, customers: 3, now: Date.now(), onProgress: () => undefined };
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());
  const count = async () => (await database.query<{ n: number }>('select count(*) as n from resource'))[0]!.n;

  it('happens once, and as a whole', async () => {
    const failing = { ...options, onProgress: () => assert.fail('stopped on the way') };
    await assert.rejects(seedOnce(database, failing), /stopped on the way/);
    assert.equal(await count(), 0);
    assert.equal(await seedOnce(database, options), 7);
    const seeded = await count();
    assert.ok(seeded > 3);
    assert.equal(await seedOnce(database, { ...options, seed: 9, customers: 50 }), 7);
    assert.equal(await count(), seeded);
  });
});
