import type { FastifyInstance } from 'fastify';
import { currentScope, noteChange } from '../auth/request-scope.ts';
import { PII_REVEAL } from '../auth/scopes.ts';
import { visibleResource } from '../auth/visible-resource.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { badRequest, notFound } from '../tmf/errors.ts';
import { readBody } from '../tmf/validate.ts';

const PATH = '/jioassist/v1/personalDataReveal';
const REASON_LENGTH = { least: 3, most: 200 };

interface Subject {
  readonly customer: ResourceDocument;
  /** The person behind the customer, when there is one. */
  readonly person: ResourceDocument;
}

/** Where each kind of personal data is kept. */
const readers: Readonly<Record<string, (subject: Subject) => unknown[]>> = {
  phoneNumber: ({ customer }) => media(customer, 'phoneNumber').map(({ phoneNumber }) => phoneNumber),
  emailAddress: ({ customer }) => media(customer, 'emailAddress').map(({ emailAddress }) => emailAddress),
  postalAddress: ({ customer }) => media(customer, 'postalAddress'),
  identification: ({ person }) => listOf(person['individualIdentification']),
  birthDate: ({ person }) => [person['birthDate']],
};

interface Wish {
  readonly customerId: string;
  readonly field: string;
  readonly reason: string;
  readonly read: (subject: Subject) => unknown[];
}

/**
 * Shows one field of a customer's personal data to an agent who says why. What makes this an act is the record: the value
 * is answered only when the record is committed.
 */
export function registerReveal(app: FastifyInstance, database: Database): void {
  app.post(PATH, { config: { scopes: [PII_REVEAL] } }, async (request) => {
    const wish = readWish(readBody(request.body));
    return database.transaction((tx) => reveal(tx, wish));
  });
}

async function reveal(tx: Queryable, { customerId, field, reason, read }: Wish): Promise<object> {
  const customer = await visibleResource(tx, 'customer', customerId);
  if (!customer) throw notFound('There is no customer with this id.');
  const { id: personId } = (customer['engagedParty'] ?? {}) as { id?: unknown };
  const person = typeof personId === 'string' ? await visibleResource(tx, 'individual', personId) : undefined;
  const value = read({ customer, person: person ?? {} }).filter((entry) => entry !== undefined);
  if (value.length === 0) throw notFound(`The customer has no ${field}.`);
  noteChange({ kind: 'customer', id: customerId, customerIds: [customerId] });
  currentScope()?.explain({ field, reason });
  return { '@type': 'PersonalDataReveal', customerId, field, value };
}

function readWish(body: ResourceDocument): Wish {
  const { customerId, field, reason, ...rest } = body;
  const [other] = Object.keys(rest);
  if (other !== undefined)
    throw badRequest('unknownAttribute', `"${other.slice(0, 100)}" is not an attribute here.`);
  if (typeof customerId !== 'string' || customerId === '') {
    throw badRequest('missingAttribute', 'customerId is required.');
  }
  const read = typeof field === 'string' && Object.hasOwn(readers, field) ? readers[field] : undefined;
  if (!read) throw badRequest('invalidAttribute', `field is one of ${Object.keys(readers).join(', ')}.`);
  const given = typeof reason === 'string' ? reason.trim() : '';
  if (given.length < REASON_LENGTH.least || given.length > REASON_LENGTH.most) {
    const { least, most } = REASON_LENGTH;
    throw badRequest('invalidAttribute', `reason says why, in ${least} to ${most} characters.`);
  }
  return { customerId, field: String(field), reason: given, read };
}

function media(document: ResourceDocument, type: string): ResourceDocument[] {
  return listOf(document['contactMedium'])
    .filter((medium) => medium['mediumType'] === type)
    .map((medium) => (medium['characteristic'] ?? {}) as ResourceDocument);
}

const listOf = (value: unknown): ResourceDocument[] =>
  Array.isArray(value) ? (value as ResourceDocument[]) : [];
