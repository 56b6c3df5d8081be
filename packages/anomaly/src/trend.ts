import type { Moments } from './moments.ts';

/** Below so many values the long mean is not yet far enough behind the middle one. */
const fewest = 600;
/** The slopes of two stretches are one when neither is more than so many times the other. */
const alike = 2;

/** A mean with what it remembers, in values. */
export interface Stretch {
  readonly memory: number;
  readonly of: Moments;
}

/**
 * Whether the series has been rising or falling steadily. A moving mean lags behind by a number of values that is known; so
 * the distance between two means, over the distance of their lags, is the slope of the stretch between them (R. G. Brown,
 * "Smoothing, Forecasting and Prediction of Discrete Time Series", 1963). It is a trend when the younger and the older
 * stretch rise alike, and by more than the values scatter. After a jump they do not: the younger stretch is flat again.
 *
 * @param stretches - The shortest memory first.
 */
export function isTrend(stretches: readonly [Stretch, Stretch, Stretch], seen: number): boolean {
  if (seen < fewest) return false;
  const [short, middle, long] = stretches;
  const rise = middle.of.mean - long.of.mean;
  if (Math.abs(rise) <= short.of.deviation) return false;
  const older = rise / (lagOf(long.memory, seen) - lagOf(middle.memory, seen));
  const younger = (short.of.mean - middle.of.mean) / (lagOf(middle.memory, seen) - lagOf(short.memory, seen));
  const ratio = younger / older;
  return ratio > 1 / alike && ratio < alike;
}

/** By how many values a mean of this memory is behind: the half of what it has, until it begins to forget. */
function lagOf(memory: number, seen: number): number {
  if (seen <= memory) return (seen - 1) / 2;
  return (memory - 1) * (1 - Math.exp((memory - seen) / memory) / 2);
}
