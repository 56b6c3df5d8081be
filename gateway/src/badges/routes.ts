import {
  fillText,
  loadRuleSet,
  RuleEngine,
  type CustomerFacts,
  type LoadedRuleSet,
  type Rule,
  type RuleTexts,
} from '@jioassist/badge-widget/rules/source';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerFor, type Caller } from '../auth/access-token.ts';
import { currentScope, noteChange } from '../auth/request-scope.ts';
import { AUDIT_READ, RULES_WRITE } from '../auth/scopes.ts';
import { visibleResource } from '../auth/visible-resource.ts';
import type { KeyedWrites } from '../idempotency/keyed-writes.ts';
import type { Database } from '../store/database.ts';
import { badRequest, notFound, preconditionFailed } from '../tmf/errors.ts';
import type { ResourceKinds } from '../tmf/kinds.ts';
import { parseQuery } from '../tmf/query-parameters.ts';
import { readBody } from '../tmf/validate.ts';
import { readFacts } from './customer-facts.ts';
import { dealingsOf, readDealing, requiredText, storeDealing } from './dealings.ts';
import { putRuleSet, ruleSetInForce, type RuleSetInForce } from './rule-sets.ts';
import { badgeStatistics, noteShowings } from './statistics.ts';

const BASE = '/jioassist/v1';
const READ = { config: { scopes: ['recommendation:read'] } };
const WRITE = { config: { scopes: ['recommendation:write'] } };
const SHOWN_AT_ONCE = 50;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 365;

export interface BadgeContext {
  readonly database: Database;
  readonly writes: KeyedWrites;
  readonly kinds: ResourceKinds;
}

/** Rules for badges, the facts they ask for, and what becomes of the badges. */
export function registerBadges(app: FastifyInstance, context: BadgeContext): void {
  registerRuleSet(app, context);
  registerCustomer(app, context);
  registerDealings(app, context);
  registerStatistics(app, context);
}

function registerRuleSet(app: FastifyInstance, { database, writes }: BadgeContext): void {
  app.get(`${BASE}/badgeRuleSet`, READ, async (request, reply) => {
    const { revision, source } = await ruleSetInForce(database);
    const etag = `"${revision}"`;
    void reply.header('ETag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/json').send(source);
  });
  app.put(`${BASE}/badgeRuleSet`, { config: { scopes: [RULES_WRITE] } }, (request, reply) => {
    const source = JSON.stringify(readBody(request.body));
    return writes.run(request, reply, async (tx) => {
      const ifMatch = request.headers['if-match'];
      if (ifMatch !== undefined && ifMatch !== `"${(await ruleSetInForce(tx)).revision}"`) {
        throw preconditionFailed('Another rule set has come into force since.');
      }
      const revision = await putRuleSet(tx, source, callerFor(request).agentId);
      noteChange({ kind: 'badgeRuleSet', id: String(revision), customerIds: [] });
      return { status: 200, headers: { ETag: `"${revision}"` }, body: { '@type': 'BadgeRuleSet', revision } };
    });
  });
}

function registerCustomer(app: FastifyInstance, { database }: BadgeContext): void {
  const rules = new RulesInForce();
  app.get(`${BASE}/customerFacts`, READ, async (request) => {
    const customerId = await readCustomerId(request, database);
    const now = Date.now();
    const facts = await readFacts(database, customerId, callerFor(request).scopes, now);
    return { '@type': 'CustomerFacts', customerId, asOf: new Date(now).toISOString(), facts };
  });
  app.get(`${BASE}/badge`, READ, async (request) => {
    const customerId = await readCustomerId(request, database);
    const caller = callerFor(request);
    const facts = await readFacts(database, customerId, caller.scopes, Date.now());
    const ruleSet = rules.of(await ruleSetInForce(database));
    const { matches } = new RuleEngine(ruleSet).evaluate(facts);
    return matches
      .filter((rule) => isFor(rule, caller))
      .map((rule) => ({
        '@type': 'Badge',
        customerId,
        ...rule,
        title: filled(rule.title, facts),
        why: filled(rule.why, facts),
      }));
  });
}

/** In each language it is written in, with what is known of the customer. */
const filled = (texts: RuleTexts, facts: CustomerFacts): RuleTexts => ({
  ...texts,
  ...Object.fromEntries(Object.keys(texts).map((language) => [language, fillText(texts, facts, language)])),
});

