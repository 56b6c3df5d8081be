/**
 * How unlikely it is that somebody who meant one word wrote another: the cheapest way from one to the other, in
 * edits of a letter, where slips of a hurried hand or ear cost less than others.
 */

const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const SOUNDS_ALIKE = ['ckq', 'sz', 'sc', 'gj', 'iy', 'fv', 'vw', 'dt', 'bp', 'mn', 'xs'];
const LETTERS = 26;
const VOWEL_SUBSTITUTION = 0.6;
const CODE_A = 97;

/** What it costs to write one letter for another. */
const SUBSTITUTION = substitutions();

function substitutions(): Float32Array {
  const costs = new Float32Array(LETTERS * LETTERS).fill(1);
  const lower = (pair: string, cost: number): void => {
    const [a, b] = [pair.charCodeAt(0) - CODE_A, pair.charCodeAt(1) - CODE_A];
    for (const at of [a * LETTERS + b, b * LETTERS + a]) costs[at] = Math.min(costs[at] ?? 1, cost);
  };
  const pairs = (letters: string): string[] =>
    Array.from(letters).flatMap((a) => Array.from(letters).map((b) => a + b));
  for (const pair of keyboardNeighbours()) lower(pair, 0.8);
  for (const pair of pairs('aeiou')) lower(pair, VOWEL_SUBSTITUTION);
  for (const letters of SOUNDS_ALIKE) for (const pair of pairs(letters)) lower(pair, 0.7);
  for (let letter = 0; letter < LETTERS; letter++) costs[letter * LETTERS + letter] = 0;
  return costs;
}

function keyboardNeighbours(): string[] {
  return KEYBOARD.flatMap((row, line) =>
    Array.from(row).flatMap((key, column) => {
      const below = KEYBOARD[line + 1] ?? '';
      return [row[column + 1], below[column], below[column - 1]]
        .filter((other) => other !== undefined)
        .map((other) => key + other);
    }),
  );
}

function substitutionCost(a: number, b: number, vowel: number): number {
  if (a === b) return 0;
  if (vowel < VOWEL_SUBSTITUTION && isVowel(a) && isVowel(b)) return vowel;
  const [x, y] = [a - CODE_A, b - CODE_A];
  const isLatin = x >= 0 && x < LETTERS && y >= 0 && y < LETTERS;
  return isLatin ? (SUBSTITUTION[x * LETTERS + y] ?? 1) : 1;
}

function isVowel(code: number): boolean {
  return code === 97 || code === 101 || code === 105 || code === 111 || code === 117;
}

// A letter too many or too few: cheap when it doubles its neighbour, less so for what is not heard.
function gapCost(letter: number, before: number, after: number, vowel: number): number {
  if (letter === before || letter === after) return 0.6;
  if (isVowel(letter)) return vowel;
  return letter === 104 ? 0.8 : 1;
}

/** What the costs leave room for. */
export interface EditOptions {
  /** Gives up above this cost. */
  limit: number;
  /** What a missing or added vowel costs, and at most a wrong one: less where writers spell by ear. */
  vowel: number;
}

type Rows = [Float32Array, Float32Array, Float32Array];

const SWAP = 0.6;
const FIRST_LETTER = 0.3;
const rows = [0, 1, 2].map(() => new Float32Array(80));

/** The cost of `written` for `meant`, or Infinity above the limit. Both are lower case and at most 64 long. */
export function editCost(written: string, meant: string, { limit, vowel }: EditOptions): number {
  const width = meant.length;
  let [before, previous, current] = rows as Rows;
  previous[0] = 0;
  for (let j = 1; j <= width; j++) {
    previous[j] =
      previous[j - 1]! +
      gapCost(meant.charCodeAt(j - 1), meant.charCodeAt(j - 2), meant.charCodeAt(j), vowel);
  }
  for (let i = 1; i <= written.length; i++) {
    const a = written.charCodeAt(i - 1);
    const added = gapCost(a, written.charCodeAt(i - 2), written.charCodeAt(i), vowel);
    let least = (current[0] = previous[0]! + added);
    for (let j = 1; j <= width; j++) {
      const b = meant.charCodeAt(j - 1);
      const missing = gapCost(b, meant.charCodeAt(j - 2), meant.charCodeAt(j), vowel);
      let cost = Math.min(
        previous[j - 1]! + substitutionCost(a, b, vowel),
        previous[j]! + added,
        current[j - 1]! + missing,
      );
      const swapped = i > 1 && j > 1 && a === meant.charCodeAt(j - 2) && written.charCodeAt(i - 2) === b;
      if (swapped && a !== b) cost = Math.min(cost, before[j - 2]! + SWAP);
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return Infinity;
    [before, previous, current] = [previous, current, before];
  }
  const total = previous[width]! + (written[0] === meant[0] ? 0 : FIRST_LETTER);
  return total > limit ? Infinity : total;
}
