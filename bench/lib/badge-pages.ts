import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../tools/lib/chromium.ts';
import { anyPort } from '../../tools/lib/ports.ts';
import { buildPage } from './page-build.ts';
import { median } from './result.ts';
import { serve, type WebFile } from './web-server.ts';

const makers = ['own', 'naive'] as const;
type Maker = (typeof makers)[number];

const BODIES: Record<Maker, string> = {
  own: '<jio-assist><jio-badges max="10"></jio-badges></jio-assist>',
  naive: '<main></main>',
};
const ROUNDS = 3;
const UPDATES = 8;
/** Microseconds between two looks of the profiler at what runs. */
const INTERVAL = 100;
/** What the profiler calls the time in which no script runs. */
const NO_SCRIPT = new Set(['(root)', '(program)', '(idle)']);
const TIMEOUT = 120_000;

/** Milliseconds of script on the main thread for one update of a page of badges. */
export interface UpdateCost {
  /** One badge of a thousand says something else. */
  readonly one: number;
  /** All but one do. */
  readonly all: number;
}

/** A thousand badges in the widget, and beside it in a page that draws all of them anew; the two take turns. */
export async function measureUpdates(): Promise<{ browser: string; costs: Record<Maker, UpdateCost> }> {
  const executablePath = await ensureChromium();
  const server = await serve(await anyPort('127.0.0.1'), await webFiles());
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const samples: Record<Maker, UpdateCost[]> = { own: [], naive: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const maker of makers)
        samples[maker].push(await measurePage(browser, `${server.url}/badges-${maker}`));
    }
    const costs = { own: middle(samples.own), naive: middle(samples.naive) };
    return { browser: `Chromium ${browser.version()}`, costs };
  } finally {
    await browser.close();
    await server.close();
  }
}

const middle = (samples: readonly UpdateCost[]): UpdateCost => ({
  one: median(samples.map(({ one }) => one)),
  all: median(samples.map(({ all }) => all)),
});

async function webFiles(): Promise<Map<string, WebFile>> {
  const files = new Map<string, WebFile>();
  for (const maker of makers) {
    const name = `badges-${maker}`;
    for (const [file, code] of await buildPage(name)) {
      files.set(`/${name}/${file}`, { content: code, type: 'text/javascript', immutable: true });
    }
    const head = `<meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">`;
    const script = `<script type="module" src="/${name}/${name}.js"></script>`;
    const content = `<!doctype html><html lang="en"><head>${head}</head><body>${BODIES[maker]}${script}</body></html>`;
    files.set(`/${name}`, { content, type: 'text/html; charset=utf-8' });
  }
  return files;
}

async function measurePage(browser: Browser, url: string): Promise<UpdateCost> {
  const page = await browser.newPage({ viewport: { width: 480, height: 800 } });
  try {
    await page.goto(url);
    await page.waitForSelector('html[data-started]', { timeout: TIMEOUT, state: 'attached' });
    const session = await page.context().newCDPSession(page);
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: INTERVAL });
    const turns = Array.from({ length: UPDATES }, (_, index) => index + 1);
    const one: number[] = [];
    const all: number[] = [];
    for (const turn of turns) {
      one.push(await costOf(page, session, { rupees: turn - 1, overdue: turn }, 'rule-0', `: ${turn}`));
      all.push(await costOf(page, session, { rupees: turn, overdue: turn }, 'rule-9', `₹${turn} `));
    }
    return { one: median(one), all: median(all) };
  } finally {
    await page.close();
  }
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string } }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

type Update = (values: object, shown: object) => Promise<void> | void;

async function costOf(
  page: Page,
  session: CDPSession,
  values: { rupees: number; overdue: number },
  badge: string,
  text: string,
): Promise<number> {
  await session.send('Profiler.start');
  await page.evaluate(
    async ([facts, shown]) => {
      await (globalThis as unknown as { update: Update }).update(facts, shown);
    },
    [values, { badge, text }] as const,
  );
  const { profile } = await session.send('Profiler.stop');
  return scriptOf(profile);
}

/** Metrics of the page would leave out what runs in microtasks, which is where Lit renders. */
function scriptOf({ nodes, samples = [], timeDeltas = [] }: Profile): number {
  const idle = new Set(
    nodes.filter(({ callFrame }) => NO_SCRIPT.has(callFrame.functionName)).map(({ id }) => id),
  );
  const spent = samples.map((node, index) => (idle.has(node) ? 0 : (timeDeltas[index] ?? 0)));
  return spent.reduce((sum, microseconds) => sum + microseconds, 0) / 1_000;
}
