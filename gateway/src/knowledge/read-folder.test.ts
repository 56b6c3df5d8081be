import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ARTICLES_FOLDER, demoArticles } from '../seed/data/articles.ts';
import { sectionsOf, searchDocumentOf, type Article } from './article.ts';
import { MOST_BYTES, readFolder } from './read-folder.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'articles-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string | Uint8Array): void => {
  writeFileSync(join(folder, name), text);
};
const file = (body: string, head = ''): string =>
  `---\nid: one\ntitle: One\nlanguage: en\n${head}---\n${body}\n`;

function readOne(text: string | Uint8Array, name = 'one.md'): Article {
  write(name, text);
  const { articles, problems } = readFolder(folder);
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.equal(articles.length, 1);
  return articles[0]!;
}

/** Each problem as `file:line message`. */
const told = (): string[] =>
  readFolder(folder).problems.map(({ file: path, line, message }) => `${basename(path)}:${line} ${message}`);

function refused(text: string | Uint8Array, line: number, words: RegExp): void {
  write('one.md', text);
  const [first = ''] = told();
  assert.ok(first.startsWith(`one.md:${line} `), first);
  assert.match(first, words);
  assert.deepEqual(readFolder(folder).articles, []);
}

describe('a file of an article', () => {
  it('is front matter and Markdown', () => {
    const head = "product: [Fibre, TV]\nsymptom: LOS\ncode: ['*123#', E-101]\naudience: [agent, customer]\n";
    const article = readOne(file('First *words*.\n\n## Steps\n\n1. [ ] Look', head));
    assert.deepEqual(article.product, ['fibre', 'tv']);
    assert.deepEqual(article.symptom, ['LOS']);
    assert.deepEqual(article.code, ['*123#', 'E-101']);
    assert.deepEqual(article.audience, ['agent', 'customer']);
    assert.equal(article.summary, 'First words.');
    assert.match(article.html, /<ol data-steps><li>Look<\/li>/);
  });

  it('encloses what to say to the customer', () => {
    const { html } = readOne(file(':::say\nI can **see** it.\n:::\n\nAfter'));
    assert.match(
      html,
      /^<blockquote data-say><p>I can <strong>see<\/strong> it.<\/p>\n<\/blockquote><p>After/,
    );
  });

  it('may be HTML', () => {
    const { html } = readOne(file('<h1>Head</h1><div><p>Text <b>bold</b></p></div>'), 'one.html');
    assert.equal(html, '<h2>Head</h2><p>Text <strong>bold</strong></p>');
  });

  it('reads the same with a byte order mark and the line ends of Windows', () => {
    const text = file('One\n\nTwo', 'tags: [a, b]\n');
    assert.deepEqual(readOne(`\uFEFF${text.replaceAll('\n', '\r\n')}`), readOne(text));
  });

  it('is valid for whole days of India', () => {
    const { validFor } = readOne(file('Text', 'validFrom: 2026-11-01\nvalidTo: 2026-11-30\n'));
    assert.deepEqual(validFor, {
      startDateTime: '2026-10-31T18:30:00.000Z',
      endDateTime: '2026-11-30T18:29:59.999Z',
    });
  });

  it('links to other articles by their file names, and to nothing else on this machine', () => {
    write('two.md', '---\nid: two\ntitle: Two\nlanguage: en\n---\nText\n');
    write('one.md', file('[a](two.md) [b](/etc/passwd) [c](https://example.org/x) [d](//evil.example)'));
    const [one] = readFolder(folder).articles;
    const expected =
      '<p><a href="#two" data-article="two">a</a> <a>b</a> <a href="https://example.org/x">c</a> <a>d</a></p>';
    assert.equal(one?.html, expected);
  });

  it('keeps all words for the search, by section', () => {
    const article = readOne(file('Start\n\n## Steps\n\nDo it', 'code: E-1\n'));
    assert.deepEqual(sectionsOf(article.html), [
      { title: '', body: '<p>Start</p>' },
      { title: 'Steps', body: '<p>Do it</p>' },
    ]);
    const { id, keywords, product } = searchDocumentOf(article);
    assert.deepEqual({ id, keywords, product }, { id: 'one', keywords: ['E-1'], product: undefined });
  });
});

