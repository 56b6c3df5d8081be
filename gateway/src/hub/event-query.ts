import { Bindings, filterSql } from '../tmf/filter-sql.ts';
import type { ResourceDeclaration } from '../tmf/declaration.ts';
import { badRequest } from '../tmf/errors.ts';
import { readListQuery, type Filter, type ListQuery } from '../tmf/list-query.ts';
import type { Attributes } from '../tmf/shape.ts';

/** What an event's header has, whatever it is about. */
const header: Attributes = {
  eventId: 'string',
  eventTime: 'dateTime',
  eventType: 'string',
  correlationId: 'string',
};

/**
 * An event as filters see it: its header, its resource under `event.<resource>` and `<resource>`, and the attributes of the
 * resource themselves. One JSON value, so that the filters of lists apply to events as they are.
 */
export const FILTERED_EVENT = `document || jsonb_build_object(topic, document) || jsonb_build_object(
  'eventId', event_id, 'eventType', event_type, 'correlationId', correlation_id,
  'eventTime', to_char(event_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'event', jsonb_build_object(topic, document))`;

export function eventAttributes(declarations: readonly ResourceDeclaration[]): Attributes {
  const resources = Object.fromEntries(declarations.map(({ name, attributes }) => [name, attributes]));
  const own = declarations.map(({ attributes }) => attributes);
  return Object.assign({}, resources, ...own, header, { event: resources }) as Attributes;
}

/** Reads a query on events: that of a subscription, or of a list of past ones. */
export function readEventQuery(url: string, attributes: Attributes): ListQuery {
  const query = readListQuery(url, attributes);
  return { ...query, filters: query.filters.map(withTypeName) };
}

/** Clients write a query with its question mark and without. */
export const queryString = (query: string): string => `?${query.replace(/^\?/, '')}`;

/** What a client posts to a topic is an event itself: in the log it is the resource of the event that tells of it. */
export function onPostedEvent({ or, ...filter }: Filter): Filter {
  const inside = { ...filter, path: ['event', 'event', ...filter.path] };
  return or ? { ...inside, or: or.map(onPostedEvent) } : inside;
}

/** A subscription's query selects events and their attributes; it has no pages and no order. */
export function readSubscriptionQuery(
  query: string,
  attributes: Attributes,
): Pick<ListQuery, 'filters' | 'fields'> {
  const { filters, fields, sort, paged } = readEventQuery(queryString(query), attributes);
  if (sort.length > 0 || paged) throw badRequest('invalidQuery', 'A subscription has no pages and no order.');
  return { filters, fields };
}

export function eventConditions(filters: readonly Filter[], bindings: Bindings): string {
  return filterSql(filters, bindings)
    .map((condition) => ` and ${condition}`)
    .join('');
}

/** Listener addresses begin in lower case and types in upper case; clients write both. */
function withTypeName({ or, ...filter }: Filter): Filter {
  const named =
    filter.path.join('.') === 'eventType' ? { ...filter, values: bothCases(filter.values) } : filter;
  return or ? { ...named, or: or.map(withTypeName) } : named;
}

const bothCases = (values: readonly string[]): string[] => [
  ...new Set(values.flatMap((value) => [value, value.charAt(0).toUpperCase() + value.slice(1)])),
];
