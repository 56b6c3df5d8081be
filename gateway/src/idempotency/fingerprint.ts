import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** A hash of what is asked for: method, address and body. How the JSON was laid out does not count. */
export function fingerprintOf({ method, url, body }: FastifyRequest): Buffer {
  const asked = JSON.stringify([method, url, ordered(body ?? null)]);
  return createHash('sha256').update(asked).digest();
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { object: entries.map(([name, child]) => [name, ordered(child)]) };
}
