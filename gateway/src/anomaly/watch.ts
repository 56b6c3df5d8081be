import type { AnomalyReason, Assessment } from '@jioassist/anomaly/source';
import type { IndicatorId } from '../measurement/indicators.ts';
import type { Technology } from '../measurement/network.ts';
import type { Limit } from './limits.ts';
import type { Objective } from './objectives.ts';
import { isBeyond, isFelt, severities, severityOf, type Severity } from './rules.ts';

export type Reason = AnomalyReason | 'objective breach';

/** What is wrong with one indicator of one service. Times are epoch milliseconds, values in the indicator's unit. */
export interface Finding {
  readonly reason: Reason;
  readonly severity: Severity;
  readonly score: number;
  readonly value: number | null;
  /** What was usual before, with its band; missing where that is not known. */
  readonly expected?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly since: number;
  readonly lastGood?: number;
  /** The objective that is not kept. */
  readonly breached?: Objective;
}

export interface Observation {
  readonly time: number;
  readonly value: number | null;
  readonly assessment: Assessment;
  readonly objective: Objective | undefined;
  readonly limit: Limit;
}

/** All a watch remembers, as JSON. */
export interface WatchState {
  readonly seen: number;
  readonly usual?: number;
  /** How far values usually are from the usual one, as the root of the mean square. */
  readonly spread?: number;
  readonly halfBand?: number;
  readonly time?: number;
  readonly lastGood?: number;
  readonly suspectSince?: number;
  readonly episode?: { readonly reason: AnomalyReason; readonly score: number; readonly at: number };
  /** One bit for each of the last seconds, the latest lowest. */
  readonly bad: number;
  readonly breaches: number;
  readonly good: number;
  readonly returns: number;
  readonly clearedAt?: number;
  readonly isMuted?: boolean;
  readonly finding?: Finding;
  readonly told?: { readonly at: number; readonly value: number | null };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Before so many values nothing is usual yet. */
const WARM_UP = 60;
/** What is usual is an average over about so many seconds. */
const MEMORY = 180;
/** So many spreads away from usual is a score of 1; half of it is the threshold of the detector. */
const SPREADS = 12;
/** An anomaly that the detector found colours the values of the next minute. */
const EPISODE_LASTS = MINUTE;
const BAD = { of: 6, needed: 4 };
const BREACHES = { of: 10, needed: 8 };
const GOOD_TO_CLEAR = 10;
const LONGEST_TO_CLEAR = 600;
const RETURN_WITHIN = 15 * MINUTE;
const TELL_EVERY = 30 * SECOND;
const TELLING_CHANGE = 0.25;
/** A change that lasts so long, while the detector is calm and the objectives are kept, is how the service now is. */
const NEW_NORMAL_AFTER = 60 * MINUTE;
/** Seconds on both sides of a longer gap say nothing about each other. */
const GAP = MINUTE;

/** Watches one indicator of one service: from what is unusual now and then to one fault that begins and ends. */
export class Watch {
  readonly #indicator: IndicatorId;
  readonly #technology: Technology;
  #state: WatchState;

  constructor(indicator: IndicatorId, technology: Technology, state?: WatchState) {
    this.#indicator = indicator;
    this.#technology = technology;
    this.#state = state ?? { seen: 0, bad: 0, breaches: 0, good: 0, returns: 0 };
  }

  /** What is wrong now, if something is. */
  get finding(): Finding | undefined {
    return this.#state.finding;
  }

  toState(): WatchState {
    return this.#state;
  }

  /** Goes on from an alarm that is open, whatever was remembered. */
  adopt(finding: Finding): void {
    this.#set({ finding, told: { at: finding.since, value: finding.value } });
  }

  /** What is open ends, and nothing begins before the values have been good: somebody has decided so. */
  mute(): void {
    this.#close();
    this.#set({ isMuted: true });
  }

  /** Ends what is open, because it cannot be measured any more; says whether something was. */
  stop(): boolean {
    const wasOpen = this.#state.finding !== undefined;
    this.#close();
    this.#set({ bad: 0, breaches: 0, good: 0 });
    return wasOpen;
  }

