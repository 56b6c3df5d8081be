import type { JioAssistApi } from '../api/jioassist-api.js';
import type { CallOptions } from '../api/request.js';
import type { ListQuery } from '../api/resource-api.js';
import type { Topic } from '../events/topics.js';
import type { PartName } from './customer-parts.js';

/** How one part of the context is read, and what makes it old. */
export interface PartDefinition {
  /** The topics of the live stream whose events may change it. */
  readonly topics: readonly Topic[];
  /** Read by the ids of the customer's services, so after those. */
  readonly byServices?: true;
  /** The same for every customer, so read once. */
  readonly shared?: true;
  /** May outlive the page, encrypted: what says nothing of a person's life, money or words. */
  readonly cacheable?: true;
  /** @param id the customer's, or with `byServices` those of the services. */
  load(api: JioAssistApi, ids: readonly string[], call: CallOptions): Promise<unknown>;
}

const OPEN = ['acknowledged', 'inProgress', 'pending', 'held'];

/** A back end limits how many values it takes, and a proxy how long an address is. */
const MOST_IDS = 40;

const ofCustomer = ([id = '']: readonly string[]): ListQuery => ({ 'relatedParty.id': id });

export const PART_DEFINITIONS: Readonly<Record<PartName, PartDefinition>> = {
  profile: {
    topics: ['customer'],
    load: (api, [id = ''], call) => api.customer.retrieve(id, call),
  },
  services: {
    topics: ['service'],
    cacheable: true,
    load: (api, ids, call) => api.service.list(ofCustomer(ids), call),
  },
  products: {
    topics: ['product'],
    cacheable: true,
    load: (api, ids, call) => api.product.list(ofCustomer(ids), call),
  },
  balance: {
    topics: ['bucket'],
    load: (api, ids, call) => api.bucket.list(ofCustomer(ids), call),
  },
  bills: {
    topics: ['customerBill'],
    load: (api, ids, call) =>
      api.customerBill.list({ ...ofCustomer(ids), sort: '-billDate', limit: 12 }, call),
  },
  tickets: {
    topics: ['troubleTicket'],
    load: (api, ids, call) =>
      api.troubleTicket.list({ ...ofCustomer(ids), status: OPEN, sort: '-creationDate' }, call),
  },
  interactions: {
    topics: ['partyInteraction'],
    load: (api, ids, call) =>
      api.partyInteraction.list({ ...ofCustomer(ids), sort: '-creationDate', limit: 50 }, call),
  },
  alarms: {
    topics: ['alarm'],
    byServices: true,
    cacheable: true,
    load: (api, ids, call) =>
      inGroups(ids, (some) =>
        api.alarm.list({ 'affectedService.id': some, state: ['raised', 'updated'] }, call),
      ),
  },
  problems: {
    topics: ['serviceProblem'],
    byServices: true,
    cacheable: true,
    load: (api, ids, call) =>
      inGroups(ids, (some) => api.serviceProblem.list({ 'affectedService.id': some, status: OPEN }, call)),
  },
  serviceTests: {
    topics: ['serviceTest'],
    byServices: true,
    cacheable: true,
    load: (api, ids, call) =>
      inGroups(ids, (some) =>
        api.serviceTest.list({ 'relatedService.id': some, sort: '-startDateTime', limit: 50 }, call),
      ),
  },
  recommendations: {
    topics: ['queryProductRecommendation'],
    cacheable: true,
    load: (api, ids, call) => api.recommendation.list(ofCustomer(ids), call),
  },
  objectives: {
    topics: ['serviceLevelObjective'],
    shared: true,
    cacheable: true,
    load: (api, _ids, call) => api.serviceLevelObjective.list({}, call),
  },
};

/** What affects services of two groups is found twice, and counts once. */
async function inGroups<T extends { readonly id: string }>(
  ids: readonly string[],
  read: (some: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const groups = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, index) =>
    ids.slice(index * MOST_IDS, (index + 1) * MOST_IDS),
  );
  const found = (await Promise.all(groups.map(read))).flat();
  return [...new Map(found.map((resource) => [resource.id, resource])).values()];
}
