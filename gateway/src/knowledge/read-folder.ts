import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Article } from './article.ts';
import { readBody, type Format } from './body.ts';
import { readFrontMatter, splitFrontMatter } from './front-matter.ts';
import { ProblemList, type Problem } from './problems.ts';

export interface ReadFolder {
  /** In the order of their ids; only those without an error. */
  readonly articles: readonly Article[];
  readonly problems: readonly Problem[];
  /** How many files of articles there are, good or bad. */
  readonly files: number;
}

interface ReadFile {
  readonly article?: Article;
  readonly links: readonly string[];
  readonly problems: ProblemList;
}

const FORMATS: Readonly<Record<string, Format>> = { '.md': 'markdown', '.html': 'html', '.htm': 'html' };
/** Bytes of a file: in base64 its body must fit into a request to the gateway. */
export const MOST_BYTES = 512 * 1024;

/**
 * Reads every Markdown and HTML file of a folder and of the folders in it; a README is none of the articles. What is wrong
 * with a file is told with its line, all at once.
 */
export function readFolder(folder: string): ReadFolder {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => extname(name).toLowerCase() in FORMATS && !/(^|[\\/])readme\./i.test(name))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => readArticleFile(join(folder, name), FORMATS[extname(name).toLowerCase()] ?? 'markdown'));
  checkTogether(files);
  const good = files.flatMap(({ article, problems }) => (article && !problems.hasErrors ? [article] : []));
  return {
    articles: good.sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems: files.flatMap(({ problems }) => problems.all),
    files: files.length,
  };
}

function readArticleFile(file: string, format: Format): ReadFile {
  const problems = new ProblemList(file);
  const text = readText(file, problems);
  const parts = text === undefined ? undefined : splitFrontMatter(text, problems);
  const matter = parts && readFrontMatter(parts.head, problems);
  if (!parts || !matter) return { links: [], problems };
  const { html, summary, links } = readBody(parts.body, format, parts.bodyLine, problems);
  if (html === '') problems.error(parts.bodyLine, 'The article has no text.');
  if (Buffer.byteLength(html) > MOST_BYTES) {
    problems.error(parts.bodyLine, `The article is more than ${MOST_BYTES} bytes as HTML.`);
  }
  return { article: { ...matter, summary, html }, links, problems };
}

/** The text without a byte order mark and with plain line ends. */
function readText(file: string, problems: ProblemList): string | undefined {
  const { size } = statSync(file);
  if (size > MOST_BYTES) {
    problems.error(1, `The file has ${size} bytes; the most is ${MOST_BYTES}. Split it into articles.`);
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)).replace(/\r\n?/g, '\n');
  } catch {
    problems.error(1, 'The file is not UTF-8 text.');
    return undefined;
  }
}

/** What no file can be wrong about alone: ids used twice, and names of articles that are not there. */
function checkTogether(files: readonly ReadFile[]): void {
  const fileOf = new Map<string, string>();
  for (const { article, problems } of files) {
    if (!article) continue;
    const first = fileOf.get(article.id);
    if (first !== undefined) problems.error(1, `The id "${article.id}" is that of ${first} already.`);
    else fileOf.set(article.id, problems.file);
  }
  for (const { article, links, problems } of files) {
    const original = article?.translationOf;
    if (original !== undefined && (original === article?.id || !fileOf.has(original))) {
      problems.error(1, `translationOf names "${original}", which is no other article of the folder.`);
    }
    const missing = links.filter((id) => !fileOf.has(id));
    for (const id of missing)
      problems.error(1, `A link leads to "${id}", which is no article of the folder.`);
  }
}
