import type { BadgeDealing, BadgeExperience, GivenFacts, Recommendation } from '@jioassist/core-sdk';
import { msg, str } from '@lit/localize';
import { valueAt, type CustomerFacts } from './rules/fact-model.ts';
import { durationOf, select, type Governed } from './rules/governance.ts';
import { rank } from './rules/ranking.ts';
import type { RuleEngine, RuleFailure } from './rules/rule-engine.ts';
import type { Rule } from './rules/rule-set-schema.ts';
import { fillText, formatFact } from './rules/rule-text.ts';
import type { BadgeAction, BadgeView } from './badge-view.js';
import type { Runner } from './rule-runner.js';

/** What decides about badges beside the rules. */
export interface Circumstances {
  readonly facts: GivenFacts;
  readonly recommendations: readonly Recommendation[];
  readonly dealings: readonly BadgeDealing[];
  readonly experience: readonly BadgeExperience[];
  readonly contact: string;
  readonly shownInLastHour: number;
  readonly atOnce: number;
  readonly now: number;
}

export interface Posted {
  readonly shown: readonly BadgeView[];
  readonly folded: readonly BadgeView[];
  readonly failures: readonly RuleFailure[];
}

interface Posting extends Governed {
  readonly view: BadgeView;
}

const OFFER = { confidence: 0.6, expires: durationOf('P14D'), coolDown: durationOf('P7D') };
const SNOOZE = durationOf('PT30M');
const PER_HOUR = 60;

/** The rules of the gateway at work for one customer at a time. */
export class BadgeBoard {
  readonly #runner: Runner;
  #engine: RuleEngine;
  /** When each badge began to hold. */
  #since = new Map<string, number>();

  constructor(runner: Runner) {
    this.#runner = runner;
    this.#engine = runner.newEngine();
  }

  /** Another customer: nothing of the one before counts. */
  clear(): void {
    this.#engine = this.#runner.newEngine();
    this.#since = new Map();
  }

  post({
    facts,
    recommendations,
    dealings,
    experience,
    contact,
    shownInLastHour,
    atOnce,
    now,
  }: Circumstances): Posted {
    const known = facts as CustomerFacts;
    const { matches, failures } = this.#engine.evaluate(known);
    const offers = recommendations.flatMap((each) => offersOf(each));
    const ids = [...matches.map(({ id }) => id), ...offers.map(({ id }) => id)];
    this.#since = new Map(ids.map((id) => [id, this.#since.get(id) ?? now]));
    const postings = [
      ...matches.map((rule) => this.#fromRule(rule, known, now)),
      ...offers.map((view) => this.#fromOffer(view, now)),
    ];
    const before = new Map(experience.map((each) => [each.badge, each]));
    const ranked = rank(postings, (id) => before.get(id), now);
    const limits = { atOnce, snooze: SNOOZE, perHour: PER_HOUR };
    const { shown, folded } = select(ranked, { now, contact, dealings, shownInLastHour }, limits);
    return { shown: shown.map(({ view }) => view), folded: folded.map(({ view }) => view), failures };
  }

  #fromRule(rule: Rule, facts: CustomerFacts, now: number): Posting {
    return {
      id: rule.id,
      severity: rule.severity,
      confidence: rule.confidence,
      ...(rule.value !== undefined && { value: rule.value }),
      since: this.#since.get(rule.id) ?? now,
      expires: durationOf(rule.expires),
      coolDown: durationOf(rule.coolDown),
      view: viewOf(rule, facts),
    };
  }

  #fromOffer(view: BadgeView, now: number): Posting {
    return { id: view.id, severity: 'opportunity', since: this.#since.get(view.id) ?? now, ...OFFER, view };
  }
}

function viewOf(rule: Rule, facts: CustomerFacts): BadgeView {
  const known = rule.evidence.flatMap((path) =>
    isFactPath(path) && valueAt(facts, path) !== undefined ? [path] : [],
  );
  return {
    id: rule.id,
    severity: rule.severity,
    confidence: rule.confidence,
    title: (locale) => fillText(rule.title, facts, locale),
    why: (locale) => fillText(rule.why, facts, locale),
    evidence: (locale) => known.map((path) => [path, formatFact(path, facts, locale)]),
    actions: rule.actions.map(({ id, kind, target, label }): BadgeAction => ({
      id,
      kind,
      target: target ?? '',
      label: (locale) => fillText(label, facts, locale),
    })),
  };
}

const isFactPath = (path: string): path is `${string}.${string}` => path.includes('.');

/** What TMF680 recommends, each item as a badge beside those of the rules. */
function offersOf({ id, recommendationItem }: Recommendation): BadgeView[] {
  return recommendationItem.flatMap((item, index) => {
    const name = item.productOffering?.name ?? item.product?.name ?? '';
    if (name === '') return [];
    return [
      {
        id: `offer:${id}:${item.id ?? index}`,
        severity: 'opportunity' as const,
        confidence: OFFER.confidence,
        title: () => msg(str`Offer ${name}`),
        why: () => msg('Recommended for this customer.'),
        evidence: () => [],
        actions: [
          {
            id: 'make-offer',
            kind: 'offer',
            target: item.productOffering?.id ?? '',
            label: () => msg('Make the offer'),
          },
        ],
      },
    ];
  });
}