describe('a bad file is refused with its line:', () => {
  const cases: [string, string, number, RegExp][] = [
    ['no front matter', 'Just text', 1, /front matter/],
    ['front matter without an end', '---\nid: one\ntitle: One\n', 1, /front matter/],
    ['broken YAML', '---\nid: one\ntitle: "One\nlanguage: en\n---\nText', 4, /cannot be read/],
    ['a list for the front matter', '---\n- id\n---\nText', 2, /name: value/],
    ['no title', '---\nid: one\nlanguage: en\n---\nText', 2, /title is missing/],
    ['a misspelt property', file('Text', 'sympton: x\n'), 5, /"sympton" is no property/],
    ['a property twice', file('Text', 'tags: a\ntags: b\n'), 6, /unique/],
    ['an id that is no id', '---\nid: One Two\ntitle: x\nlanguage: en\n---\nText', 2, /small letters/],
    ['a language that is none', '---\nid: one\ntitle: x\nlanguage: e_\n---\nText', 4, /BCP 47/],
    ['an unknown audience', file('Text', 'audience: everyone\n'), 5, /one of agent/],
    ['a nested value', file('Text', 'tags: { a: b }\n'), 5, /list of texts/],
    ['aliases that multiply', file('Text', 'tags: &a [x]\nsymptom: *a\n'), 6, /list of texts/],
    ['a day that is none', file('Text', 'validFrom: 2026-02-30\n'), 5, /2026-02-30/],
    ['a date of another country', file('Text', 'validTo: 30/11/2026\n'), 5, /must be a date/],
    ['an end before the start', file('x', 'validFrom: 2026-11-02\nvalidTo: 2026-11-01\n'), 6, /before/],
    ['a block that is never closed', file('Text\n:::say\nHello'), 7, /never closed/],
    ['a block of another kind', file('Text\n:::warn\nHello'), 7, /unexpected/],
    ['no text', file(''), 6, /no text/],
    ['nothing but a script', file('<script>alert(1)</script>'), 6, /left out/],
    ['a translation of nothing', file('Text', 'translationOf: gone\n'), 1, /"gone"/],
    ['a link to nothing', file('[a](gone.md)'), 1, /"gone"/],
  ];
  for (const [name, text, line, words] of cases) {
    it(name, () => {
      refused(text, line, words);
    });
  }

  it('bytes that are no UTF-8', () => {
    refused(new Uint8Array([0x2d, 0xff, 0xfe]), 1, /UTF-8/);
  });

  it('two megabytes', () => {
    refused(file('word '.repeat(420_000)), 1, new RegExp(`the most is ${MOST_BYTES}`));
  });

  it('an id that another file has', () => {
    write('one.md', file('Text'));
    write('two.md', file('Text'));
    assert.match(told().join(), /^two\.md:1 The id "one" is that of .*one\.md already/);
  });
});

describe('hostile bodies', () => {
  const vectors = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '<p style="position:fixed" onclick="alert(1)" id="x" class="y">z</p>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<form action=https://evil.example><input name=password></form>',
    '<style>@import "https://evil.example/x.css"</style>',
    '<object data=x></object><embed src=x><base href=https://evil.example><meta http-equiv=refresh>',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '![x](https://evil.example/pixel.gif)',
  ];
  for (const vector of vectors) {
    it(`are harmless: ${vector}`, () => {
      const { html } = readOne(file(`Words.\n\n${vector}\n`));
      assert.doesNotMatch(html, /<(?:script|img|svg|iframe|style|form|input|object|embed|base|meta|math)/i);
      assert.doesNotMatch(html, /<[^>]*(?:javascript:|\son\w+=|\sstyle=|\sid=|\sclass=)/i);
    });
  }

  it('say what was left out, and where', () => {
    write('one.md', file('Words\n\n<video src=x></video>'));
    assert.deepEqual(told(), ['one.md:8 <video> is left out: articles are text.']);
  });

  it('cannot keep the import busy with one endless paragraph', () => {
    refused(file(`Words\n\n${'_a_'.repeat(100_000)}`), 8, /paragraph is too long/);
  });

  it('cannot exhaust the stack', () => {
    refused(file('>'.repeat(15_000)), 6, /nested too deeply/);
  });

  it('cannot nest without end', () => {
    const { html } = readOne(file(`Words\n\n${'<blockquote>'.repeat(1_500)}`));
    assert.ok(html.split('<blockquote>').length < 100);
  });
});

describe('the articles of the demonstration', () => {
  const ids = new Set(demoArticles().map(({ id }) => id));

  it('have no problem at all', () => {
    assert.deepEqual(readFolder(ARTICLES_FOLDER).problems, []);
  });

  it('are those that the standard badge rules lead to', () => {
    const rules = readFileSync(
      fileURLToPath(import.meta.resolve('@jioassist/badge-widget/standard-rules.json')),
    );
    const { rules: list } = JSON.parse(rules.toString()) as {
      rules: { actions: { kind: string; target: string }[] }[];
    };
    const targets = list.flatMap(({ actions }) => actions).filter(({ kind }) => kind === 'article');
    assert.notEqual(targets.length, 0);
    assert.deepEqual(
      targets.filter(({ target }) => !ids.has(target)),
      [],
    );
  });

  it('are 150, of which 50 are in Hindi too', () => {
    const hindi = demoArticles().filter(({ language }) => language === 'hi');
    assert.equal(hindi.length, 50);
    assert.equal(ids.size - hindi.length, 150);
    assert.ok(hindi.every(({ translationOf = '' }) => ids.has(translationOf)));
  });
});
