/**
 * A light stemmer for Hindi: takes the longest ending of number, case, gender or verb form off a word in
 * Devanagari, as long as enough of the word stays. After the idea of Ramanathan and Rao (2003); the list is ours.
 */

// Written as `normalise` leaves words: with anusvara, without chandrabindu and nukta.
const ENDINGS = new Set(
  (
    'ाओं ियों ियां ाएं ुओं ुएं ाकर ाइए ाईं ाया ेगी ेगा ूंगी ूंगा ाने ाना ाते ाती ाता तीं एगा एगी ेंगे ेंगी ' +
    'कर ाओ िए ाई ाए ने नी ना ते ती ता ों ें ीं ां ये यी या ओं एं ो े ू ु ी ि ा ं'
  ).split(' '),
);
const LONGEST = 4;

/** What has to stay of a word: two letters, signs for vowels not counted. */
const LETTER = /[\u0904-\u0939\u0958-\u0961]/g;

/** The stem of a word in Devanagari, as `normalise` leaves it. */
export function stemHindi(word: string): string {
  for (let length = LONGEST; length > 0; length--) {
    const ending = word.slice(-length);
    if (!ENDINGS.has(ending)) continue;
    const stem = word.slice(0, -length);
    if ((stem.match(LETTER) ?? []).length >= 2) return stem;
  }
  return word;
}
