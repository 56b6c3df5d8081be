import {
  factsFrom,
  type CustomerFacts,
  type FactSources,
  type Resource,
} from '@jioassist/badge-widget/rules/source';
import type { Queryable } from '../store/database.ts';

/** More of one kind than any rule looks at. */
const MOST_OF_A_KIND = 200;

type Documents = (kind: string) => readonly Resource[];

/** What each source of facts is made of, and the scope that lets an agent read it. */
const SOURCES: Readonly<
  Record<keyof FactSources, { scope: string; kinds: readonly string[]; read: (of: Documents) => unknown }>
> = {
  customer: { scope: 'customer:read', kinds: ['customer'], read: (of) => of('customer')[0] },
  individual: { scope: 'customer:read', kinds: ['individual'], read: (of) => of('individual')[0] },
  services: all('service', 'service:read'),
  buckets: all('bucket', 'balance:read'),
  bills: all('customerBill', 'bill:read'),
  accounts: all('billingAccount', 'account:read'),
  tickets: all('troubleTicket', 'ticket:read'),
  interactions: all('partyInteraction', 'interaction:read'),
  alarms: all('alarm', 'alarm:read'),
  problems: all('serviceProblem', 'problem:read'),
  orders: all('productOrder', 'order:read'),
  appointments: all('appointment', 'appointment:read'),
  loyalty: {
    scope: 'loyalty:read',
    kinds: ['loyaltyProgramProduct', 'loyaltyBalance'],
    read: (of) => ({ products: of('loyaltyProgramProduct'), balances: of('loyaltyBalance') }),
  },
  riskAssessments: all('partyRoleRiskAssessment', 'risk:read'),
  privacy: {
    scope: 'privacy:read',
    kinds: ['partyPrivacyAgreement', 'partyPrivacyProfile'],
    read: (of) => ({ agreements: of('partyPrivacyAgreement'), profiles: of('partyPrivacyProfile') }),
  },
  recommendations: all('queryProductRecommendation', 'recommendation:read'),
};

/**
 * The facts about a customer, as far as the agent may know them: what a scope keeps from the agent leaves its facts
 * unknown, and no badge tells it.
 */
export async function readFacts(
  database: Queryable,
  customerId: string,
  scopes: ReadonlySet<string>,
  now: number,
): Promise<CustomerFacts> {
  const allowed = Object.entries(SOURCES).filter(([, { scope }]) => scopes.has(scope));
  const documents = await documentsOf(
    database,
    customerId,
    allowed.flatMap(([, { kinds }]) => kinds),
  );
  return factsFrom(sourcesFrom(documents, allowed), now);
}

/** Sources of facts from the documents of a customer, newest first; all of them, or some. */
export const sourcesFrom = (documents: Documents, of = Object.entries(SOURCES)): FactSources =>
  Object.fromEntries(of.map(([name, { read }]) => [name, read(documents)]));

/** Newest first; one statement, so that all is of one moment. */
async function documentsOf(
  database: Queryable,
  customerId: string,
  kinds: readonly string[],
): Promise<Documents> {
  const rows = await database.query<{ kind: string; document: Resource }>(
    `select kind, document from (
       select kind, document, row_number() over (partition by kind order by position desc) as place
       from resource where customer_ids @> array[$1] and kind = any($2::text[])) as own
     where place <= ${MOST_OF_A_KIND} order by kind, place`,
    [customerId, kinds],
  );
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  return (kind) => (byKind.get(kind) ?? []).map(({ document }) => document);
}

function all(kind: string, scope: string) {
  return { scope, kinds: [kind], read: (of: Documents) => of(kind) };
}
