import type { CDPSession, Page } from 'playwright-core';

export interface Smoothness {
  /** Frames a second. */
  readonly rate: number;
  /** Share of the frames that came so late that another was due before, from 0 to 1. */
  readonly dropped: number;
  /** The longest time between two frames, in milliseconds. */
  readonly longest: number;
}

/** A frame of a 60 Hz screen, in milliseconds. */
const FRAME = 1_000 / 60;

/** Counts frames in the page for so long; `scroll` is how far the page is scrolled in each, in pixels. */
export async function countFrames(page: Page, milliseconds: number, scroll = 0): Promise<Smoothness> {
  const times = await page.evaluate(recordFrames, { milliseconds, scroll });
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const span = gaps.reduce((sum, gap) => sum + gap, 0);
  const missed = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME) - 1), 0);
  return {
    rate: (gaps.length / span) * 1_000,
    dropped: missed / (gaps.length + missed),
    longest: Math.max(...gaps),
  };
}

/** Runs in the page. */
function recordFrames({ milliseconds, scroll }: { milliseconds: number; scroll: number }): Promise<number[]> {
  return new Promise((resolve) => {
    const times: number[] = [];
    let step = scroll;
    const frame = (time: number): void => {
      times.push(time);
      if (scroll !== 0) {
        const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
        if (scrollTop + clientHeight >= scrollHeight - 1) step = -scroll;
        if (scrollTop <= 0) step = scroll;
        scrollBy(0, step);
      }
      if (time - (times[0] ?? time) < milliseconds) requestAnimationFrame(frame);
      else resolve(times);
    };
    requestAnimationFrame(frame);
  });
}

/** Milliseconds that the main thread spent in scripts, and in all its tasks, since the page began. */
export async function mainThread(session: CDPSession): Promise<{ script: number; task: number }> {
  const { metrics } = await session.send('Performance.getMetrics');
  const read = (name: string): number =>
    (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1_000;
  return { script: read('ScriptDuration'), task: read('TaskDuration') };
}
