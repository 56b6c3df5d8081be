/** Why a value is out of the ordinary, in the words a person uses. */
export const anomalyReasons = [
  'spike',
  'level shift',
  'drift',
  'variance',
  'periodicity broken',
  'silence',
] as const;

/** One of {@link anomalyReasons}. */
export type AnomalyReason = (typeof anomalyReasons)[number];

/** Why a point was not looked at. It changes nothing in the detector. */
export type IgnoredBecause = 'not a number' | 'duplicate' | 'out of order';

/** What the detector says about one point. */
export interface Assessment {
  /** The point's time, in milliseconds since 1970 (UTC). */
  time: number;
  /** The value as it was given; `null` when none came or it was not a finite number. */
  value: number | null;
  /** 0 (ordinary) to 1. See {@link anomalyThreshold} for what the number means. */
  score: number;
  /** Whether a new anomaly was found at this point: `score >= anomalyThreshold`. */
  isAnomaly: boolean;
  /** The value that was to be expected, in the unit of the series; `null` until there is something to go by. */
  expected: number | null;
  /** Lower end of the band in which about 999 of 1,000 ordinary values lie. */
  lower: number | null;
  /** Upper end of that band. */
  upper: number | null;
  /** What kind of anomaly the present one is. There while one lasts. */
  reason?: AnomalyReason;
  /** When the present anomaly began, in milliseconds since 1970 (UTC). There while one lasts. */
  since?: number;
  /** Why the point was left out. */
  ignored?: IgnoredBecause;
}

/** A detector of one series. */
export interface Detector {
  /**
   * Assesses one value. It never throws: what is no finite number, or comes twice or too late, is told by `ignored`.
   *
   * @param time - Milliseconds since 1970 (UTC).
   * @param value - The measured value in the unit of the series; `null` when the measurement failed.
   */
  observe(time: number, value: number | null): Assessment;
  /**
   * Assesses that no value came until now. Ask as often as you like: asking changes only what `since` tells.
   *
   * @param time - The present, in milliseconds since 1970 (UTC).
   */
  silence(time: number): Assessment;
  /** Everything the detector knows, at most 4,096 bytes. `createDetector({ state })` goes on exactly from here. */
  toState(): Uint8Array;
}

/** Options of {@link createDetector}. */
export interface DetectorOptions {
  /** What `toState` gave. Left out, the detector knows nothing yet. */
  state?: Uint8Array;
}
