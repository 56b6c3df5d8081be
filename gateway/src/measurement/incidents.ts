import { istDay, istHour } from './daily-rhythm.ts';
import { fraction, hash, smoothNoise } from './noise.ts';

export const conditions = ['cellCongestion', 'fibreDegradation', 'signalDips'] as const;
/** Something wrong with a cell or an OLT. */
export type Condition = (typeof conditions)[number];

/** What is wrong with a service at one moment, each from 0 (nothing) to 1 (as bad as it gets). */
export type Severity = { readonly [condition in Condition]: number };

export interface Plant {
  /** Of the cell or OLT: services on the same one suffer together. */
  readonly key: number;
  readonly technology: 'fibre' | '4G' | '5G';
  /** A fault that is there at every hour. */
  readonly standing?: Condition;
}

const MINUTE = 60_000;
const DEGRADATION_SLOT = 6 * 60 * MINUTE;

export function severityAt(plant: Plant, time: number): Severity {
  const mobile = plant.technology !== 'fibre';
  return {
    cellCongestion: mobile
      ? Math.max(standing(plant, 'cellCongestion', time), eveningCongestion(plant, time))
      : 0,
    fibreDegradation: mobile
      ? 0
      : Math.max(standing(plant, 'fibreDegradation', time), degradation(plant, time)),
    signalDips: mobile ? dip(plant, time) : 0,
  };
}

/** A standing fault swells and eases, as real ones do, but never goes away. */
function standing(plant: Plant, condition: Condition, time: number): number {
  if (plant.standing !== condition) return 0;
  return 0.75 + 0.25 * smoothNoise(hash(plant.key, 1), time, 4 * MINUTE);
}

/** One cell in four is too small for some evenings: it fills from about half past seven to eleven. */
function eveningCongestion(plant: Plant, time: number): number {
  const day = istDay(time);
  if (fraction(plant.key, 2) > 0.25 || fraction(plant.key, 3, day) > 0.6) return 0;
  const start = 19 + fraction(plant.key, 4, day) * 1.5;
  return plateau(istHour(time), start, start + 2.5, 0.5);
}

/** Now and then an optical path degrades for some hours. */
function degradation(plant: Plant, time: number): number {
  const slot = Math.floor(time / DEGRADATION_SLOT);
  if (fraction(plant.key, 5, slot) > 0.04) return 0;
  const within = (time % DEGRADATION_SLOT) / DEGRADATION_SLOT;
  return plateau(within, 0.2, 0.6, 0.03);
}

/** Losses of signal: a second now and then on a sound cell, half a minute several times an hour on a faulty one. */
const DIPS = {
  sound: { slot: 20 * MINUTE, chance: 0.08, shortest: 500, spread: 1_000, slope: 700 },
  faulty: { slot: 90_000, chance: 0.8, shortest: 12_000, spread: 25_000, slope: 4_000 },
} as const;

function dip(plant: Plant, time: number): number {
  const { slot, chance, shortest, spread, slope } =
    DIPS[plant.standing === 'signalDips' ? 'faulty' : 'sound'];
  const number = Math.floor(time / slot);
  if (fraction(plant.key, 6, number) > chance) return 0;
  const start = fraction(plant.key, 7, number) * 0.5 * slot;
  const length = shortest + fraction(plant.key, 8, number) * spread;
  return plateau(time - number * slot, start, start + length, slope);
}

/** 1 between start and end, with slopes of the given width outside. */
function plateau(at: number, start: number, end: number, slope: number): number {
  const rise = (at - (start - slope)) / slope;
  const fall = (end + slope - at) / slope;
  return Math.max(0, Math.min(1, rise, fall));
}
