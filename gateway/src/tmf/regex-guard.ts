import { badRequest } from './errors.ts';

const MAX_LENGTH = 100;
const MAX_REPEAT = 50;

/**
 * Lets through only patterns that PostgreSQL matches in time linear in the text. Its engine is an automaton, so the
 * dangers are back references and look-around (which make it backtrack) and counted repeats inside repeats (which make
 * the automaton huge). The embedded database cannot interrupt a statement, so this is checked before, not by a timeout.
 */
export function checkPattern(pattern: string): string {
  if (pattern.length > MAX_LENGTH) throw refused(`is longer than ${MAX_LENGTH} characters`);
  if (/^\*\*\*|\(\?(?!:)/.test(pattern)) throw refused('uses look-around or embedded options');
  if (/\\[1-9]/.test(pattern)) throw refused('uses a back reference');
  checkRepeats(pattern);
  return pattern;
}

function checkRepeats(pattern: string): void {
  const counts = [...pattern.matchAll(/\{(\d*)(?:,(\d*))?\}/g)];
  if (counts.length > 2) throw refused('has more than two counted repeats');
  const largest = Math.max(0, ...counts.flatMap(([, low, high]) => [Number(low), Number(high ?? 0)]));
  if (largest > MAX_REPEAT) throw refused(`repeats more than ${MAX_REPEAT} times`);
  if (counts.length > 0 && /\)\s*[*+{]/.test(pattern))
    throw refused('repeats a group that has a counted repeat');
}

function refused(why: string): Error {
  return badRequest('invalidRegex', `The regular expression ${why}.`);
}
