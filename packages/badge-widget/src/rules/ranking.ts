import type { Severity } from './rule-set-schema.ts';

/** What can become a badge: a rule that holds, or an offer. */
export interface Candidate {
  /** The rule's id, or `offer:` and the id of the recommendation. */
  readonly id: string;
  readonly severity: Severity;
  /** How sure this is, 0 to 1. */
  readonly confidence: number;
  /** What acting on it is worth, 0 to 1. */
  readonly value?: number;
  /** When it began to hold, in epoch milliseconds. */
  readonly since: number;
}

/** How agents have dealt with a badge before. */
export interface Experience {
  readonly shown: number;
  readonly acted: number;
  readonly dismissed: number;
}

export interface Ranked<T extends Candidate> {
  readonly candidate: T;
  /** 0 to 1; only the order means anything. */
  readonly score: number;
}

const URGENCY: Readonly<Record<Severity, number>> = {
  critical: 1,
  warning: 0.7,
  opportunity: 0.45,
  info: 0.35,
};
/** After this time what is new has lost half of its advantage. */
const HALF_LIFE_MS = 24 * 3_600_000;
/** So many showings count before those that were seen: one dismissal says little. */
const PRIOR = { acted: 1, dismissed: 1 };

/**
 * Orders candidates, the best first, by one measure for rules and offers: urgency and confidence lead, what it is worth and
 * how new it is break near ties, and what agents keep dismissing sinks.
 */
export function rank<T extends Candidate>(
  candidates: readonly T[],
  experienceOf: (id: string) => Experience | undefined,
  now: number,
): Ranked<T>[] {
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(candidate, experienceOf(candidate.id), now) }))
    .sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1));
}

function scoreOf(
  { severity, confidence, value = 0, since }: Candidate,
  experience: Experience | undefined,
  now: number,
): number {
  const freshness = 0.5 ** (Math.max(0, now - since) / HALF_LIFE_MS);
  const merit = 0.75 + 0.15 * value + 0.1 * freshness;
  const score = URGENCY[severity] * confidence * merit;
  // What is critical is shown however often it was dismissed.
  return severity === 'critical' ? score : score * usefulness(experience);
}

/** 1 for what agents always act on, 0.5 for what they always dismiss. */
function usefulness(experience: Experience | undefined): number {
  const acted = (experience?.acted ?? 0) + PRIOR.acted;
  const dismissed = (experience?.dismissed ?? 0) + PRIOR.dismissed;
  return 0.5 + (0.5 * acted) / (acted + dismissed);
}
