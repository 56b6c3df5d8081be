import * as v from './valibot.js';
import type { JioAssistError } from '../errors.js';
import { parseList, parseShape } from './parse.js';
import type { CallOptions, Requests } from './request.js';

const FactsSchema = v.object({ facts: v.record(v.string(), v.record(v.string(), v.unknown())) });

/**
 * What the gateway knows about a customer, by group and fact; which those are, the badge rules say.
 *
 * @group Badges
 */
export type GivenFacts = Record<string, Record<string, unknown>>;

const DealingSchema = v.object({
  id: v.string(),
  badge: v.string(),
  outcome: v.picklist(['acted', 'later', 'dismissed']),
  at: v.pipe(
    v.string(),
    v.transform((date) => Date.parse(date)),
    v.number(),
  ),
  contact: v.exactOptional(v.string()),
});

/**
 * What an agent did about a badge; `at` in epoch milliseconds.
 *
 * @group Badges
 * @interface
 */
export type BadgeDealing = v.InferOutput<typeof DealingSchema>;

const ExperienceSchema = v.object({
  badge: v.string(),
  shown: v.number(),
  acted: v.number(),
  dismissed: v.number(),
});

/**
 * How a badge did with this agent in the last month.
 *
 * @group Badges
 * @interface
 */
export type BadgeExperience = v.InferOutput<typeof ExperienceSchema>;

/** Calls of the gateway's API for badges, `/jioassist/v1/badge…`. Dealings are told by `commands`. */
export class BadgeApi {
  readonly #baseUrl: string;
  readonly #requests: Requests;
  readonly #report: (error: JioAssistError) => void;

  constructor(baseUrl: string, requests: Requests, report: (error: JioAssistError) => void) {
    this.#baseUrl = baseUrl;
    this.#requests = requests;
    this.#report = report;
  }

  /** The rules in force, unread: the engine that runs them reads them. */
  ruleSet(options: CallOptions = {}): Promise<unknown> {
    return this.#requests.getJson(`${this.#baseUrl}/badgeRuleSet`, options);
  }

  async facts(customerId: string, options: CallOptions = {}): Promise<GivenFacts> {
    const answer = await this.#requests.getJson(this.#about('customerFacts', customerId), options);
    return parseShape(FactsSchema, answer, 'CustomerFacts').facts;
  }

  /** What was done about badges of a customer by anybody, newest first. */
  async dealings(customerId: string, options: CallOptions = {}): Promise<BadgeDealing[]> {
    const answer = await this.#requests.getJson(this.#about('badgeDealing', customerId), options);
    return parseList(DealingSchema, answer, 'BadgeDealing', this.#report);
  }

  async experience(options: CallOptions = {}): Promise<BadgeExperience[]> {
    const answer = await this.#requests.getJson(`${this.#baseUrl}/badgeExperience`, options);
    return parseList(ExperienceSchema, answer, 'BadgeExperience', this.#report);
  }

  #about(path: string, customerId: string): string {
    return `${this.#baseUrl}/${path}?customerId=${encodeURIComponent(customerId)}`;
  }
}
