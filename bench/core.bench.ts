import { chromium, type CDPSession, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../tools/lib/chromium.ts';
import { anyPort } from '../tools/lib/ports.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { buildPage } from './lib/page-build.ts';
import { median, type BenchResult, type Metric } from './lib/result.ts';
import { serve, type WebFile } from './lib/web-server.ts';

export const about =
  'customer context: requests, switches, events and heap, with five widgets that want every part';

const LOADS = 30;
const BACKS = 200;
const DELAYS = [0, 50];
/** The longest chain of requests: the services, and then what is read by them. */
const CHAIN = 2;
const PER_SECOND = 1_000;
const SECONDS = 10;
const SWITCHES = 1_000;

/** What `bench/pages/core.js` offers. */
interface CorePage {
  start(): Promise<void>;
  load(delay: number): Promise<{ time: number; most: number; requests: number }>;
  floor(delay: number): Promise<number>;
  back(): Promise<number>;
  stream(
    kind: StreamKind,
    perSecond: number,
    seconds: number,
    listen: boolean,
  ): Promise<{ heard: number; sent: number }>;
  switches(count: number): Promise<void>;
}

type StreamKind = 'measurement' | 'resource';

declare global {
  var bench: CorePage;
}

export async function run(): Promise<BenchResult> {
  const executablePath = await ensureChromium();
  const server = await serve(await anyPort('127.0.0.1'), await webFiles());
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    await page.evaluate(() => bench.start());
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const metrics = [
      ...(await withProgress('Switching to other customers', () => measureLoads(page))),
      await withProgress('Switching back', () => measureBack(page)),
      ...(await withProgress('Events', () => measureEvents(page, session))),
      await withProgress('Heap', () => measureHeap(page, session)),
    ];
    return { bench: 'core', browser: `Chromium ${browser.version()}`, metrics };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function webFiles(): Promise<Map<string, WebFile>> {
  const files = new Map<string, WebFile>();
  for (const [file, content] of await buildPage('core'))
    files.set(`/${file}`, { content, type: 'text/javascript' });
  const content = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>core</title>
<link rel="icon" href="data:,"><script type="module" src="/core.js"></script></head></html>`;
  files.set('/', { content, type: 'text/html; charset=utf-8' });
  return files;
}

/** The SDK and the bare requests take turns, so that whatever disturbs the machine disturbs both. */
async function measureLoads(page: Page): Promise<Metric[]> {
  const metrics: Metric[] = [];
  let most = 0;
  for (const delay of DELAYS) {
    const times: number[] = [];
    const floors: number[] = [];
    for (let index = 0; index < LOADS; index++) {
      const load = await page.evaluate((given) => bench.load(given), delay);
      times.push(load.time);
      most = Math.max(most, load.most);
      floors.push(await page.evaluate((given) => bench.floor(given), delay));
    }
    const beside = [
      { name: 'longest chain', value: CHAIN * delay },
      { name: 'bare requests', value: median(floors) },
    ];
    metrics.push({ name: `switch, ${delay} ms delay`, value: median(times), unit: 'ms', goal: null, beside });
  }
  return [
    { name: 'requests for one resource', value: most, unit: '', goal: { op: '<=', value: 1 }, beside: [] },
    ...metrics,
  ];
}

async function measureBack(page: Page): Promise<Metric> {
  await page.evaluate(() => bench.back());
  const times: number[] = [];
  for (let index = 0; index < BACKS; index++) times.push(await page.evaluate(() => bench.back()));
  return {
    name: 'switch back to a recent customer',
    value: median(times),
    unit: 'ms',
    goal: null,
    beside: [],
  };
}

async function measureEvents(page: Page, session: CDPSession): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const kind of ['measurement', 'resource'] as const) {
    const busy = async (perSecond: number) => {
      const before = await taskTime(session);
      const { heard, sent } = await page.evaluate(
        ([which, rate, seconds]) => bench.stream(which, rate, seconds, true),
        [kind, perSecond, SECONDS] as const,
      );
      if (heard !== sent) throw new Error(`Of ${sent} events ${heard} were heard.`);
      return ((await taskTime(session)) - before) / SECONDS;
    };
    const beside = [{ name: 'the page with 1 event/s', value: await busy(1) }];
    const value = await busy(PER_SECOND);
    metrics.push({ name: `${PER_SECOND} ${kind} events/s`, value, unit: 'ms/s', goal: null, beside });
  }
  return metrics;
}

/** Milliseconds the main thread was busy so far, with whatever. */
async function taskTime(session: CDPSession): Promise<number> {
  return (await reading(session, 'TaskDuration')) * 1_000;
}

async function measureHeap(page: Page, session: CDPSession): Promise<Metric> {
  const heap = async () => {
    for (let times = 0; times < 3; times++) await session.send('HeapProfiler.collectGarbage');
    return (await reading(session, 'JSHeapUsedSize')) / 1e6;
  };
  await page.evaluate((count) => bench.switches(count), 100);
  const before = await heap();
  await page.evaluate((count) => bench.switches(count), SWITCHES);
  const beside = [{ name: 'before them', value: before }];
  return { name: `heap after ${SWITCHES} switches`, value: await heap(), unit: 'MB', goal: null, beside };
}

async function reading(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
}
