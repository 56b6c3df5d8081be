import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIndex, loadIndex, type SearchDocument, type SearchHit, type SearchIndex } from './index.ts';

const word = fc.constantFrom(
  'recharge',
  'fibre',
  'bill',
  'bills',
  'otp',
  'sim',
  'रिचार्ज',
  'e-101',
  '__proto__',
);
const text = fc.array(word, { maxLength: 12 }).map((list) => list.join(' '));
const document = fc.record({ id: fc.integer({ min: 0, max: 9 }), title: text, body: text, product: word });
const documents = fc.uniqueArray(document, { selector: ({ id }) => id, maxLength: 8 });
const queries = ['recharge', 'bil', 'fibre otp', 'rechrage', 'sim card', '"fibre bill"', 'e101', 'proto'];

function results(index: SearchIndex): SearchHit[][] {
  const byId = (a: SearchHit, b: SearchHit): number => Number(a.id) - Number(b.id);
  return queries.map((query) => index.search(query).sort(byId).map(rounded));
}

// Sums of 32-bit numbers in another order differ in their last digits.
function rounded(hit: SearchHit): SearchHit {
  return { ...hit, score: Math.round(hit.score * 1e4) };
}

describe('update', () => {
  it('gives what reading all documents at once gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        documents,
        fc.array(fc.integer({ min: 0, max: 9 })),
        async (old, upsert, remove) => {
          const index = createIndex(old);
          await index.update({ upsert, remove });
          const gone = new Set([...remove, ...upsert.map(({ id }) => id)]);
          const fresh = createIndex([...old.filter(({ id }) => !gone.has(id)), ...upsert]);
          expect(results(index)).toEqual(results(fresh));
          expect(index.size).toBe(fresh.size);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('changes, adds and removes, one update after the other', async () => {
    const index = createIndex([{ id: 'a', text: 'old words' }]);
    await Promise.all([
      index.update({ upsert: [{ id: 'a', text: 'new words' }] }),
      index.update({ upsert: [{ id: 'b', text: 'old words' }] }),
      index.update({ remove: ['a'] }),
    ]);
    expect(index.search('words').map(({ id }) => id)).toEqual(['b']);
    expect(index.search('new')).toEqual([]);
  });

  it('leaves the index as it was when a document is bad', async () => {
    const index = createIndex([{ id: 'a', text: 'words' }]);
    expect(() => index.update({ upsert: [{} as SearchDocument] })).toThrow(
      expect.objectContaining({ code: 'search/invalid-document', details: { argument: 'upsert[0].id' } }),
    );
    await index.update({ upsert: [{ id: 'b', text: 'words' }] });
    expect(index.size).toBe(2);
  });
});

describe('save and loadIndex', () => {
  it('bring back the same index', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.boolean(), async (list, compress) => {
        const index = createIndex(list);
        const loaded = await loadIndex(await index.save({ compress }));
        expect(results(loaded)).toEqual(results(index));
        const ids = list.map(({ id }) => id);
        expect(await loaded.excerpts('recharge', ids)).toEqual(await index.excerpts('recharge', ids));
      }),
      { numRuns: 40 },
    );
  });

  it('keep facets, validity, ids, weights and updates', async () => {
    const list: SearchDocument[] = [
      { id: 7, text: 'sim', language: 'hi', validFor: { startDateTime: '2026-01-01T00:00:00Z' } },
      { id: '__proto__', text: 'sim', language: 'en' },
    ];
    const loaded = await loadIndex(await createIndex(list).save());
    const ids = (filters: Record<string, string>): unknown[] =>
      loaded.search('sim', { filters }).map(({ id }) => id);
    expect(ids({ language: 'hi' })).toEqual([7]);
    expect(ids({ validAt: '2025-01-01' })).toEqual(['__proto__']);
    await loaded.update({ remove: [7] });
    expect(ids({})).toEqual(['__proto__']);
    expect(await loaded.excerpts('sim', ['__proto__'])).toHaveLength(1);
  });

  it('hand back what the index was told to keep, also after an update', async () => {
    const list: SearchDocument[] = [{ id: 1, text: 'sim', version: 3, constructor: 'x' }];
    const loaded = await loadIndex(
      await createIndex(list, { stored: ['version', 'constructor', 'missing'] }).save(),
    );
    await loaded.update({ upsert: [{ id: 2, text: 'sim card', version: 4 }] });
    const stored = loaded.search('sim').map((hit) => [hit.id, hit.stored]);
    expect(new Map(stored as [number, object][])).toEqual(
      new Map<number, object>([
        [1, { version: 3, constructor: 'x' }],
        [2, { version: 4 }],
      ]),
    );
    expect(() => createIndex([], { stored: [5] as never })).toThrow(/stored/);
  });

  it('can go without texts', async () => {
    const index = createIndex([{ id: 1, text: 'sim' }], { keepTexts: false });
    const loaded = await loadIndex(await index.save());
    expect(await loaded.excerpts('sim', [1])).toEqual([]);
    await loaded.update({ upsert: [{ id: 2, text: 'sim card' }] });
    expect(loaded.search('sim')).toHaveLength(2);
  });

  it('refuse what is not an index', async () => {
    const good = await createIndex([{ id: 1, text: 'sim card' }]).save();
    const plain = await createIndex([{ id: 1, text: 'sim card' }]).save({ compress: false });
    const other = good.with(3, 99);
    await expect(loadIndex(other)).rejects.toMatchObject({ code: 'search/index-version' });
    await expect(loadIndex('x' as never)).rejects.toMatchObject({ details: { argument: 'bytes' } });
    for (const bytes of [new Uint8Array(), good.slice(0, 20), good.slice(0, -60), plain.slice(0, 60)]) {
      await expect(loadIndex(bytes)).rejects.toMatchObject({ code: 'search/corrupt-index' });
    }
  });

  it('answer damage with a coded error or with an index that works', async () => {
    const plain = await createIndex([{ id: 1, title: 'sim', text: 'sim card' }], { keepTexts: false }).save({
      compress: false,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(plain.length - 1), fc.nat(255), async (at, byte) => {
        const loaded = await loadIndex(plain.with(at, byte)).catch(
          (error: unknown) => error as { code: string },
        );
        if ('code' in loaded) expect(loaded.code).toMatch(/^search\//);
        else expect(loaded.search('sim card')).toBeInstanceOf(Array);
      }),
      { numRuns: 200 },
    );
  });
});
