/** Hindi in Latin letters, as people write it in messages: a rough sound, to compare with, not to show. */

function table(letters: string, sounds: string): ReadonlyMap<string, string> {
  const list = sounds.split(' ');
  return new Map(letters.split(' ').map((letter, at) => [letter, list[at] ?? '']));
}

const CONSONANTS = table(
  'क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल व श ष स ह',
  'k kh g gh n ch chh j jh n t th d dh n t th d dh n p f b bh m y r l v sh sh s h',
);
const VOWELS = table(
  'अ आ इ ई उ ऊ ऋ ए ऐ ओ औ ऑ ऍ ा ि ी ु ू ृ े ै ो ौ ॉ ॅ ं ः',
  'a a i i u u ri e ai o au o e a i i u u ri e ai o au o e n h',
);
const VIRAMA = '\u094d';

/** A word in Devanagari as it sounds, in Latin letters. */
export function romanise(word: string): string {
  let latin = '';
  let isOpen = false;
  for (const letter of word) {
    const consonant = CONSONANTS.get(letter);
    // A consonant with no sign of a vowel after it carries an a.
    if (consonant !== undefined) latin += (isOpen ? 'a' : '') + consonant;
    else if (letter !== VIRAMA)
      latin += (isOpen && VOWELS.get(letter) === 'n' ? 'a' : '') + (VOWELS.get(letter) ?? letter);
    isOpen = consonant !== undefined;
  }
  return bySound(latin);
}

/** One spelling for what sounds alike, for words in Latin letters. */
export function bySound(word: string): string {
  return word
    .replace(/tion/g, 'shan')
    .replace(/ph/g, 'f')
    .replace(/ck|c(?![hieys])|q/g, 'k')
    .replace(/c(?=[iey])/g, 's')
    .replace(/g(?=e$)|z|dg/g, 'j')
    .replace(/x/g, 'ks')
    .replace(/w/g, 'v')
    .replace(/ee|ea/g, 'i')
    .replace(/oo/g, 'u')
    .replace(/y$/, 'i')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=[^aeiou])e$|(?<=[aeiou])n$/, '');
}
