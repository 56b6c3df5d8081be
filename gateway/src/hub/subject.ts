import type { Queryable } from '../store/database.ts';
import { PARENT_ID, type ResourceDeclaration } from '../tmf/declaration.ts';
import { KnownAttributes, unknownNames, withAny } from '../tmf/known-attributes.ts';
import type { Filter, ListQuery } from '../tmf/list-query.ts';
import type { Attributes } from '../tmf/shape.ts';
import { eventAttributes, onPostedEvent, queryString, readSubscriptionQuery } from './event-query.ts';

type SubscriptionQuery = Pick<ListQuery, 'filters' | 'fields'>;

/** What a subscription can be about: the changes of resources, or what is posted to a topic that a client made. */
export interface Subject {
  readonly known: KnownAttributes;
  /** Checks the query of a new subscription. */
  check(on: Queryable, query: string): Promise<void>;
  /** Reads a query that was checked: what was known then is known. */
  readAccepted(query: string): SubscriptionQuery;
}

export function subjectOf(resources: readonly ResourceDeclaration[], parentId: string | null): Subject {
  const kinds = resources.map(({ name }) => name);
  const attributes = parentId === null ? eventAttributes(resources) : postedAttributes(resources);
  const known = new KnownAttributes(kinds, attributes);
  return {
    known,
    check: async (on, query) => {
      readSubscriptionQuery(query, await known.forRequest(on, queryString(query)));
    },
    readAccepted: (query) => {
      const names = unknownNames(queryString(query), attributes);
      const read = readSubscriptionQuery(query, withAny(attributes, names));
      if (parentId === null) return read;
      return { ...read, filters: [...read.filters.map(onPostedEvent), ofTopic(parentId)] };
    },
  };
}

const postedAttributes = (resources: readonly ResourceDeclaration[]): Attributes =>
  Object.assign({}, ...resources.map(({ attributes }) => attributes)) as Attributes;

const ofTopic = (parentId: string): Filter => ({
  path: [PARENT_ID],
  shape: 'string',
  operator: 'eq',
  values: [parentId],
});
