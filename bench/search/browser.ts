import { gzipSync } from 'node:zlib';
import { createIndex } from '@jioassist/km-panel/search.js';
import { chromium } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../tools/lib/chromium.ts';
import { anyPort } from '../../tools/lib/ports.ts';
import { withProgress } from '../../tools/lib/progress.ts';
import { buildPage } from '../lib/page-build.ts';
import { median, type Goal, type Metric } from '../lib/result.ts';
import { serve, type WebFile } from '../lib/web-server.ts';
import { makeArticles, makeKeystrokes, type Article } from './articles.ts';

interface Start {
  readonly time: number;
  /** The longest that the page's own thread was held meanwhile, in milliseconds. */
  readonly held: number;
}

interface Measured {
  readonly cold: Start;
  readonly starts: readonly Start[];
  readonly times: readonly number[];
  readonly held: number;
}

const COUNT = 10_000;
const QUERIES = 24;
const CHANGED = 10;
const PATIENCE = 300_000;

/** In Chromium: the product's worker with its cache, from the page and back, excerpts and all. */
export async function measureBrowser(): Promise<Metric[]> {
  const articles = makeArticles(COUNT);
  const measured = await withProgress('10,000 articles: in Chromium', () => inChromium(articles));
  return metricsOf(measured, articles);
}

async function inChromium(articles: readonly Article[]): Promise<Measured> {
  const executablePath = await ensureChromium();
  const server = await serve(await anyPort('127.0.0.1'), await webFiles(articles));
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`${server.url}/`);
    await page.waitForFunction(() => 'measure' in globalThis);
    const measure = (queries: readonly string[]): Promise<Measured> =>
      (globalThis as unknown as { measure(given: readonly string[]): Promise<Measured> }).measure(queries);
    return await page.evaluate(measure, makeKeystrokes(articles, QUERIES));
  } finally {
    await browser.close();
    await server.close();
  }
}

async function webFiles(articles: readonly Article[]): Promise<Map<string, WebFile>> {
  const files = new Map<string, WebFile>();
  for (const name of ['knowledge-search', 'search-worker'])
    for (const [file, code] of await buildPage(name))
      files.set(`/${file}`, { content: code, type: 'text/javascript', immutable: true });
  const bytes = await createIndex(articles.map((article) => ({ ...article }))).save();
  files.set('/index.bin', { content: Buffer.from(bytes), type: 'application/octet-stream', immutable: true });
  const content = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Search</title>
<link rel="icon" href="data:,"></head><body><script type="module" src="/knowledge-search.js"></script></body></html>`;
  files.set('/', { content, type: 'text/html; charset=utf-8' });
  return files;
}

function metricsOf({ cold, starts, times, held }: Measured, articles: readonly Article[]): Metric[] {
  const sorted = [...times].sort((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  const metric = (label: string, unit: string, value: number, goal: Goal | null = null): Metric => ({
    name: `in Chromium: ${label}`,
    value,
    unit,
    goal,
    beside: [],
  });
  const atMost = (value: number): Goal => ({ op: '<=', value });
  const delta = JSON.stringify({ version: '', upsert: articles.slice(0, CHANGED), remove: [] });
  return [
    metric('keystroke to results and excerpts, p50', 'ms', quantile(0.5)),
    metric('keystroke to results and excerpts, p99', 'ms', quantile(0.99), atMost(5)),
    metric('cached start', 'ms', median(starts.map(({ time }) => time)), atMost(100)),
    metric('start from the wire', 'ms', cold.time),
    metric('page held longest while typing', 'ms', held, atMost(5)),
    metric('page held longest in a cached start', 'ms', median(starts.map((start) => start.held)), atMost(5)),
    metric('page held longest in a start from the wire', 'ms', cold.held, atMost(5)),
    metric(`delta of ${CHANGED} articles, gzip`, 'B', gzipSync(delta).length),
  ];
}
