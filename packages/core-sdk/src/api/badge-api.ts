import * as v from './valibot.js';
import { OwnApi } from './own-api.js';
import { parseShape } from './parse.js';
import type { CallOptions } from './request.js';
import { namingCustomer } from './resource-api.js';

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

const StatisticsSchema = v.object({
  ...ExperienceSchema.entries,
  later: v.number(),
  repeatContact: v.number(),
});

/**
 * How a badge did with all agents: in how many contacts it was shown, what was done about it, and after how many of those
 * contacts the customer came again within seven days.
 *
 * @group Badges
 * @interface
 */
export type BadgeStatistics = v.InferOutput<typeof StatisticsSchema>;

const DueSchema = v.object({
  id: v.string(),
  severity: v.nullish(v.string(), ''),
  title: v.nullish(v.record(v.string(), v.string()), {}),
  actions: v.nullish(v.array(v.object({ kind: v.string(), target: v.nullish(v.string(), '') })), []),
});

/**
 * A badge rule that holds for a customer, as far as others than the badges themselves look at it: titles by language, what each
 * action leads to, and `severity`: `critical`, `warning`, `opportunity` or `info`.
 *
 * @group Badges
 * @interface
 */
export type DueBadge = v.InferOutput<typeof DueSchema>;

const ShowingSchema = v.object({ shownInLastHour: v.number() });

/** Calls of the gateway's API for badges, `/jioassist/v1/badge…`. Dealings are told by `commands`. */
export class BadgeApi extends OwnApi {
  /** The rules in force that are meant for this agent, unread: the engine that runs them reads them. */
  ruleSet(options: CallOptions = {}): Promise<unknown> {
    return this.get('badgeRuleSet', { audience: 'own' }, options);
  }

  async facts(customerId: string, options: CallOptions = {}): Promise<GivenFacts> {
    const answer = await this.#about('customerFacts', customerId, options);
    return parseShape(FactsSchema, answer, 'CustomerFacts').facts;
  }

  /** The rules that hold for a customer, evaluated by the gateway. */
  async due(customerId: string, options: CallOptions = {}): Promise<DueBadge[]> {
    return this.readList(DueSchema, await this.#about('badge', customerId, options), 'Badge');
  }

  /** What was done about badges of a customer by anybody, newest first. */
  async dealings(customerId: string, options: CallOptions = {}): Promise<BadgeDealing[]> {
    const answer = await this.#about('badgeDealing', customerId, options);
    return this.readList(DealingSchema, answer, 'BadgeDealing');
  }

  async experience(options: CallOptions = {}): Promise<BadgeExperience[]> {
    return this.readList(ExperienceSchema, await this.get('badgeExperience', {}, options), 'BadgeExperience');
  }

  /**
   * How badges did with all agents, for supervisors.
   *
   * @param days how far back, 1 to 365
   */
  async statistics(days: number, options: CallOptions = {}): Promise<BadgeStatistics[]> {
    const answer = await this.get('badgeStatistics', { days: String(days) }, options);
    return this.readList(StatisticsSchema, answer, 'BadgeStatistics');
  }

  /**
   * Notes which badges the agent sees in a contact, each once. A statistic that may be lost, so it is no command.
   *
   * @returns how many badges the agent was shown in the last hour, over all tabs.
   */
  async noteShown(
    shown: { readonly customerId: string; readonly badges: readonly string[]; readonly contact: string },
    options: CallOptions = {},
  ): Promise<number> {
    const answer = await this.post('badgeShowing', shown, options);
    return parseShape(ShowingSchema, answer, 'BadgeShowing').shownInLastHour;
  }

  /** A customer that does not exist is one that was not found, as everywhere. */
  async #about(path: string, customerId: string, options: CallOptions): Promise<unknown> {
    try {
      return await this.get(path, { customerId }, options);
    } catch (error) {
      throw namingCustomer(error, customerId);
    }
  }
}
