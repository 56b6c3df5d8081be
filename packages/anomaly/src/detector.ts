import { Arena } from './arena.ts';
import { Clock } from './clock.ts';
import { Episode } from './episode.ts';
import { Evidence } from './evidence.ts';
import { Habituation } from './habituation.ts';
import { band, Rhythm, type Forecast } from './rhythm.ts';
import { Tail } from './tail.ts';
import type { AnomalyReason, Assessment, Detector, DetectorOptions, IgnoredBecause } from './types.ts';

/** A score from here on is an anomaly. */
export const anomalyThreshold = 0.5;

/** A score of 1 stands for so many powers of ten. */
const decades = 4;
/** Larger values count as this one, so that their squares stay numbers. No measurement is that large. */
const largest = 1e18;
/** So many intervals without a value are silence, when longer gaps were not usual before. */
const patience = 4;

/**
 * Makes a detector for one series. It needs no training and no settings.
 *
 * @throws {@link AnomalyError} `anomaly/state-broken` or `anomaly/state-newer` when `options.state` cannot be read.
 */
export function createDetector(options: DetectorOptions = {}): Detector {
  return new SeriesDetector(new Arena(options.state));
}

/** What was found at one point, before what is known already is taken off. */
interface Finding {
  surprise: number;
  reason: AnomalyReason;
  since: number;
}

class SeriesDetector implements Detector {
  readonly #arena: Arena;
  readonly #clock: Clock;
  readonly #episode: Episode;
  readonly #habituation: Habituation;
  readonly #rhythm: Rhythm;
  readonly #evidence: Evidence;
  readonly #gaps: Tail;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#clock = new Clock(arena);
    this.#episode = new Episode(arena);
    this.#habituation = new Habituation(arena);
    const rhythmNumbers = Rhythm.doubles(arena);
    const evidenceNumbers = Evidence.doubles(arena);
    const levelNumbers = Evidence.levelDoubles(arena);
    this.#gaps = new Tail(arena);
    this.#rhythm = new Rhythm(rhythmNumbers, arena);
    this.#evidence = new Evidence(evidenceNumbers, levelNumbers, arena);
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
    const surprise = this.#gaps.surprise(gap, seen - 1);
    const finding: Finding = { surprise, reason: 'silence', since: last + interval };
    return this.#report(time, null, finding, this.#rhythm.forecast(time));
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
    if (this.#episode.reason === 'silence') this.#episode.end();
    this.#episode.follow(counted >= lower && counted <= upper);
    return this.#report(time, value, { surprise, reason, since: time }, forecast);
  }

  #report(time: number, value: number | null, finding: Finding, forecast: Forecast): Assessment {
    const { seen } = this.#clock;
    const news = (finding.surprise - this.#habituation.at(seen)) / decades;
    const score = Math.max(0, Math.min(1, news));
    const isAnomaly = score >= anomalyThreshold;
    if (isAnomaly) {
      this.#habituation.discovered(seen, finding.surprise);
      this.#episode.begin(finding.since, finding.reason);
    }
    return this.#answer({ time, value, score, isAnomaly }, forecast);
  }

  #ignore(time: number, value: number | null, ignored?: IgnoredBecause): Assessment {
    const forecast = this.#rhythm.forecast(Number.isFinite(time) ? time : this.#clock.last);
    const finite = value !== null && Number.isFinite(value) ? value : null;
    const answer = this.#answer({ time, value: finite, score: 0, isAnomaly: false }, forecast);
    return ignored ? { ...answer, ignored } : answer;
  }

  #answer(
    { time, value, score, isAnomaly }: Pick<Assessment, 'time' | 'value' | 'score' | 'isAnomaly'>,
    forecast: Forecast,
  ): Assessment {
    const nothing = this.#clock.seen === 0;
    const { expected } = forecast;
    const { lower, upper } = band(forecast);
    const answer: Assessment = nothing
      ? { time, value, score, isAnomaly, expected: null, lower: null, upper: null }
      : { time, value, score, isAnomaly, expected, lower, upper };
    const { since, reason } = this.#episode;
    if (since === undefined || reason === undefined) return answer;
    answer.since = since;
    answer.reason = reason;
    return answer;
  }
}
