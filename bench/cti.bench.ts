import { chromium, type Page } from 'playwright-core';
import {
  CALL_EVENTS,
  initialState,
  reduce,
  type CtiEvent,
  type PhoneState,
} from '../packages/cti-phone/src/model/index.ts';
import { chromiumArgs, ensureChromium } from '../tools/lib/chromium.ts';
import { anyPort } from '../tools/lib/ports.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { startGateway, type BenchGateway } from './lib/gateway.ts';
import { buildPage } from './lib/page-build.ts';
import { median, type BenchResult, type Metric } from './lib/result.ts';
import { serve, type WebFile } from './lib/web-server.ts';

export const about = 'phone: from the ring to a screen with the customer, and events the call model takes';

const CUSTOMER = 'C-1001';
const DELAYS = [0, 50];
const WARM_UP = 3;
const RINGS = 40;
const EVENTS = 500_000;
/** Calls at a time, as a busy agent has them. */
const CALLS = 3;

declare global {
  var callBench: { ring(delay: number): Promise<{ time: number; isBeforeAnswer: boolean }> };
}

export async function run(): Promise<BenchResult> {
  const executablePath = await ensureChromium();
  const port = await anyPort('127.0.0.1');
  const gateway = await startGateway(`http://127.0.0.1:${port}`);
  const server = await serve(port, await webFiles(gateway));
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => 'callBench' in globalThis);
    const metrics = await withProgress('Rings', () => measureRings(page));
    metrics.push(reducerRate());
    return { bench: 'cti', browser: `Chromium ${browser.version()}`, metrics };
  } finally {
    await browser.close();
    await server.close();
    await gateway.close();
  }
}

async function webFiles(gateway: BenchGateway): Promise<Map<string, WebFile>> {
  const files = new Map<string, WebFile>();
  for (const [file, content] of await buildPage('cti'))
    files.set(`/${file}`, { content, type: 'text/javascript' });
  const data = `data-gateway="${gateway.url}" data-token="${gateway.token}" data-number="${await numberOf(gateway)}"`;
  const content = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>cti</title>
<link rel="icon" href="data:,"><script type="module" src="/cti.js"></script></head><body ${data}></body></html>`;
  files.set('/', { content, type: 'text/html; charset=utf-8' });
  return files;
}

async function numberOf({ url, token }: BenchGateway): Promise<string> {
  const answer = await fetch(`${url}/tmf-api/customerManagement/v4/customer/${CUSTOMER}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { contactMedium } = (await answer.json()) as {
    contactMedium: { characteristic: { phoneNumber?: string } }[];
  };
  const number = contactMedium.map(({ characteristic }) => characteristic.phoneNumber).find(Boolean);
  if (number === undefined) throw new Error(`${CUSTOMER} has no number.`);
  return number;
}

async function measureRings(page: Page): Promise<Metric[]> {
  const metrics: Metric[] = [];
  let filled = 0;
  for (const delay of DELAYS) {
    const times: number[] = [];
    for (let index = -WARM_UP; index < RINGS; index++) {
      const { time, isBeforeAnswer } = await page.evaluate((given) => callBench.ring(given), delay);
      if (index < 0) continue;
      times.push(time);
      filled += Number(isBeforeAnswer);
    }
    const name = (what: string): string => `ring to filled screen, ${delay} ms delay, ${what}`;
    const goal = delay === 0 ? ({ op: '<=', value: 150 } as const) : null;
    metrics.push({ name: name('p50'), value: median(times), unit: 'ms', goal: null, beside: [] });
    metrics.push({ name: name('p95'), value: percentile(times, 0.95), unit: 'ms', goal, beside: [] });
  }
  const all = DELAYS.length * RINGS;
  const goal = { op: '>=', value: all } as const;
  metrics.push({ name: `filled before the answer, of ${all}`, value: filled, unit: '', goal, beside: [] });
  return metrics;
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** The model alone, with events in any order: each is looked up, and calls begin and end all the time. */
function reducerRate(): Metric {
  const events = Array.from({ length: EVENTS }, (_, index): CtiEvent => ({
    type: 'call',
    callId: String(Math.floor(index / (CALLS * CALL_EVENTS.length)) * CALLS + (index % CALLS)),
    event: CALL_EVENTS[(index * 7) % CALL_EVENTS.length] ?? 'ringing',
    facts: { number: '+919812345210', capabilities: ['hold', 'release'], muted: index % 2 === 0 },
  }));
  let state: PhoneState = initialState(0);
  const start = performance.now();
  for (const event of events) state = reduce(state, event, start).state;
  const value = EVENTS / ((performance.now() - start) / 1_000);
  return { name: 'events the call model takes', value, unit: '/s', goal: null, beside: [] };
}
