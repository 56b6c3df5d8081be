/** A 32-bit hash of whole numbers: the same everywhere, and spread evenly. */
export function hash(...parts: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    state = Math.imul(state ^ (part | 0), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return state >>> 0;
}

export function hashText(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

/** A number in [0, 1) that belongs to these whole numbers. */
export const fraction = (...parts: readonly number[]): number => hash(...parts) / 0x1_0000_0000;

/**
 * Smooth noise in [-1, 1] that can be asked for any moment: random values on a grid of `period`, blended between grid
 * points. Neighbouring moments are alike, as in a real series.
 */
export function smoothNoise(key: number, time: number, period: number): number {
  const position = time / period;
  const cell = Math.floor(position);
  const along = position - cell;
  const blend = along * along * (3 - 2 * along);
  const low = gridValue(key, cell);
  return (low + (gridValue(key, cell + 1) - low) * blend) * 2 - 1;
}

/** A moment in epoch milliseconds does not fit 32 bits, so a grid cell is hashed in two halves. */
const gridValue = (key: number, cell: number): number =>
  fraction(key, cell, Math.floor(cell / 0x1_0000_0000));

const OCTAVES = [
  { period: 2_000, weight: 0.3 },
  { period: 11_000, weight: 0.35 },
  { period: 70_000, weight: 0.35 },
] as const;

/** Noise with quick, middling and slow parts, in [-1, 1]. */
export function layeredNoise(key: number, time: number): number {
  return OCTAVES.reduce(
    (sum, { period, weight }, octave) => sum + weight * smoothNoise(hash(key, octave), time, period),
    0,
  );
}
