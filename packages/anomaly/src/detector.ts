import { Arena } from './arena.ts';
import { Band, type Limits } from './band.ts';
import { Clock } from './clock.ts';
import { Episode } from './episode.ts';
import { Evidence } from './evidence.ts';
import { Habituation } from './habituation.ts';
import { reasonOf } from './reason.ts';
import { Rhythm } from './rhythm.ts';
import { Tail } from './tail.ts';
import type { Assessment, Detector, DetectorOptions, IgnoredBecause } from './types.ts';

/** A score from here on is an anomaly. */
export const anomalyThreshold = 0.5;

/** A score of 1 stands for so many powers of ten. */
const decades = 4;
/** Larger values count as this one, so that their squares stay numbers. No measurement is that large. */
const largest = 1e18;
/** So many intervals without a value are silence, when longer gaps were not usual before. */
const patience = 4;
/** So many values are too few to expect anything from. */
const fewest = 8;

/**
 * Makes a detector for one series. It needs no training and no settings.
 *
 * @throws {@link AnomalyError} `anomaly/state-broken` or `anomaly/state-newer` when `options.state` cannot be read.
 */
export function createDetector(options: DetectorOptions = {}): Detector {
  return new SeriesDetector(new Arena(options.state));
}

class SeriesDetector implements Detector {
  readonly #arena: Arena;
  readonly #clock: Clock;
  readonly #episode: Episode;
  readonly #habituation: Habituation;
  readonly #rhythm: Rhythm;
  readonly #band: Band;
  readonly #evidence: Evidence;
  readonly #gaps: Tail;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#clock = new Clock(arena);
    this.#episode = new Episode(arena);
    this.#habituation = new Habituation(arena);
    this.#gaps = new Tail(arena);
    this.#rhythm = new Rhythm(arena);
    this.#band = new Band(arena);
    this.#evidence = new Evidence(arena);
  }

  observe(time: number, value: number | null): Assessment {
    if (!Number.isFinite(time)) return this.#ignore(time, value, 'not a number');
    if (value === null || !Number.isFinite(value)) return this.#ignore(time, value, 'not a number');
    const before = this.#clock.last;
    const ignored = this.#clock.accept(time);
    if (ignored) return this.#ignore(time, value, ignored);
    const { seen } = this.#clock;
    if (seen > 1) this.#gaps.learn(Math.max(0, time - before), seen - 1);
    return this.#assess(time, value);
  }

  silence(time: number): Assessment {
    const { last, interval, seen } = this.#clock;
    const gap = time - last;
    const isKnown = this.#episode.reason === 'silence';
    if (isKnown || !(gap > patience * interval) || interval === 0) return this.#ignore(time, null);
    const score = this.#score(this.#gaps.surprise(gap, seen - 1));
    if (score >= anomalyThreshold) this.#episode.begin(last + interval, 'silence');
    return this.#answer(time, null, score, this.#limitsAt(time));
  }

  toState(): Uint8Array {
    return this.#arena.toState();
  }

  #assess(time: number, value: number): Assessment {
    const counted = Math.max(-largest, Math.min(largest, value));
    const { seen, interval } = this.#clock;
    const forecast = this.#rhythm.forecast(time);
    const limits = this.#band.around(forecast, time);
    const { surprise, view } = this.#evidence.take(time, counted, interval, forecast, limits);
    this.#rhythm.learn(time, counted, forecast, seen, interval);
    if (this.#episode.reason === 'silence') this.#episode.end();
    this.#episode.follow(counted > limits.upper ? 1 : counted < limits.lower ? -1 : 0);
    const score = this.#score(surprise);
    if (score >= anomalyThreshold) {
      this.#episode.begin(time, reasonOf(view, counted, this.#evidence, forecast, limits));
    }
    if (this.#episode.reason === undefined) this.#band.learn(counted, forecast, limits, time);
    return this.#answer(time, value, score, limits);
  }

  /** What is left of a surprise after those before it. A discovery makes the next one harder. */
  #score(surprise: number): number {
    if (surprise <= 0) return 0;
    const { seen } = this.#clock;
    const news = surprise - this.#habituation.at(seen);
    const score = Math.max(0, Math.min(1, news / decades));
    if (score >= anomalyThreshold) this.#habituation.discovered(seen, surprise);
    return score;
  }

  #limitsAt(time: number): Limits {
    return this.#band.around(this.#rhythm.forecast(time), time);
  }

  #ignore(time: number, value: number | null, ignored?: IgnoredBecause): Assessment {
    const limits = this.#limitsAt(Number.isFinite(time) ? time : this.#clock.last);
    const answer = this.#answer(time, Number.isFinite(value) ? value : null, 0, limits);
    if (ignored) answer.ignored = ignored;
    return answer;
  }

  #answer(time: number, value: number | null, score: number, limits: Limits): Assessment {
    const isAnomaly = score >= anomalyThreshold;
    const { expected, lower, upper } = limits;
    const answer: Assessment =
      this.#clock.seen > fewest
        ? { time, value, score, isAnomaly, expected, lower, upper }
        : { time, value, score, isAnomaly, expected: null, lower: null, upper: null };
    const { since, reason } = this.#episode;
    if (since === undefined || reason === undefined) return answer;
    answer.since = since;
    answer.reason = reason;
    return answer;
  }
}
