import type { FastifyRequest } from 'fastify';
import { badRequest } from '../tmf/errors.ts';
import { parseQuery } from '../tmf/query-parameters.ts';

export function readNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw badRequest('invalidQuery', `${name} is a whole number.`);
}

export function readParameters(
  request: FastifyRequest,
  known: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const parameters = parseQuery(request.url);
  for (const { name, operator, value } of parameters) {
    if (!known.includes(name))
      throw badRequest('unknownAttribute', `"${name.slice(0, 100)}" is not a parameter here.`);
    if (operator !== 'eq' || value === '' || value.includes('\u0000'))
      throw badRequest('invalidQuery', `${name} is given with =, and is not empty.`);
  }
  return Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
}
