import type { RuleProblem } from './rule-set.ts';

/** A stretch of a text: the first character, and the one after the last. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where everything in a JSON text stands. */
export interface Places {
  /** Of each value, by its JSON Pointer (RFC 6901); the whole is at `''`. */
  readonly values: ReadonlyMap<string, Place>;
  /** What makes the text no JSON, and where; what comes after it was not looked at. */
  readonly fault?: Place & { readonly message: string };
}

/** Deeper than any rule set; a text of brackets alone must not exhaust the stack. */
const DEEPEST = 64;

/**
 * Where each value of a JSON text stands, so that a problem can be shown in the text its author wrote.
 *
 * @param text a JSON text, or what is to become one
 */
export function placesIn(text: string): Places {
  const reader = new Reader(text);
  try {
    reader.readAll();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const end = Math.min(text.length, error.at + 1);
    return { values: reader.values, fault: { start: error.at, end, message: error.message } };
  }
  return { values: reader.values };
}

/**
 * Where a problem of a rule set stands in the text it was read from: the value it is about, in a condition the characters,
 * and the place it would belong to when there is no such value.
 */
export function placeOfProblem(
  text: string,
  values: ReadonlyMap<string, Place>,
  { path, start, end }: Pick<RuleProblem, 'path' | 'start' | 'end'>,
): Place {
  const value = values.get(path);
  if (!value) return atOpening(values, path);
  if (start === undefined || text[value.start] !== '"') return value;
  return placeInString(text, value, start, Math.max(start + 1, end ?? start));
}

/** The first character of the nearest value that holds what is missing. */
function atOpening(values: ReadonlyMap<string, Place>, path: string): Place {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const around = values.get(parent);
  if (around) return { start: around.start, end: around.start + 1 };
  return parent === '' ? { start: 0, end: 0 } : atOpening(values, parent);
}

/**
 * Where the characters `start` to `end` of a string value stand in the text, whatever was escaped before them.
 *
 * @param value the place of the string, with its quotes
 */
export function placeInString(text: string, value: Place, start: number, end: number): Place {
  const places: number[] = [];
  let at = value.start + 1;
  while (at < value.end - 1) {
    places.push(at);
    at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
  }
  const last = value.end - 1;
  return { start: places[start] ?? last, end: places[end] ?? last };
}

/** Line and column of a character, both from 1, as editors count them. */
export function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

class Fault extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const TOKEN =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null/y;

/** Reads JSON for its places only; `JSON.parse` reads it for its values. */
class Reader {
  readonly values = new Map<string, Place>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): void {
    this.#value('', 0);
    if (this.#peek() !== '') throw new Fault(this.#at, 'There is something after the end');
  }

  #value(pointer: string, depth: number): void {
    const sign = this.#peek();
    if (depth > DEEPEST) throw new Fault(this.#at, 'This is nested too deeply');
    const start = this.#at;
    if (sign === '{') this.#members(pointer, depth);
    else if (sign === '[') this.#elements(pointer, depth);
    else this.#token('A value is missing here');
    this.values.set(pointer, { start, end: this.#at });
  }

  #members(pointer: string, depth: number): void {
    this.#list('}', () => {
      if (this.#peek() !== '"') throw new Fault(this.#at, 'A name in double quotes is missing here');
      const name = JSON.parse(this.#token('This name has no end')) as string;
      this.#expect(':');
      this.#value(`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    });
  }

  #elements(pointer: string, depth: number): void {
    let index = 0;
    this.#list(']', () => {
      this.#value(`${pointer}/${index}`, depth + 1);
      index += 1;
    });
  }

  #list(end: string, readOne: () => void): void {
    this.#at += 1;
    if (this.#peek() !== end) {
      readOne();
      while (this.#peek() === ',') {
        this.#at += 1;
        readOne();
      }
    }
    this.#expect(end);
  }

  #token(otherwise: string): string {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text)?.[0];
    if (found === undefined) {
      const isOpen = this.#text[this.#at] === '"';
      throw new Fault(
        this.#at,
        isOpen ? 'This text has no end, or a character that must be escaped' : otherwise,
      );
    }
    this.#at += found.length;
    return found;
  }

  #expect(sign: string): void {
    if (this.#peek() !== sign) throw new Fault(this.#at, `"${sign}" is missing here`);
    this.#at += 1;
  }

  /** The next character that is no space; empty at the end. */
  #peek(): string {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text[this.#at] ?? '';
  }
}
