import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../tools/lib/chromium.ts';
import { anyPort } from '../tools/lib/ports.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { cdnDir } from './lib/entries.ts';
import { startGateway, type BenchGateway } from './lib/gateway.ts';
import { load, loadCold, warmUp, type PageUnderTest, type Sample } from './lib/first-render.ts';
import { buildPage } from './lib/page-build.ts';
import { median, type BenchResult, type Metric } from './lib/result.ts';
import { serve, type WebFile } from './lib/web-server.ts';

export const about = 'navigation to the first rendered widget, beside one Lit element with context';

const runs = 9;
const goalRatio = 1.8;
const floorName = 'Lit element with context';

interface Setting {
  cache: 'cold' | 'warm';
  slowdown: number;
}

type PageName = 'floor' | 'widget' | 'data';
type Pages = Record<PageName, PageUnderTest>;
type Samples = Record<PageName, Sample[]>;

const settings: Setting[] = [
  { cache: 'cold', slowdown: 1 },
  { cache: 'cold', slowdown: 4 },
  { cache: 'warm', slowdown: 1 },
  { cache: 'warm', slowdown: 4 },
];

export async function run(): Promise<BenchResult> {
  const executablePath = await ensureChromium();
  const port = await anyPort('127.0.0.1');
  const gateway = await withProgress('Starting a gateway', () => startGateway(`http://127.0.0.1:${port}`));
  const server = await serve(port, await webFiles(gateway));
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const metrics: Metric[] = [];
    for (const setting of settings) {
      const title = `${setting.cache} cache, ${setting.slowdown}x`;
      const samples = await withProgress(title, () => measure(browser, pagesAt(server.url), setting));
      metrics.push(...summarize(setting, samples));
    }
    return { bench: 'start', browser: `Chromium ${browser.version()}`, metrics };
  } finally {
    await browser.close();
    await Promise.all([server.close(), gateway.close()]);
  }
}

/**
 * `widget` is the page of the one-line embed. It counts as rendered with the state of its client on the screen;
 * signed out, because that needs no data: what a gateway and its database take is not the page's cost. `data`
 * has a token from its host, and counts as rendered with the services of a customer.
 */
function pagesAt(url: string): Pages {
  return {
    floor: { url: `${url}/floor`, element: 'bench-floor' },
    widget: { url: `${url}/widget`, element: 'jio-diagnostics[data-state="signed-out"]' },
    data: { url: `${url}/data`, element: 'jio-diagnostics[data-state="ready"]' },
  };
}

async function webFiles({ url, token }: BenchGateway): Promise<Map<string, WebFile>> {
  const files = new Map<string, WebFile>();
  const script = (content: string | Buffer): WebFile => ({
    content,
    type: 'text/javascript',
    immutable: true,
  });
  for (const file of globSync('**/*.js', { cwd: cdnDir })) {
    files.set(`/sdk/${file.replaceAll('\\', '/')}`, script(readFileSync(join(cdnDir, file))));
  }
  for (const name of ['floor-context', 'with-data']) {
    for (const [file, code] of await buildPage(name)) files.set(`/${file}`, script(code));
  }
  files.set('/floor', page('/floor-context.js', '<bench-floor></bench-floor>'));
  files.set('/widget', page('/sdk/jioassist.js', embed(`gateway="${url}" client-id="crm"`)));
  const data = `gateway="${url}" client-id="crm" customer-id="C-1001" data-gateway="${url}" data-token="${token}"`;
  files.set('/data', page('/with-data.js', embed(data)));
  return files;
}

function embed(attributes: string): string {
  return `<jio-assist ${attributes}><jio-diagnostics></jio-diagnostics></jio-assist>`;
}

function page(script: string, body: string): WebFile {
  const content = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>start</title>
<link rel="icon" href="data:,"><script type="module" src="${script}"></script></head><body>${body}</body></html>`;
  return { content, type: 'text/html; charset=utf-8' };
}

/** The pages take turns, so that whatever disturbs the machine disturbs them all. */
async function measure(browser: Browser, pages: Pages, { cache, slowdown }: Setting): Promise<Samples> {
  const samples: Samples = { floor: [], widget: [], data: [] };
  const names = Object.keys(pages) as PageName[];
  const warm = new Map<PageName, BrowserContext>();
  if (cache === 'warm') for (const name of names) warm.set(name, await warmUp(browser, pages[name]));
  for (let i = 0; i < runs; i++) {
    for (const name of names) {
      const context = warm.get(name);
      const sample = context
        ? load(context, pages[name], slowdown)
        : loadCold(browser, pages[name], slowdown);
      samples[name].push(await sample);
    }
  }
  for (const context of warm.values()) await context.close();
  return samples;
}

function summarize({ cache, slowdown }: Setting, samples: Samples): Metric[] {
  const of = (page: PageName, part: keyof Sample) => median(samples[page].map((sample) => sample[part]));
  const metric = (label: string, value: number, unit: string, floor?: number): Metric => ({
    name: `${cache}, ${slowdown}x: ${label}`,
    value,
    unit,
    goal: null,
    beside: floor === undefined ? [] : [{ name: floorName, value: floor }],
  });
  const isGoal = cache === 'cold' && slowdown === 4;
  const ratio = metric('first render, times the floor', of('widget', 'time') / of('floor', 'time'), 'x');
  return [
    metric('first render', of('widget', 'time'), 'ms', of('floor', 'time')),
    { ...ratio, goal: isGoal ? { op: '<=', value: goalRatio } : null },
    metric('script', of('widget', 'script'), 'ms', of('floor', 'script')),
    metric('heap', of('widget', 'heap') / 1e6, 'MB', of('floor', 'heap') / 1e6),
    metric("first render with a customer's services", of('data', 'time'), 'ms', of('floor', 'time')),
  ];
}
