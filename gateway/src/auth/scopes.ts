import { declarations } from '../tmf/apis/index.ts';

export const MEASUREMENT_READ = 'measurement:read';
export const EVENTS_READ = 'events:read';

/** Every scope an access token for the gateway can have. */
export const apiScopes: readonly string[] = [
  ...new Set(declarations.flatMap(({ scopes }) => [scopes.read, scopes.write])),
  MEASUREMENT_READ,
  EVENTS_READ,
];
