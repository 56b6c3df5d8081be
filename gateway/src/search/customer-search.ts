import type { FastifyInstance } from 'fastify';
import { visibleOnly } from '../auth/visibility.ts';
import type { Database } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { badRequest } from '../tmf/errors.ts';
import { Bindings, whereSql } from '../tmf/filter-sql.ts';
import type { Filter } from '../tmf/list-query.ts';
import { readBody } from '../tmf/validate.ts';

const PATH = '/jioassist/v1/customerSearch';
const MOST_MATCHES = 20;
const MOST_VALUES = 20;
const LONGEST_VALUE = 200;

/** Where each thing a customer can be found by is kept in a customer. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  phoneNumber: ['contactMedium', 'characteristic', 'phoneNumber'],
  emailAddress: ['contactMedium', 'characteristic', 'emailAddress'],
  accountId: ['account', 'id'],
};

interface Match {
  readonly customerId: string;
  readonly name: string;
  readonly matchedBy: 'contact' | 'service' | 'account';
}

/**
 * Finds customers by what must not stand in an address, where logs and histories keep it: the same as a filtered list, with
 * the values in the body.
 */
export function registerCustomerSearch(app: FastifyInstance, database: Database): void {
  app.post(PATH, { config: { scopes: ['customer:read', 'service:read'] } }, async (request) => {
    const { attribute, values } = readWish(readBody(request.body));
    return search(database, attribute, values);
  });
}

/** Those who can be reached there come first, then those who use a service with that number. */
async function search(database: Database, attribute: string, values: readonly string[]): Promise<Match[]> {
  const matchedBy = attribute === 'accountId' ? 'account' : 'contact';
  const found = await customersBy(database, PATHS[attribute] ?? [], values, matchedBy);
  if (attribute !== 'phoneNumber') return found;
  const known = new Set(found.map(({ customerId }) => customerId));
  const users = (await usersOf(database, values)).filter((id) => !known.has(id));
  const byService = users.length > 0 ? await customersBy(database, ['id'], users, 'service') : [];
  return [...found, ...byService].slice(0, MOST_MATCHES);
}

async function customersBy(
  database: Database,
  path: readonly string[],
  values: readonly string[],
  matchedBy: Match['matchedBy'],
): Promise<Match[]> {
  const rows = await documents(database, 'customer', path, values);
  return rows.map(({ id, name }) => ({
    customerId: String(id),
    name: typeof name === 'string' ? name : '',
    matchedBy,
  }));
}

async function usersOf(database: Database, values: readonly string[]): Promise<string[]> {
  const services = await documents(database, 'service', ['serviceCharacteristic', 'value'], values);
  return [...new Set(services.flatMap(customersOf))].slice(0, MOST_MATCHES);
}

async function documents(
  database: Database,
  kind: string,
  path: readonly string[],
  values: readonly string[],
): Promise<ResourceDocument[]> {
  const bindings = new Bindings();
  const filter: Filter = { path, shape: 'string', operator: 'eq', values };
  const where = whereSql(kind, [filter, ...visibleOnly()], bindings);
  const sql = `select document from resource where ${where} order by position limit ${MOST_MATCHES}`;
  const rows = await database.query<{ document: ResourceDocument }>(sql, bindings.values);
  return rows.map(({ document }) => document);
}

function customersOf({ relatedParty }: ResourceDocument): string[] {
  const parties = Array.isArray(relatedParty) ? (relatedParty as ResourceDocument[]) : [];
  return parties.filter(({ role }) => role === 'customer').map(({ id }) => String(id));
}

function readWish(body: ResourceDocument): { attribute: string; values: readonly string[] } {
  const [attribute = '', ...others] = Object.keys(body);
  if (others.length > 0 || !Object.hasOwn(PATHS, attribute)) {
    throw badRequest('invalidAttribute', `Give one of ${Object.keys(PATHS).join(', ')}.`);
  }
  const { [attribute]: values } = body;
  if (
    !Array.isArray(values) ||
    values.length === 0 ||
    values.length > MOST_VALUES ||
    !values.every(isValue)
  ) {
    throw badRequest('invalidAttribute', `${attribute} is a list of 1 to ${MOST_VALUES} texts.`);
  }
  return { attribute, values };
}

const isValue = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_VALUE;