/** Rules are read once for each rule set, not for each request. */
class RulesInForce {
  #revision: number | undefined;
  #loaded: LoadedRuleSet | undefined;

  of({ revision, source }: RuleSetInForce): LoadedRuleSet {
    if (this.#loaded && this.#revision === revision) return this.#loaded;
    this.#revision = revision;
    return (this.#loaded = loadRuleSet(source));
  }
}

/** Whether the agent belongs to those a rule is meant for. */
function isFor({ audience }: Rule, { roles, scopes }: Caller): boolean {
  const isInRole = audience?.roles?.some((role) => (roles as readonly string[]).includes(role)) ?? true;
  return isInRole && (audience?.scopes?.every((scope) => scopes.has(scope)) ?? true);
}

function registerDealings(app: FastifyInstance, { database, writes, kinds }: BadgeContext): void {
  app.post(`${BASE}/badgeDealing`, WRITE, (request, reply) => {
    const dealing = readDealing(readBody(request.body));
    const { agentId } = callerFor(request);
    return writes.run(request, reply, async (tx) => {
      const body = await storeDealing(tx, dealing, { kinds, agentId, correlationId: request.id });
      noteChange({ kind: 'badgeDealing', id: body.id, customerIds: [dealing.customerId] });
      currentScope()?.explain({ badge: dealing.badge, outcome: dealing.outcome });
      return {
        status: 201,
        headers: {},
        body: { '@type': 'BadgeDealing', customerId: dealing.customerId, ...body },
      };
    });
  });
  app.get(`${BASE}/badgeDealing`, READ, async (request) =>
    dealingsOf(database, await readCustomerId(request, database)),
  );
  app.post(`${BASE}/badgeShowing`, READ, (request, reply) => {
    const showing = readShowing(readBody(request.body));
    const { agentId } = callerFor(request);
    return writes.run(request, reply, async (tx) => {
      if (!(await visibleResource(tx, 'customer', showing.customerId)))
        throw notFound('There is no customer with this id.');
      const shownInLastHour = await noteShowings(tx, { ...showing, agentId });
      return {
        status: 200,
        headers: {},
        body: { '@type': 'BadgeShowing', shownInLastHour },
      };
    });
  });
}

function readShowing({ customerId, badges, contact }: Readonly<Record<string, unknown>>) {
  if (!Array.isArray(badges) || badges.length === 0 || badges.length > SHOWN_AT_ONCE) {
    throw badRequest('invalidAttribute', `badges is a list of 1 to ${SHOWN_AT_ONCE} ids.`);
  }
  return {
    customerId: requiredText('customerId', customerId, 100),
    badges: badges.map((badge) => requiredText('badges', badge, 100)),
    contact: requiredText('contact', contact, 200),
  };
}

function registerStatistics(app: FastifyInstance, { database }: BadgeContext): void {
  app.get(`${BASE}/badgeStatistics`, { config: { scopes: [AUDIT_READ] } }, (request) =>
    badgeStatistics(database, readDays(request)),
  );
  app.get(`${BASE}/badgeExperience`, READ, (request) =>
    badgeStatistics(database, readDays(request), callerFor(request).agentId),
  );
}

function readDays(request: FastifyRequest): number {
  const { days = DEFAULT_DAYS } = readParameters(request, ['days']);
  const number = Number(days);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_DAYS) return number;
  throw badRequest('invalidQuery', `days is a whole number from 1 to ${MOST_DAYS}.`);
}

async function readCustomerId(request: FastifyRequest, database: Database): Promise<string> {
  const { customerId } = readParameters(request, ['customerId']);
  if (customerId === undefined || customerId === '')
    throw badRequest('invalidQuery', 'customerId is required.');
  if (!(await visibleResource(database, 'customer', customerId)))
    throw notFound('There is no customer with this id.');
  return customerId;
}

function readParameters(
  request: FastifyRequest,
  known: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const parameters = parseQuery(request.url);
  for (const { name, operator, value } of parameters) {
    if (!known.includes(name))
      throw badRequest('unknownAttribute', `"${name.slice(0, 100)}" is not a parameter here.`);
    if (operator !== 'eq' || value.includes('\u0000'))
      throw badRequest('invalidQuery', `${name} is given with =.`);
  }
  return Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
}