  /** Takes the next value; says whether what there is to tell has changed. */
  observe(observation: Observation): boolean {
    const { time, value, assessment } = observation;
    if (this.#state.time !== undefined && Math.abs(time - this.#state.time) > GAP) this.#forgetSeconds();
    this.#set({ time });
    this.#followEpisode(time, assessment);
    const isWorse = this.#isWorse(observation);
    const breaches = this.#isBreach(observation);
    const isBad = isWorse && (value === null || this.#isHot(observation));
    const isGood = !isWorse && !breaches;
    this.#count(time, isBad, breaches, isGood);
    if (isGood && value !== null) this.#learn(value, assessment);
    if (this.#state.finding) return this.#followUp(observation);
    return (isBad || breaches) && this.#consider(observation);
  }

  #set(change: Partial<WatchState>): void {
    this.#state = { ...this.#state, ...change };
  }

  #forgetSeconds(): void {
    this.#state = { ...omit(this.#state, 'suspectSince'), bad: 0, breaches: 0, good: 0 };
  }

  #followEpisode(time: number, { isAnomaly, reason, since, score }: Assessment): void {
    const { episode } = this.#state;
    if (isAnomaly && reason !== undefined) this.#set({ episode: { reason, score, at: time } });
    else if (since !== undefined && episode) this.#set({ episode: { ...episode, at: time } });
  }

  /**
   * The detector tells news: a fault that it has seen lately is none to it, however bad. So what is as many spreads away counts
   * as well.
   */
  #isHot({ time, value, limit }: Observation): boolean {
    const { episode } = this.#state;
    const isNews =
      episode !== undefined && episode.score >= limit.score && time - episode.at <= EPISODE_LASTS;
    return isNews || this.#distance(value) >= limit.score;
  }

