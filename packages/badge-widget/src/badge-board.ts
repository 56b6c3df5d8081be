import type { BadgeDealing, BadgeExperience, GivenFacts, Recommendation } from '@jioassist/core-sdk';
import { valueAt, type CustomerFacts } from './rules/fact-model.ts';
import { durationOf, select, type Governed } from './rules/governance.ts';
import { rank } from './rules/ranking.ts';
import type { RuleEngine, RuleFailure } from './rules/rule-engine.ts';
import type { Rule } from './rules/rule-set-schema.ts';
import { fillText, formatFact } from './rules/rule-text.ts';
import type { BadgeAction, BadgeView } from './badge-view.js';
import { OFFER_CONFIDENCE, offerFor, offersOf, offerView } from './offers.js';
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

const OFFER = { confidence: OFFER_CONFIDENCE, expires: durationOf('P14D'), coolDown: durationOf('P7D') };
const SNOOZE = durationOf('PT30M');
const PER_HOUR = 60;
const SAME_CONTACT = durationOf('PT1H');

/** The rules of the gateway at work for one customer at a time. */
export class BadgeBoard {
  #runner: Runner;
  #engine: RuleEngine;
  /** When each badge began to hold. */
  #since = new Map<string, number>();

  constructor(runner: Runner) {
    this.#runner = runner;
    this.#engine = runner.newEngine();
  }

  /** Other rules for the same customer: what holds still holds since when it began. */
  use(runner: Runner): void {
    this.#runner = runner;
    this.#engine = runner.newEngine();
  }

  /**
   * The contact that goes on. One contact is one customer being opened on a page; it goes on, over reloads and in other tabs, as
   * long as something was dealt with in it within the last hour.
   */
  contactOf(dealings: readonly BadgeDealing[], now: number): string | undefined {
    return dealings.find(({ at, contact }) => contact !== undefined && now - at < SAME_CONTACT)?.contact;
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
    const rules = matches.map((rule) => this.#fromRule(rule, known, now, recommendations));
    const offers = this.#offers(recommendations, rules, now);
    const postings = [...rules, ...offers];
    this.#since = new Map(postings.map(({ id, since }) => [id, since]));
    const before = new Map(experience.map((each) => [each.badge, each]));
    const ranked = rank(postings, (id) => before.get(id), now);
    const limits = { atOnce, snooze: SNOOZE, perHour: PER_HOUR };
    const { shown, folded } = select(ranked, { now, contact, dealings, shownInLastHour }, limits);
    return { shown: shown.map(({ view }) => view), folded: folded.map(({ view }) => view), failures };
  }

  #fromRule(
    rule: Rule,
    facts: CustomerFacts,
    now: number,
    recommendations: readonly Recommendation[],
  ): Posting {
    return {
      id: rule.id,
      severity: rule.severity,
      confidence: rule.confidence,
      ...(rule.value !== undefined && { value: rule.value }),
      since: this.#since.get(rule.id) ?? now,
      expires: durationOf(rule.expires),
      coolDown: durationOf(rule.coolDown),
      view: viewOf(rule, facts, recommendations),
    };
  }

  /** Each offering once, and none that a badge of a rule already leads to. */
  #offers(recommendations: readonly Recommendation[], rules: readonly Posting[], now: number): Posting[] {
    const actions = rules.flatMap(({ view }) => view.actions);
    const taken = new Set(actions.flatMap(({ kind, target }) => (kind === 'offer' ? [target] : [])));
    const views = new Map(offersOf(recommendations).map((offer) => [offer.id, offer]));
    return [...views.values()]
      .filter(({ target }) => !taken.has(target))
      .map((offer) => ({
        id: offer.id,
        severity: 'opportunity',
        since: this.#since.get(offer.id) ?? now,
        ...OFFER,
        view: offerView(offer),
      }));
  }
}

function viewOf(rule: Rule, facts: CustomerFacts, recommendations: readonly Recommendation[]): BadgeView {
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
    sources: [...new Set(known.map((path) => path.split('.')[0] ?? ''))],
    actions: rule.actions.map(({ id, kind, target = '', label }): BadgeAction => {
      const offer = kind === 'offer' ? offerFor(target, recommendations) : undefined;
      const text = (locale: string) => fillText(label, facts, locale);
      return {
        id,
        kind,
        target: offer?.target ?? target,
        label: (locale) => (offer ? `${text(locale)}: ${offer.name}` : text(locale)),
      };
    }),
  };
}

const isFactPath = (path: string): path is `${string}.${string}` => path.includes('.');
