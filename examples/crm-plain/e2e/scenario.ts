import { expect } from '@playwright/test';
import { signIn } from '../../../gateway/src/auth/headless-sign-in.ts';
import { isAccount } from './agent.ts';
import type { Stage } from './stage.ts';

const SCENARIO = '/jioassist/v1/scenario';
/** Every seed draws a place; more of them than there are places. */
const SEEDS = 30;

/**
 * Faults are played only where all is well, which is another place at another hour: with so many customers there is at
 * every hour a line terminal that two of them share, one of them with an account in the CRM.
 */
export const STAGE_FOR_FAULTS = { JIOASSIST_SCENARIOS: 'on', JIOASSIST_CUSTOMERS: '32' };

/** A fault that is played, and whom it hits. */
export interface Played {
  readonly services: readonly string[];
  readonly customers: readonly string[];
  /** One of the customers, with an account in the CRM. */
  readonly account: string;
}

/** Plays a fault on the stage's network, as the supervisor may, where it hits an account of the CRM. */
export async function play(stage: Stage, name: string): Promise<Played> {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { services, customers } = await playWith(stage, name, seed);
    const account = customers.find(isAccount);
    if (account !== undefined) return { services, customers, account };
    await end(stage);
  }
  throw new Error(`${name} hits no account of the CRM`);
}

async function playWith(stage: Stage, name: string, seed: number): Promise<Omit<Played, 'account'>> {
  const response = await call(stage, 'POST', { name, seed, speed: 60 });
  expect(response.status, await response.clone().text()).toBe(201);
  const { affectedService, affectedCustomer } = (await response.json()) as Record<string, { id: string }[]>;
  const ids = (list: { id: string }[] = []) => list.map(({ id }) => id);
  return { services: ids(affectedService), customers: ids(affectedCustomer) };
}

/** The fault is over, and the data are as before. */
export async function end(stage: Stage): Promise<void> {
  const response = await call(stage, 'DELETE');
  expect(response.ok, await response.text()).toBe(true);
}

async function call(stage: Stage, method: string, body?: unknown): Promise<Response> {
  const { accessToken } = await signIn(stage.gatewayUrl, { name: 'meera', password: 'welcome-meera' });
  return fetch(`${stage.gatewayUrl}${SCENARIO}`, {
    method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
