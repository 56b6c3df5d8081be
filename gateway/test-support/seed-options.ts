import type { SeedOptions } from '../src/seed/seed.ts';

/** A small demonstration that has something of everything. */
export const defaultSeed: SeedOptions = {
  seed: 7,
  customers: 8,
  now: Date.now(),
  onProgress: () => undefined,
};
