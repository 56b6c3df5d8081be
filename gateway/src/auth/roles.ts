import {
  apiScopes,
  areas,
  AUDIT_READ,
  EVENTS_READ,
  MEASUREMENT_READ,
  PII_REVEAL,
  RULES_WRITE,
  SCENARIO_RUN,
  STATISTICS_READ,
  type Area,
} from './scopes.ts';

export const roles = ['agent', 'supervisor', 'integrator'] as const;
export type Role = (typeof roles)[number];

/** What an agent changes for a customer. The rest is reference data, or written by systems. */
const AGENT_WRITES: readonly Area[] = [
  'agreement',
  'appointment',
  'balance',
  'bill',
  'communication',
  'customer',
  'flow',
  'interaction',
  'loyalty',
  'order',
  'privacy',
  'product',
  'qualification',
  'recommendation',
  'sales',
  'service',
  'test',
  'ticket',
];
/** What the people in charge of a shift keep in order beside that. */
const SUPERVISOR_WRITES: readonly Area[] = ['alarm', 'document', 'problem'];

const reads = areas.map((area) => `${area}:read`);
const writes = (of: readonly Area[]): string[] => of.map((area) => `${area}:write`);

const agent = [...reads, ...writes(AGENT_WRITES), MEASUREMENT_READ, EVENTS_READ, PII_REVEAL];
const supervisor = [
  ...agent,
  ...writes(SUPERVISOR_WRITES),
  AUDIT_READ,
  STATISTICS_READ,
  RULES_WRITE,
  SCENARIO_RUN,
];
/** Connects systems, so it reads and writes every API; but it talks to no customer and watches no agent. */
const integrator = [...reads, ...writes(areas), MEASUREMENT_READ, EVENTS_READ, SCENARIO_RUN];

/** Who may do what: the one table. */
const scopesOfRole: Readonly<Record<Role, ReadonlySet<string>>> = {
  agent: new Set(agent),
  supervisor: new Set(supervisor),
  integrator: new Set(integrator),
};

export const isRole = (name: unknown): name is Role => roles.some((role) => role === name);

/** The scopes that at least one of the roles has, in the order of the list of scopes. */
export function scopesOfRoles(held: readonly Role[]): string[] {
  return apiScopes.filter((scope) => held.some((role) => scopesOfRole[role].has(scope)));
}
