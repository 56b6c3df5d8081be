const halfHour = 1_800_000;

/** What comes again: so many parts, each so many milliseconds wide. Parts lie where UTC puts them, which is as good as any. */
export interface Cycle {
  readonly parts: number;
  readonly width: number;
}

export const day: Cycle = { parts: 48, width: halfHour };
export const week: Cycle = { parts: 168, width: 2 * halfHour };

/** In which part of the cycle the time lies, from 0. */
export function partAt({ parts, width }: Cycle, time: number): number {
  return remainder(Math.floor(time / width), parts);
}

// What `%` gives for positive numbers, also for negative ones, and several times as fast.
function remainder(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}

/** How many values come in one part. */
export function valuesOfPart({ width }: Cycle, interval: number): number {
  return Math.max(1, width / Math.max(interval, 1));
}

/** How many values this part had since `first`, with the one at `time`. Worked out, it needs no counter for each part. */
export function valuesSeen(cycle: Cycle, time: number, first: number, interval: number): number {
  const elapsed = time - first;
  const rounds = Math.floor(elapsed / (cycle.parts * cycle.width));
  const now = Math.min(elapsed, remainder(time, cycle.width));
  return 1 + rounds * valuesOfPart(cycle, interval) + Math.floor(now / Math.max(interval, 1));
}
