import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createIndex,
  SearchError,
  type IndexOptions,
  type SearchDocument,
  type SearchOptions,
} from './index.ts';

// Any code units, lone surrogates among them.
const anyText = fc.array(fc.nat(0xffff), { maxLength: 80 }).map((codes) => String.fromCharCode(...codes));

const index = createIndex([
  { id: 'a', title: 'Recharge failed', body: 'Dial *123# or see constructor, toString and __proto__.' },
  { id: 'b', title: 'रिचार्ज', body: 'विफल', product: 'prepaid' },
]);

function failure(act: () => unknown): SearchError {
  try {
    act();
  } catch (error) {
    if (error instanceof SearchError) return error;
  }
  throw new Error('it should have failed with a SearchError');
}

describe('hostile queries', () => {
  it.each([
    ['a megabyte', 'recharge '.repeat(120_000)],
    ['a megabyte without a space', 'a'.repeat(1_000_000)],
    [
      'ten thousand different words',
      Array.from({ length: 10_000 }, (_, n) => `w${n.toString(36)}`).join(' '),
    ],
    ['many quotation marks', '"recharge" '.repeat(1000)],
    ['characters of patterns', '.*+?^${}()|[]\\ (a+)+$ recharge'],
    ['a lone surrogate', 'recharge \ud800 \udc00'],
    ['NUL and the separators of the store', 'recharge \u0000\u0001'],
    ['marks of direction', '\u202erecharge\u202c \u200f'],
    ['names of built-ins', '__proto__ constructor toString hasOwnProperty'],
  ])('of %s are answered', (_, query) => {
    for (const hit of index.search(query)) expect(['a', 'b']).toContain(hit.id);
  });

  it('finds words that are names of built-ins', () => {
    expect(index.search('constructor').map(({ id }) => id)).toEqual(['a']);
    expect(index.search('proto').map(({ id }) => id)).toEqual(['a']);
  });

  it('never throws for a text', () => {
    fc.assert(
      fc.property(anyText, (query) => {
        expect(index.search(query)).toBeInstanceOf(Array);
      }),
      { numRuns: 200 },
    );
  });
});

describe('hostile documents', () => {
  it('may be called and say anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyText.filter(Boolean), { maxLength: 5 }),
        anyText,
        async (ids, body) => {
          const own = createIndex(
            ids.map((id) => ({ id, title: body, body: `${body} findme`, product: id })),
          );
          expect(
            own
              .search('findme', { limit: 9 })
              .map(({ id }) => id)
              .sort(),
          ).toEqual([...ids].sort());
          for (const { fields } of await own.excerpts('findme', ids)) {
            for (const excerpt of fields) {
              for (const [start, end] of excerpt.ranges)
                expect(excerpt.text.slice(start, end).length).toBe(end - start);
            }
          }
        },
      ),
    );
  });

  it('with odd names and values are read as far as they make sense', () => {
    const odd = JSON.parse(
      '{"id":"x","__proto__":{"title":"polluted"},"title":5,"body":null,"tags":[1,{"a":2}]}',
    ) as SearchDocument;
    const own = createIndex([odd], { facets: ['__proto__', 'constructor'] });
    expect(own.search('5').map(({ id }) => id)).toEqual(['x']);
    expect(own.search('polluted')).toEqual([]);
    expect(
      createIndex([odd], { fields: JSON.parse('{"__proto__":1,"title":1}') as Record<string, number> }).size,
    ).toBe(1);
  });

  it('of one megabyte are read once', () => {
    const unclosed = '<!--'.repeat(200_000);
    const own = createIndex([{ id: 'big', title: 'big', body: `${'#'.repeat(500_000)} end ${unclosed}` }]);
    expect(own.search('end').map(({ id }) => id)).toEqual(['big']);
  });
});

describe('bad arguments', () => {
  it.each([
    ['documents', () => createIndex(null as never)],
    ['documents[0]', () => createIndex([null as never])],
    ['documents[0].id', () => createIndex([{ id: '' }])],
    ['documents[0].id', () => createIndex([{ id: NaN }])],
    ['documents[1].id', () => createIndex([{ id: 1 }, { id: '1' }])],
    ['options.fields', () => createIndex([], { fields: {} })],
    ['options.fields.title', () => createIndex([], { fields: { title: -1 } })],
    ['options.facets', () => createIndex([], { facets: 'x' } as unknown as IndexOptions)],
    ['options.synonyms', () => createIndex([], { synonyms: [[1]] } as unknown as IndexOptions)],
    ['query', () => index.search(undefined as never)],
    ['limit', () => index.search('x', { limit: 0 })],
    ['limit', () => index.search('x', { limit: '5' } as unknown as SearchOptions)],
    ['filters.product', () => index.search('x', { filters: { product: [] } })],
    ['filters.validAt', () => index.search('x', { filters: { validAt: 'soon' } })],
    ['context.tickets', () => index.search('x', { context: { tickets: [1] } } as unknown as SearchOptions)],
    ['remove', () => index.update({ remove: 'a' as never })],
  ])('name %s', (argument, act) => {
    const error = failure(act);
    expect(error.details['argument']).toBe(argument);
    expect(error.code).toMatch(/^search\/(invalid-argument|invalid-document|duplicate-id)$/);
    expect(error.name).toBe('JioAssistError');
  });
});
