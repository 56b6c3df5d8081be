import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../tools/lib/chromium.ts';
import { anyPort } from '../tools/lib/ports.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { countFrames, mainThread, type Smoothness } from './lib/frames.ts';
import { buildPage } from './lib/page-build.ts';
import { median, type BenchResult, type Goal, type Metric } from './lib/result.ts';
import { serve, type WebFile } from './lib/web-server.ts';

export const about =
  'sparklines beside uPlot and Chart.js, the first card, and two hundred cards that scroll';

const runs = 5;
const watched = 4_000;
const manyServices = 200;
const timeout = 60_000;

const makers = ['own', 'uplot', 'chartjs'] as const;
type Maker = (typeof makers)[number];
const nameOf: Record<Maker, string> = { own: 'ours', uplot: 'uPlot', chartjs: 'Chart.js' };

interface Watched extends Smoothness {
  /** Milliseconds of script on the main thread in each second. */
  readonly script: number;
  /** Milliseconds of anything on the main thread in each second. */
  readonly task: number;
}

type Scrolled = 'widget' | 'plain';

interface CardSample {
  readonly milliseconds: number;
  readonly frames: number;
}

export async function run(): Promise<BenchResult> {
  const executablePath = await ensureChromium();
  const server = await serve(await anyPort('127.0.0.1'), await webFiles());
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const sparklines = await withProgress('Sparklines', () => measureSparklines(browser, server.url));
    const first = await withProgress('First card', () => measureFirstCard(browser, server.url));
    const scroll = await withProgress('Two hundred services', () => measureScroll(browser, server.url));
    return {
      bench: 'diagnostics',
      browser: `Chromium ${browser.version()}`,
      metrics: [...sparklineMetrics(sparklines), ...cardMetrics(first), ...scrollMetrics(scroll)],
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function webFiles(): Promise<Map<string, WebFile>> {
  const files = new Map<string, WebFile>();
  for (const name of [...makers.map((maker) => `sparklines-${maker}`), 'services', 'plain-cards']) {
    for (const [file, code] of await buildPage(name)) {
      files.set(`/${name}/${file}`, { content: code, type: 'text/javascript', immutable: true });
    }
    const body = name === 'services' ? '<jio-assist><jio-diagnostics></jio-diagnostics></jio-assist>' : '';
    files.set(`/${name}`, { content: page(name, body), type: 'text/html; charset=utf-8' });
  }
  return files;
}

function page(name: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title>
<link rel="icon" href="data:,"></head><body>${body}<script type="module" src="/${name}/${name}.js"></script></body></html>`;
}

async function withPage<T>(browser: Browser, url: string, use: (opened: Page) => Promise<T>): Promise<T> {
  const opened = await browser.newPage({ viewport: { width: 480, height: 800 } });
  try {
    await opened.goto(url);
    return await use(opened);
  } finally {
    await opened.close();
  }
}

/** The makers take turns, so that whatever disturbs the machine disturbs them all. */
async function measureSparklines(browser: Browser, url: string): Promise<Record<Maker, Watched[]>> {
  const samples: Record<Maker, Watched[]> = { own: [], uplot: [], chartjs: [] };
  for (let round = 0; round < runs; round++) {
    for (const maker of makers) {
      const sample = await withPage(browser, `${url}/sparklines-${maker}`, watchSparklines);
      samples[maker].push(sample);
    }
  }
  return samples;
}

async function watchSparklines(opened: Page): Promise<Watched> {
  await opened.waitForSelector('html[data-started]', { timeout, state: 'attached' });
  // The first second is that of compiling.
  await countFrames(opened, 1_000);
  return watch(opened);
}

/** Watches the page for a while; `scroll` is how far it is scrolled in each frame, in pixels. */
async function watch(opened: Page, scroll = 0): Promise<Watched> {
  const session = await opened.context().newCDPSession(opened);
  await session.send('Performance.enable');
  const before = await mainThread(session);
  const smoothness = await countFrames(opened, watched, scroll);
  const after = await mainThread(session);
  const seconds = watched / 1_000;
  return {
    ...smoothness,
    script: (after.script - before.script) / seconds,
    task: (after.task - before.task) / seconds,
  };
}

async function measureFirstCard(browser: Browser, url: string): Promise<CardSample[]> {
  const samples: CardSample[] = [];
  for (let round = 0; round < runs; round++) {
    samples.push(
      await withPage(browser, `${url}/services?services=5`, async (opened) => {
        await opened.waitForSelector('html[data-card]', { timeout, state: 'attached' });
        const text = await opened.evaluate(() => document.documentElement.dataset['card'] ?? '');
        return JSON.parse(text) as CardSample;
      }),
    );
  }
  return samples;
}

/** Beside a page that only scrolls: a machine that is busy cannot do better than that. */
async function measureScroll(browser: Browser, url: string): Promise<Record<Scrolled, Watched[]>> {
  const samples: Record<Scrolled, Watched[]> = { widget: [], plain: [] };
  for (let round = 0; round < runs; round++) {
    samples.plain.push(await withPage(browser, `${url}/plain-cards`, scroll));
    samples.widget.push(
      await withPage(browser, `${url}/services?services=${manyServices}`, async (opened) => {
        await opened.waitForFunction(isDrawn, manyServices, { timeout });
        return scroll(opened);
      }),
    );
  }
  return samples;
}

async function scroll(opened: Page): Promise<Watched> {
  // What is normal is learned meanwhile, which is not the scrolling's doing.
  await countFrames(opened, 2_000);
  return watch(opened, 30);
}

/** Runs in the page. */
function isDrawn(count: number): boolean {
  const cards = document.querySelector('jio-diagnostics')?.shadowRoot?.querySelectorAll('[part=service]');
  return cards?.length === count;
}

function sparklineMetrics(samples: Record<Maker, Watched[]>): Metric[] {
  const of = (maker: Maker, part: keyof Watched): number =>
    median(samples[maker].map((sample) => sample[part]));
  const row = (label: string, part: keyof Watched, unit: string, factor = 1): Metric => ({
    name: `12 sparklines, 600 values, 10 updates/s: ${label}`,
    value: of('own', part) * factor,
    unit,
    goal: null,
    beside: (['uplot', 'chartjs'] as const).map((maker) => ({
      name: nameOf[maker],
      value: of(maker, part) * factor,
    })),
  });
  const best = Math.min(of('uplot', 'script'), of('chartjs', 'script'));
  const share = metric('script, as a share of the better peer', of('own', 'script') / best, 'x', {
    op: '<=',
    value: 0.5,
  });
  return [
    row('script per second', 'script', 'ms'),
    share,
    row('main thread per second', 'task', 'ms'),
    row('dropped frames', 'dropped', '%', 100),
  ];
}

function cardMetrics(samples: readonly CardSample[]): Metric[] {
  const of = (part: keyof CardSample): number => median(samples.map((sample) => sample[part]));
  return [
    metric('first card: frames from its data to its frame', of('frames'), 'frames', { op: '<=', value: 1 }),
    metric('first card: time from its data to its frame', of('milliseconds'), 'ms'),
  ];
}

function scrollMetrics(samples: Record<Scrolled, Watched[]>): Metric[] {
  const of = (page: Scrolled, part: keyof Watched): number =>
    median(samples[page].map((sample) => sample[part]));
  const row = (label: string, part: keyof Watched, unit: string, factor = 1): Metric => ({
    ...metric(`${manyServices} services, scrolled: ${label}`, of('widget', part) * factor, unit),
    beside: [{ name: 'plain page', value: of('plain', part) * factor }],
  });
  return [
    { ...row('frames', 'rate', '/s'), goal: { op: '>=', value: 59 } },
    row('dropped frames', 'dropped', '%', 100),
    row('longest frame', 'longest', 'ms'),
    row('main thread per second', 'task', 'ms'),
    row('script per second', 'script', 'ms'),
  ];
}

function metric(name: string, value: number, unit: string, goal: Goal | null = null): Metric {
  return { name, value, unit, goal, beside: [] };
}
