/** What the TM Forum APIs are about. An API names its area; each area has a scope to read and one to write. */
export const areas = [
  'account',
  'agreement',
  'alarm',
  'appointment',
  'balance',
  'bill',
  'communication',
  'customer',
  'document',
  'event',
  'flow',
  'interaction',
  'loyalty',
  'order',
  'place',
  'privacy',
  'problem',
  'product',
  'qualification',
  'recommendation',
  'risk',
  'role',
  'sales',
  'service',
  'test',
  'ticket',
  'usage',
] as const;

export type Area = (typeof areas)[number];

export const MEASUREMENT_READ = 'measurement:read';
export const EVENTS_READ = 'events:read';
export const PII_REVEAL = 'pii:reveal';
export const AUDIT_READ = 'audit:read';
/** Reads how the work of all agents goes, as numbers without names. */
export const STATISTICS_READ = 'statistics:read';
/** Puts other badge rules into force. */
export const RULES_WRITE = 'rules:write';
export const SCENARIO_RUN = 'scenario:run';

/** Every scope an access token for the gateway can have. */
export const apiScopes: readonly string[] = [
  ...areas.flatMap((area) => [`${area}:read`, `${area}:write`]),
  MEASUREMENT_READ,
  EVENTS_READ,
  PII_REVEAL,
  AUDIT_READ,
  STATISTICS_READ,
  RULES_WRITE,
  SCENARIO_RUN,
];
