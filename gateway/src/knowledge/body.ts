import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import type { ProblemList } from './problems.ts';

export type Format = 'markdown' | 'html';

/** An article's body, safe to show, and the ids of the articles it links to. */
export interface Body {
  readonly html: string;
  readonly summary: string;
  readonly links: readonly string[];
}

const TAGS = [
  ...['h2', 'h3', 'h4', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre'],
  ...['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td'],
  ...['a', 'strong', 'em', 'code', 'kbd', 'mark', 'sub', 'sup', 'small', 'abbr'],
];
/** Their content is no text for a reader either. */
const WITHOUT_CONTENT = [
  ...['script', 'style', 'textarea', 'option', 'select', 'noscript', 'template', 'title', 'head'],
  ...[
    'iframe',
    'object',
    'svg',
    'math',
    'xmp',
    'noembed',
    'noframes',
    'plaintext',
    'audio',
    'video',
    'canvas',
  ],
];
/** Wrappers that say nothing by themselves, and what stands for another tag. */
const UNREMARKABLE = ['html', 'body', 'main', 'article', 'section', 'div', 'span', 'input', 'h1', 'b', 'i'];
const NESTING = 60;
/** The time for emphasis grows with the square of a paragraph: this many characters take half a second at worst. */
const LONGEST_PARAGRAPH = 20_000;
const LONGEST_SUMMARY = 300;
const ARTICLE_LINK = /^(?:\.\/)?([a-z0-9-]+)\.(?:md|html)$/;

const marked = new Marked({
  gfm: true,
  renderer: {
    // A task list is a check-list of the contact; the panel draws its boxes and keeps the ticks.
    list(token) {
      const tag = token.ordered ? 'ol' : 'ul';
      const steps = token.items.some(({ task }) => task) ? ' data-steps' : '';
      return `<${tag}${steps}>${token.items.map((item) => this.listitem(item)).join('')}</${tag}>\n`;
    },
    checkbox: () => '',
  },
});

/** Turns a body into the safe subset of HTML that articles are kept in. `line` is where it begins in its file. */
export function readBody(source: string, format: Format, line: number, problems: ProblemList): Body {
  const html = format === 'markdown' ? renderMarkdown(source, line, problems) : source;
  const safe = sanitise(html, source, line, problems);
  const summary = plainText(/<p>([\s\S]*?)<\/p>/.exec(safe.html)?.[1] ?? '');
  return { ...safe, summary: summary.slice(0, LONGEST_SUMMARY).toWellFormed() };
}

/** Markdown, where `:::say` and `:::` on lines of their own enclose what to say to the customer. */
function renderMarkdown(source: string, firstLine: number, problems: ProblemList): string {
  const tooLong = lineOfLongParagraph(source);
  if (tooLong !== undefined) {
    const most = `${LONGEST_PARAGRAPH} characters`;
    problems.error(firstLine + tooLong, `This paragraph is too long: the most is ${most}.`);
    return '';
  }
  const parts: string[] = [];
  let lines: string[] = [];
  let sayLine: number | undefined;
  const end = (): void => {
    const html = lines.length > 0 ? parseMarkdown(lines.join('\n'), firstLine, problems) : '';
    parts.push(sayLine === undefined ? html : `<blockquote data-say>${html}</blockquote>`);
    lines = [];
  };
  source.split('\n').forEach((line, index) => {
    const fence = line.trimEnd();
    if (fence === ':::say' && sayLine === undefined) {
      end();
      sayLine = firstLine + index;
    } else if (fence === ':::' && sayLine !== undefined) {
      end();
      sayLine = undefined;
    } else if (fence.startsWith(':::')) {
      problems.error(firstLine + index, `"${fence.slice(0, 20)}" is unexpected: blocks are :::say … :::.`);
    } else lines.push(line);
  });
  if (sayLine !== undefined) problems.error(sayLine, 'This :::say block is never closed by :::.');
  end();
  return parts.join('');
}

function parseMarkdown(source: string, line: number, problems: ProblemList): string {
  try {
    return marked.parse(source) as string;
  } catch (error) {
    // Quotes in quotes in quotes, ten thousand deep, are more than the stack holds.
    if (!(error instanceof RangeError)) throw error;
    problems.error(line, 'The Markdown is nested too deeply.');
    return '';
  }
}

/** Where the first paragraph begins that is too long to read, counted from 0. */
function lineOfLongParagraph(source: string): number | undefined {
  let start = 0;
  let length = 0;
  for (const [index, line] of source.split('\n').entries()) {
    if (line.trim() === '') length = 0;
    else {
      if (length === 0) start = index;
      length += line.length;
      if (length > LONGEST_PARAGRAPH) return start;
    }
  }
  return undefined;
}

function sanitise(
  html: string,
  source: string,
  line: number,
  problems: ProblemList,
): Pick<Body, 'html' | 'links'> {
  const leftOut = new Set<string>();
  const links = new Set<string>();
  const safe = sanitizeHtml(html, {
    allowedTags: TAGS,
    nonTextTags: WITHOUT_CONTENT,
    nestingLimit: NESTING,
    allowedAttributes: {
      a: ['href', 'data-article'],
      blockquote: ['data-say'],
      ol: ['data-steps', 'start'],
      ul: ['data-steps'],
      abbr: ['title'],
      th: ['colspan', 'rowspan'],
      td: ['colspan', 'rowspan'],
      p: ['lang', 'dir'],
    },
    allowedSchemes: ['https', 'tel', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      h1: 'h2',
      b: 'strong',
      i: 'em',
      a: (tagName, attribs) => ({ tagName, attribs: linkOf(attribs, links) }),
    },
    onOpenTag: (name) => {
      if (!TAGS.includes(name) && !UNREMARKABLE.includes(name)) leftOut.add(name);
    },
  });
  for (const name of leftOut) {
    problems.warn(line + lineOf(source, `<${name}`), `<${name}> is left out: articles are text.`);
  }
  return { html: safe.trim(), links: [...links] };
}

/** A link to the file of another article becomes a link to that article; other addresses must be whole. */
function linkOf({ href = '' }: Record<string, string>, links: Set<string>): Record<string, string> {
  const id = ARTICLE_LINK.exec(href)?.[1];
  if (id !== undefined) {
    links.add(id);
    return { href: `#${id}`, 'data-article': id };
  }
  return /^(?:https|tel|mailto):/i.test(href) ? { href } : {};
}

function lineOf(source: string, needle: string): number {
  const index = source.toLowerCase().indexOf(needle);
  return index < 0 ? 0 : source.slice(0, index).split('\n').length - 1;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };

const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
