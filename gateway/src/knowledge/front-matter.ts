import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import { audiences, type Article } from './article.ts';
import { readDay } from './dates.ts';
import type { ProblemList } from './problems.ts';

/** What the head of a file says of the article in it. */
export type FrontMatter = Omit<Article, 'summary' | 'html'>;

/** A property of the front matter: its texts, and the line it stands on. */
interface Entry {
  readonly texts: readonly string[];
  readonly line: number;
}
type Entries = ReadonlyMap<string, Entry>;

const PROPERTIES = [
  ...['id', 'title', 'language', 'translationOf', 'product', 'symptom', 'circle', 'tags', 'code'],
  ...['audience', 'validFrom', 'validTo'],
];
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MOST_CHARACTERS = 200;
const MOST_ITEMS = 50;
/** The fence above the front matter is line 1. */
const FIRST_LINE = 2;

/** The front matter and the body of a file, and the line the body begins at. */
export function splitFrontMatter(
  text: string,
  problems: ProblemList,
): { head: string; body: string; bodyLine: number } | undefined {
  const lines = text.split('\n');
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (lines[0]?.trimEnd() !== '---' || end < 0) {
    problems.error(1, 'The file must begin with front matter between two lines of ---.');
    return undefined;
  }
  return {
    head: lines.slice(1, end).join('\n'),
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}

/** Reads and checks front matter; undefined, with the reasons among the problems, when it cannot be used. */
export function readFrontMatter(head: string, problems: ProblemList): FrontMatter | undefined {
  const entries = readEntries(head, problems);
  if (!entries) return undefined;
  const list = (name: string): readonly string[] => entries.get(name)?.texts ?? [];
  const matter: FrontMatter = {
    id: checkedId(entries, 'id', problems),
    title: single(entries, 'title', problems, true),
    language: checkedLanguage(entries, problems),
    ...(entries.has('translationOf') && { translationOf: checkedId(entries, 'translationOf', problems) }),
    product: lowerCase(list('product')),
    symptom: list('symptom'),
    circle: list('circle'),
    tags: list('tags'),
    code: list('code'),
    audience: checkedAudience(entries, problems),
    validFor: checkedPeriod(entries, problems),
  };
  return problems.hasErrors ? undefined : matter;
}

function readEntries(head: string, problems: ProblemList): Entries | undefined {
  const lines = new LineCounter();
  // In the failsafe schema every value is the text that was written: no dates, numbers or "no" that means false.
  const document = parseDocument(head, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => FIRST_LINE - 1 + lines.linePos(offset).line;
  for (const { pos, message } of document.errors) {
    problems.error(lineAt(pos[0]), `The front matter cannot be read: ${message}.`);
  }
  if (problems.hasErrors) return undefined;
  if (isMap(document.contents)) return entriesOf(document.contents, lineAt, problems);
  problems.error(FIRST_LINE, 'The front matter must be lines of "name: value".');
  return undefined;
}

function entriesOf(map: YAMLMap, lineAt: (offset: number) => number, problems: ProblemList): Entries {
  const entries = new Map<string, Entry>();
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const line = lineAt((key as Node).range?.[0] ?? 0);
    if (!PROPERTIES.includes(name)) {
      problems.error(line, `"${name}" is no property of an article: ${PROPERTIES.join(', ')}.`);
      continue;
    }
    const texts = textsOf(value);
    if (texts === undefined) problems.error(line, `${name} must be a text or a list of texts.`);
    else if (texts.length > MOST_ITEMS || texts.some(({ length }) => length > MOST_CHARACTERS)) {
      const most = `${MOST_ITEMS} texts of ${MOST_CHARACTERS} characters`;
      problems.error(line, `${name} is too long: the most is ${most}.`);
    } else entries.set(name, { texts, line });
  }
  return entries;
}

/** Undefined for anything that is not plain text, an alias among it: it may stand for a thousand others. */
function textsOf(value: unknown): string[] | undefined {
  const nodes = isSeq(value) ? value.items : [value];
  const texts = nodes.map((node) => (node === null ? '' : isScalar(node) ? node.value : undefined));
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

function single(entries: Entries, name: string, problems: ProblemList, isNeeded: boolean): string {
  const { texts, line } = entries.get(name) ?? { texts: [], line: FIRST_LINE };
  const [text] = texts;
  if (text === undefined && isNeeded) problems.error(line, `${name} is missing.`);
  if (texts.length > 1) problems.error(line, `${name} must be one text.`);
  return text ?? '';
}

function checkedId(entries: Entries, name: string, problems: ProblemList): string {
  const id = single(entries, name, problems, true);
  if (id !== '' && !ID.test(id)) {
    const line = entries.get(name)?.line ?? FIRST_LINE;
    problems.error(line, `${name} "${id}" must be small letters, digits and single hyphens.`);
  }
  return id;
}

function checkedLanguage(entries: Entries, problems: ProblemList): string {
  const language = single(entries, 'language', problems, true);
  try {
    return language === '' ? '' : (Intl.getCanonicalLocales(language)[0] ?? '');
  } catch {
    const line = entries.get('language')?.line ?? FIRST_LINE;
    problems.error(line, `language "${language}" must be a BCP 47 tag such as en or hi.`);
    return '';
  }
}

function checkedAudience(entries: Entries, problems: ProblemList): readonly string[] {
  const { texts, line } = entries.get('audience') ?? { texts: ['agent'], line: FIRST_LINE };
  const known: readonly string[] = audiences;
  const wrong = texts.find((text) => !known.includes(text));
  if (wrong !== undefined) problems.error(line, `audience "${wrong}" must be one of ${known.join(', ')}.`);
  return texts;
}

function checkedPeriod(entries: Entries, problems: ProblemList): Article['validFor'] {
  const read = (name: string, edge: 'start' | 'end'): string | undefined => {
    const text = single(entries, name, problems, false);
    if (text === '') return undefined;
    const time = readDay(text, edge);
    const line = entries.get(name)?.line ?? FIRST_LINE;
    if (time === undefined) problems.error(line, `${name} "${text}" must be a date such as 2026-11-25.`);
    return time;
  };
  const startDateTime = read('validFrom', 'start');
  const endDateTime = read('validTo', 'end');
  if (startDateTime !== undefined && endDateTime !== undefined && endDateTime < startDateTime) {
    problems.error(entries.get('validTo')?.line ?? FIRST_LINE, 'validTo is before validFrom.');
  }
  return {
    ...(startDateTime !== undefined && { startDateTime }),
    ...(endDateTime !== undefined && { endDateTime }),
  };
}

const lowerCase = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());
