import { expect } from '@playwright/test';
import { signIn } from '../../../gateway/src/auth/headless-sign-in.ts';
import type { Stage } from './stage.ts';

const SCENARIO = '/jioassist/v1/scenario';

/** A fault that is played, and whom it hits. */
export interface Played {
  readonly affectedService: readonly { readonly id: string }[];
  readonly affectedCustomer: readonly { readonly id: string }[];
}

/** Plays a fault on the stage's network as the supervisor may, and says whom it hits. */
export async function play(stage: Stage, name: string): Promise<Played> {
  const response = await call(stage, 'POST', { name, seed: 1, speed: 60 });
  expect(response.status, await response.clone().text()).toBe(201);
  return (await response.json()) as Played;
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
