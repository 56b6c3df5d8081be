import type { Candidate, Ranked } from './ranking.ts';

export const OUTCOMES = ['acted', 'later', 'dismissed'] as const;
/** How an agent dealt with a badge: acted on it, put it off, or said that it does not fit. */
export type Outcome = (typeof OUTCOMES)[number];

/** One thing an agent did about a badge of one customer. */
export interface Dealing {
  readonly badge: string;
  readonly outcome: Outcome;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The contact it was in, such as the id of a call or a TMF683 interaction. */
  readonly contact?: string;
}

/** What decides which badges are shown. All durations are milliseconds. */
export interface Limits {
  /** How many are shown at once; the others are folded. */
  readonly atOnce: number;
  /** For how long a badge stays away after "later". */
  readonly snooze: number;
  /** How many badges an agent is shown in an hour before only the urgent ones are. */
  readonly perHour: number;
}

export const DEFAULT_LIMITS: Limits = { atOnce: 3, snooze: 30 * 60_000, perHour: 60 };

/** A candidate with the durations of its rule. */
export interface Governed extends Candidate {
  /** After it began to hold it is shown for so long. */
  readonly expires: number;
  /** After it was dealt with it stays away for so long. */
  readonly coolDown: number;
}

export interface Situation {
  readonly now: number;
  /** The present contact. */
  readonly contact?: string;
  /** What was done about badges of this customer, by anybody, in any tab. */
  readonly dealings: readonly Dealing[];
  /** How many badges this agent was shown in the last hour. */
  readonly shownInLastHour: number;
}

export interface Selection<T extends Governed> {
  readonly shown: readonly T[];
  /** What does not fit, in order. */
  readonly folded: readonly T[];
}

/** Which badges are shown now, of those that are due, in their order. */
export function select<T extends Governed>(
  ranked: readonly Ranked<T>[],
  situation: Situation,
  limits: Limits = DEFAULT_LIMITS,
): Selection<T> {
  const due = ranked
    .map(({ candidate }) => candidate)
    .filter((candidate) => isDue(candidate, situation, limits));
  const isTired = situation.shownInLastHour >= limits.perHour;
  const wanted = isTired ? due.filter(isUrgent) : due;
  return {
    shown: wanted.slice(0, limits.atOnce),
    folded: [...wanted.slice(limits.atOnce), ...(isTired ? due.filter((each) => !isUrgent(each)) : [])],
  };
}

const isUrgent = ({ severity }: Candidate): boolean => severity === 'critical';

function isDue(candidate: Governed, { now, contact, dealings }: Situation, { snooze }: Limits): boolean {
  if (now - candidate.since >= candidate.expires) return false;
  return dealings.every(({ badge, outcome, at, contact: inContact }) => {
    if (badge !== candidate.id) return true;
    // Dealt with is dealt with: not again in the same contact, whatever the durations say.
    if (outcome !== 'later' && contact !== undefined && inContact === contact) return false;
    return now - at >= (outcome === 'later' ? snooze : candidate.coolDown);
  });
}

const UNITS = { D: 86_400_000, H: 3_600_000, M: 60_000 } as const;

/** Milliseconds of a duration as rules write it, such as `P7D`, `PT12H` or `PT30M`. */
export function durationOf(text: string): number {
  const [, amount, unit] = /^PT?(\d+)([DHM])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined)
    throw new TypeError(`"${text}" is not a duration of a rule.`);
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}
