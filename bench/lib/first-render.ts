import type { Browser, BrowserContext, CDPSession } from 'playwright-core';

export interface Sample {
  /** Milliseconds from the start of the navigation to the first frame that shows the widget. */
  time: number;
  /** Milliseconds the main thread spent in scripts until then. */
  script: number;
  /** Bytes of JavaScript heap in use then. */
  heap: number;
}

export interface PageUnderTest {
  url: string;
  /** Selects the element whose first rendering ends the measurement. */
  element: string;
}

const timeout = 60_000;

declare global {
  interface Window {
    firstRender?: number;
  }
}

/** Loads the page with nothing in the cache. */
export async function loadCold(browser: Browser, page: PageUnderTest, slowdown: number): Promise<Sample> {
  const context = await browser.newContext();
  try {
    return await load(context, page, slowdown);
  } finally {
    await context.close();
  }
}

/** A context that has visited the page often enough for its files and its compiled code to be cached. */
export async function warmUp(browser: Browser, page: PageUnderTest): Promise<BrowserContext> {
  const context = await browser.newContext();
  for (let visit = 0; visit < 3; visit++) await load(context, page, 1);
  return context;
}

/** Loads the page in a new tab and waits until its element has rendered. */
export async function load(
  context: BrowserContext,
  { url, element }: PageUnderTest,
  slowdown: number,
): Promise<Sample> {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.addInitScript(watchFirstRender, element);
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.firstRender !== undefined, undefined, { timeout, polling: 50 });
    const time = await page.evaluate(() => window.firstRender ?? Number.NaN);
    return { time, ...(await readMetrics(session)) };
  } finally {
    await page.close();
  }
}

/**
 * Runs in the page before anything else. "Rendered" is the first frame after an element that the selector matches
 * has something in its shadow root.
 */
function watchFirstRender(selector: string): void {
  const look = () => {
    const root = document.querySelector(selector)?.shadowRoot;
    if (!root?.firstElementChild) {
      requestAnimationFrame(look);
      return;
    }
    // The message comes after the frame was painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      window.firstRender = performance.now();
    };
    port2.postMessage(undefined);
  };
  requestAnimationFrame(look);
}

async function readMetrics(session: CDPSession): Promise<Pick<Sample, 'script' | 'heap'>> {
  const { metrics } = await session.send('Performance.getMetrics');
  const read = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { script: read('ScriptDuration') * 1000, heap: read('JSHeapUsedSize') };
}
