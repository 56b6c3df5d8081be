import { Arena } from './arena.ts';
import { Clock } from './clock.ts';
import { Episode } from './episode.ts';
import { Evidence } from './evidence.ts';
import { band, Rhythm, type Forecast } from './rhythm.ts';
import { Tail } from './tail.ts';
import type { AnomalyReason, Assessment, Detector, DetectorOptions, IgnoredBecause } from './types.ts';

/**
 * A score from here on is an anomaly. A score is the share of seven powers of ten: 0.5 says that by the series' own
 * past the chance of such a value is about 1 in 3,000 (10^-3.5), and 1 that it is 1 in 10 million or less.
 */
export const anomalyThreshold = 0.5;

const decades = 7;
/** The score of what belongs to an anomaly that is known already stays below the threshold. */
const known = 0.99 * anomalyThreshold;
/** Larger values count as this one, so that their squares stay numbers. No measurement is that large. */
const largest = 1e30;
/** So many intervals without a value are silence, when longer gaps were not usual before. */
const patience = 4;

/**
 * Makes a detector for one series. It needs no training and no settings: see {@link Evidence} for how it decides.
 *
 * @throws {@link AnomalyError} `anomaly/state-broken` or `anomaly/state-newer` when `state` cannot be read.
 */
export function createDetector(options: DetectorOptions = {}): Detector {
  return new SeriesDetector(new Arena(options.state));
}

class SeriesDetector implements Detector {
  readonly #arena: Arena;
  readonly #clock: Clock;
  readonly #episode: Episode;
  readonly #rhythm: Rhythm;
  readonly #evidence: Evidence;
  readonly #gaps: Tail;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#clock = new Clock(arena);
    this.#episode = new Episode(arena);
    const rhythmNumbers = Rhythm.doubles(arena);
    const evidenceNumbers = Evidence.doubles(arena);
    const bins = Rhythm.bins(arena);
    this.#gaps = new Tail(arena);
    this.#evidence = new Evidence(evidenceNumbers, arena);
    this.#rhythm = new Rhythm(rhythmNumbers, bins, arena);
  }

  observe(time: number, value: number | null): Assessment {
    if (!Number.isFinite(time)) return this.#ignore(time, value, 'not a number');
    if (value === null || !Number.isFinite(value)) {
      return { ...this.silence(time), ignored: 'not a number' };
    }
    const before = this.#clock.last;
    const ignored = this.#clock.accept(time);
    if (ignored) return this.#ignore(time, value, ignored);
    if (this.#clock.seen > 1) this.#gaps.learn(Math.max(0, time - before), this.#clock.seen - 1);
    return this.#assess(time, value);
  }

  silence(time: number): Assessment {
    const gap = time - this.#clock.last;
    const usual = this.#clock.interval;
    if (!(gap > patience * usual) || usual === 0) return this.#ignore(time, null);
    const surprise = this.#gaps.surprise(gap, this.#clock.seen - 1);
    return this.#report(
      time,
      null,
      this.#clock.last + usual,
      surprise,
      'silence',
      this.#rhythm.forecast(time),
    );
  }

  toState(): Uint8Array {
    return this.#arena.toState();
  }

  #assess(time: number, value: number): Assessment {
    const counted = Math.max(-largest, Math.min(largest, value));
    const { seen, interval } = this.#clock;
    const forecast = this.#rhythm.forecast(time);
    const { surprise, reason } = this.#evidence.take(counted, forecast);
    this.#rhythm.learn(time, counted, seen, interval);
    const { lower, upper } = band(forecast);
    this.#episode.follow(counted >= lower && counted <= upper);
    return this.#report(time, value, time, surprise, reason, forecast);
  }

  #report(
    time: number,
    value: number | null,
    since: number,
    surprise: number,
    reason: AnomalyReason,
    forecast: Forecast,
  ): Assessment {
    const { seen } = this.#clock;
    let score = Math.min(1, surprise / decades);
    const isNews = score >= anomalyThreshold && this.#episode.isNews(surprise, seen);
    if (isNews) this.#episode.begin(since, reason, surprise, seen);
    else score = Math.min(score, known);
    return this.#answer({ time, value, score, isAnomaly: isNews }, forecast);
  }

  #ignore(time: number, value: number | null, ignored?: IgnoredBecause): Assessment {
    const forecast = this.#rhythm.forecast(Number.isFinite(time) ? time : this.#clock.last);
    const finite = value !== null && Number.isFinite(value) ? value : null;
    const answer = this.#answer({ time, value: finite, score: 0, isAnomaly: false }, forecast);
    return ignored ? { ...answer, ignored } : answer;
  }

  #answer(point: Pick<Assessment, 'time' | 'value' | 'score' | 'isAnomaly'>, forecast: Forecast): Assessment {
    const nothing = this.#clock.seen === 0;
    const { lower, upper } = band(forecast);
    const answer: Assessment = {
      ...point,
      expected: nothing ? null : forecast.expected,
      lower: nothing ? null : lower,
      upper: nothing ? null : upper,
    };
    const { since, reason } = this.#episode;
    if (since !== undefined) answer.since = since;
    if (reason !== undefined) answer.reason = reason;
    return answer;
  }
}
