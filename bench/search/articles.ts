export interface Article {
  id: string;
  title: string;
  body: string;
}

const SYLLABLES = (
  'ba ce di fo gu ha je ki lo mu na pe qi ro su ta ve wi xo yu za cher tion ment ing ster ble con pre tran sol ' +
  'ver net plan mod sig'
).split(' ');
const VOCABULARY = 40_000;
const TITLE_WORDS = 6;
const BODY_WORDS = 150;

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Articles of made-up words that are as unevenly frequent as those of a language (Zipf's law). */
export function makeArticles(count: number): Article[] {
  const random = seeded(1);
  const below = (limit: number) => Math.floor(random() * limit);
  const word = () =>
    Array.from({ length: 2 + below(3) }, () => SYLLABLES[below(SYLLABLES.length)] ?? '').join('');
  const vocabulary = Array.from({ length: VOCABULARY }, word);
  const pick = () => vocabulary[Math.floor(Math.exp(random() * Math.log(VOCABULARY)) - 1)] ?? 'ba';
  const words = (length: number) => Array.from({ length }, pick).join(' ');
  return Array.from({ length: count }, (_, index) => {
    const sentences = Array.from({ length: BODY_WORDS / 10 }, () => `${words(10)}.`);
    return { id: `KM-${index}`, title: words(TITLE_WORDS), body: sentences.join(' ') };
  });
}

/**
 * Four words of an article, typed letter by letter; every third time with a letter left out. Each entry is what
 * the search box holds after one keystroke.
 */
export function makeKeystrokes(articles: readonly Article[], queries: number): string[] {
  return Array.from({ length: queries }, (_, index) => {
    const article = articles[(index * 7_919) % articles.length];
    const text = (article?.body ?? '').split(' ').slice(3, 7).join(' ');
    const typed = index % 3 === 0 ? text.slice(0, 4) + text.slice(5) : text;
    return Array.from({ length: typed.length }, (__, length) => typed.slice(0, length + 1));
  }).flat();
}