  /** How far from usual, as a score. */
  #distance(value: number | null): number {
    const { usual, spread } = this.#state;
    if (value === null || usual === undefined || !spread) return 0;
    return Math.min(1, Math.abs(value - usual) / (SPREADS * spread));
  }

  #isWorse({ value, limit }: Observation): boolean {
    const { usual, seen } = this.#state;
    if (value === null) return true;
    if (usual === undefined || seen < WARM_UP) return false;
    return isFelt(this.#indicator, value, usual, limit.effect, this.#technology);
  }

  #isBreach({ value, objective }: Observation): boolean {
    return (
      value !== null && objective !== undefined && isBeyond(value, objective.tolerance, objective.comparator)
    );
  }

  #count(time: number, isBad: boolean, breaches: boolean, isGood: boolean): void {
    const { suspectSince: suspect, ...state } = this.#state;
    const good = isGood ? state.good + 1 : 0;
    const suspectSince = suspect ?? (isGood ? undefined : time);
    const isOver = good >= BAD.of;
    this.#state = {
      ...state,
      ...(suspectSince !== undefined && !isOver && { suspectSince }),
      bad: shifted(state.bad, isBad, BAD.of),
      breaches: shifted(state.breaches, breaches, BREACHES.of),
      good,
      ...(isGood && !state.finding && suspectSince === undefined && { lastGood: time }),
      ...(good >= GOOD_TO_CLEAR && { isMuted: false }),
    };
  }

  #learn(value: number, { lower, upper }: Assessment): void {
    const { seen, usual = value, spread = 0, halfBand } = this.#state;
    if (this.#state.finding) return;
    const weight = Math.max(1 / (seen + 1), 1 / MEMORY);
    const square = spread ** 2 + ((value - usual) ** 2 - spread ** 2) * weight;
    const half = lower !== null && upper !== null ? (upper - lower) / 2 : halfBand;
    this.#set({
      seen: seen + 1,
      usual: usual + (value - usual) * weight,
      spread: Math.sqrt(square),
      ...(half !== undefined && { halfBand: half }),
    });
  }

  #consider(observation: Observation): boolean {
    const { bad, breaches, isMuted, clearedAt, returns } = this.#state;
    const isAnomalous = ones(bad) >= BAD.needed;
    if (isMuted || (!isAnomalous && ones(breaches) < BREACHES.needed)) return false;
    const { time, value } = observation;
    const cameBack = clearedAt !== undefined && time - clearedAt <= RETURN_WITHIN;
    this.#set({
      finding: this.#describe(observation, isAnomalous),
      told: { at: time, value },
      returns: cameBack ? returns + 1 : 0,
      good: 0,
    });
    return true;
  }

  #describe(observation: Observation, isAnomalous: boolean): Finding {
    const { time, value, objective } = observation;
    const { usual, halfBand = 0, suspectSince = time, lastGood, episode } = this.#state;
    const breached = this.#isBreach(observation) ? objective : undefined;
    return {
      reason: reasonOf(value, isAnomalous, episode?.reason),
      severity: severityOf(this.#indicator, value, objective),
      score: this.#scoreOf(observation),
      value,
      ...(isAnomalous &&
        usual !== undefined && { expected: usual, lower: usual - halfBand, upper: usual + halfBand }),
      since: suspectSince,
      ...(lastGood !== undefined && { lastGood }),
      ...(breached && { breached }),
    };
  }

  #scoreOf({ time, value, assessment }: Observation): number {
    const { episode } = this.#state;
    if (value === null) return 1;
    const found = episode && time - episode.at <= EPISODE_LASTS ? episode.score : assessment.score;
    return Math.max(found, this.#distance(value));
  }

  #followUp(observation: Observation): boolean {
    const { good, returns } = this.#state;
    const patience = Math.min(LONGEST_TO_CLEAR, GOOD_TO_CLEAR * 2 ** returns);
    if (good >= patience) return this.#close(observation.time);
    if (this.#isNewNormal(observation)) return this.#settle(observation);
    return this.#update(observation);
  }

  #isNewNormal(observation: Observation): boolean {
    const { finding, episode } = this.#state;
    const { time, value } = observation;
    if (!finding || value === null || this.#isBreach(observation)) return false;
    const isOld = time - finding.since >= NEW_NORMAL_AFTER;
    return isOld && (episode === undefined || time - episode.at >= NEW_NORMAL_AFTER / 2);
  }

  #settle({ time, value }: Observation): boolean {
    this.#set({ seen: WARM_UP, ...(value !== null && { usual: value }) });
    return this.#close(time);
  }

  #close(time?: number): true {
    const rest = omit(this.#state, 'finding', 'told', 'suspectSince');
    this.#state = { ...rest, bad: 0, breaches: 0, ...(time !== undefined && { clearedAt: time }) };
    return true;
  }

  /** An alarm gets worse at once, and never milder before it clears: nobody is helped by one that wavers. */
  #update(observation: Observation): boolean {
    const { finding, told, episode } = this.#state;
    if (!finding || !told || this.#state.good > 0) return false;
    const { time, value, objective } = observation;
    const severity = worst(finding.severity, severityOf(this.#indicator, value, objective));
    const reason = refined(finding.reason, value, episode?.reason);
    const isDue = time - told.at >= TELL_EVERY && isFarFrom(value, told.value);
    if (severity === finding.severity && reason === finding.reason && !isDue) return false;
    const breached = this.#isBreach(observation) ? objective : finding.breached;
    this.#set({
      finding: { ...finding, severity, reason, value, ...(breached && { breached }) },
      told: { at: time, value },
    });
    return true;
  }
}

function omit<T extends object, K extends keyof T>(value: T, ...names: readonly K[]): Omit<T, K> {
  const rest = { ...value };
  for (const name of names) Reflect.deleteProperty(rest, name);
  return rest;
}

const shifted = (bits: number, bit: boolean, length: number): number =>
  ((bits << 1) | (bit ? 1 : 0)) & ((1 << length) - 1);

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest >>= 1) count += rest & 1;
  return count;
}

const worst = (one: Severity, other: Severity): Severity =>
  severities.indexOf(one) >= severities.indexOf(other) ? one : other;

function reasonOf(value: number | null, isAnomalous: boolean, found: AnomalyReason | undefined): Reason {
  if (value === null) return 'silence';
  // What has lasted long enough for an alarm is no spike.
  if (isAnomalous) return found === undefined || found === 'spike' ? 'level shift' : found;
  return 'objective breach';
}

/** Silence explains all; what was a breach or a shift may turn out to be something more telling. */
function refined(reason: Reason, value: number | null, found: AnomalyReason | undefined): Reason {
  if (value === null) return 'silence';
  return reason === 'level shift' && found !== undefined && found !== 'spike' ? found : reason;
}

const isFarFrom = (value: number | null, told: number | null): boolean =>
  value === null || told === null
    ? value !== told
    : Math.abs(value - told) > TELLING_CHANGE * Math.max(Math.abs(told), 1e-9);
