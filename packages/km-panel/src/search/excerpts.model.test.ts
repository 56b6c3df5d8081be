import { describe, expect, it } from 'vitest';
import { createIndex, type Excerpt } from './index.ts';

const filler = 'Nothing of interest is said in this sentence about other matters. ';
const index = createIndex([
  {
    id: 'long',
    title: 'Roaming abroad',
    body: `${filler.repeat(20)}Turn on data roaming & restart. Error E-101 may show. ${filler.repeat(20)}`,
  },
  { id: 'html', title: 'Bills', body: '<p>Pay <b>bil</b>ls &amp; dues.</p><ul><li>By UPI</li></ul>' },
]);

async function fields(query: string, id: string): Promise<Excerpt[]> {
  return (await index.excerpts(query, [id]))[0]?.fields ?? [];
}

function marked({ text, ranges }: Excerpt): string[] {
  return ranges.map(([start, end]) => text.slice(start, end));
}

describe('excerpts', () => {
  it('cut a long field to the passage that answers, at whole words', async () => {
    const [title, body] = await fields('data roaming restart', 'long');
    expect(marked(title!)).toEqual(['Roaming']);
    expect(body).toMatchObject({ field: 'body', cutBefore: true, cutAfter: true });
    expect(body!.text.length).toBeLessThanOrEqual(240);
    expect(marked(body!)).toEqual(['data', 'roaming', 'restart']);
    expect(body!.text).toMatch(/^\w/);
  });

  it('mark corrected words, beginnings and codes as they stand in the text', async () => {
    const all = async (query: string): Promise<string[]> => (await fields(query, 'long')).flatMap(marked);
    expect(await all('raoming')).toContain('roaming');
    expect(await all('resta')).toEqual(['restart']);
    expect(await all('e101')).toEqual(['E-101']);
  });

  it('show plain text of HTML', async () => {
    const [, body] = await fields('bills', 'html');
    expect(body!.text).toBe('Pay bills & dues.\nBy UPI');
    expect(marked(body!)).toEqual(['bills']);
  });

  it('always show the title, and nothing for unknown ids', async () => {
    expect((await fields('upi', 'html')).map(({ field }) => field)).toEqual(['title', 'body']);
    expect(await index.excerpts('upi', ['nobody', '__proto__'])).toEqual([]);
  });
});
