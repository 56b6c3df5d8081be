import { describe, expect, it } from 'vitest';
import { editCost } from './edit-cost.ts';
import { indexIn, Lexicon, prefixRange } from './lexicon.ts';
import { bySound, romanise } from './romanise.ts';

const options = { limit: 3, vowel: 0.8 };

describe('editCost', () => {
  it('is nothing for the same word', () => {
    expect(editCost('recharge', 'recharge', options)).toBe(0);
  });

  it.each([
    ['a swap', 'recieve', 'receive', 'a wrong letter', 'receixe'],
    ['a doubled letter', 'bill', 'bil', 'an added letter', 'bilk'],
    ['a wrong vowel', 'seperate', 'separate', 'a wrong consonant', 'seperape'],
    ['the key beside', 'nobile', 'mobile', 'a key far away', 'qobile'],
  ])('takes %s for likelier (%s for %s) than %s (%s)', (_, likely, meant, __, unlikely) => {
    expect(editCost(likely, meant, options)).toBeLessThan(editCost(unlikely, meant, options));
  });

  it('gives up above the limit', () => {
    expect(editCost('fibre', 'roaming', { limit: 2, vowel: 0.8 })).toBe(Infinity);
  });
});

describe('Lexicon', () => {
  const words = ['', 'activate', 'activated', 'bill', 'bills', 'e101', 'recharge'];

  it('finds what somebody may have meant, and never a code', () => {
    const near = (word: string): string[] =>
      new Lexicon(words).nearest(word, { limit: 1.6, vowel: 0.8 }).map(({ index }) => words[index]!);
    expect(near('rechrage')).toEqual(['recharge']);
    expect(near('e10')).toEqual([]);
    expect(near('zzzzzz')).toEqual([]);
  });

  it('finds words and prefixes in the sorted list', () => {
    expect(indexIn(words, 'bill')).toBe(3);
    expect(indexIn(words, 'bil')).toBe(-1);
    expect(prefixRange(words, 'act')).toEqual([1, 3]);
    expect(prefixRange(words, 'x')).toEqual([7, 7]);
  });
});

describe('romanise', () => {
  it.each([
    ['रिचार्ज', 'recharge'],
    ['नहीं', 'nahi'],
    ['नहीं', 'nahin'],
    ['स्पीड', 'speed'],
    ['बिल', 'bill'],
    ['मेरा', 'mera'],
    ['प्लान', 'plan'],
    ['इंटरनेट', 'internet'],
  ])('brings %s near %s', (devanagari, latin) => {
    expect(editCost(bySound(latin), romanise(devanagari), { limit: 3, vowel: 0.3 })).toBeLessThanOrEqual(0.8);
  });
});
