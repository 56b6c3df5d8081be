import { expect } from '@playwright/test';
import { signIn } from '../../../gateway/src/auth/headless-sign-in.ts';
import type { ScenarioName } from '../../../gateway/src/scenario/stories.ts';
import { isAccount } from './agent.ts';
import { isTroubled } from './network-truth.ts';
import type { Stage } from './stage.ts';

const SCENARIO = '/jioassist/v1/scenario';
const ALARM = '/tmf-api/alarm/v4/alarm';

/** A fault that is played, and whom it hits. */
export interface Played {
  /** ISO 8601, on the clock of the gateway. */
  readonly startedAt: string;
  readonly affectedService: readonly { readonly id: string }[];
  readonly affectedCustomer: readonly { readonly id: string }[];
}

/** A minute of the story in a second. */
const SPEED = 60;
const SEEDS = 20;

/**
 * Plays a fault on the stage's network as the supervisor may, at the first place where it hits a customer whom the CRM
 * knows. It waits for services that recover from the fault before.
 */
export async function play(
  stage: Stage,
  name: ScenarioName,
): Promise<Played & { readonly accountId: string }> {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const played = await begin(stage, name, seed);
    const account = played.affectedCustomer.find(({ id }) => isAccount(id));
    if (account) return { ...played, accountId: account.id };
    await end(stage);
  }
  throw new Error(`${name} hits no customer of the CRM with any seed up to ${SEEDS}`);
}

async function begin(stage: Stage, name: ScenarioName, seed: number): Promise<Played> {
  let played: Played | undefined;
  await expect(async () => {
    const response = await call(stage, 'POST', { name, seed, speed: SPEED });
    expect(response.status, await response.clone().text()).toBe(201);
    played = (await response.json()) as Played;
  }).toPass({ timeout: 60_000, intervals: [1_000] });
  return played as Played;
}

/** The fault is over, and the data are as before. */
export async function end(stage: Stage): Promise<void> {
  const response = await call(stage, 'DELETE');
  expect(response.ok, await response.text()).toBe(true);
}

/** The ids of the services on which an alarm began since then, but for those that have a trouble of their own. */
export async function alarmedSince(stage: Stage, startedAt: string): Promise<string[]> {
  const query = new URLSearchParams({ sourceSystemId: 'jioassist-anomaly', state: 'raised', limit: '100' });
  const response = await call(stage, 'GET', undefined, `${ALARM}?${query}`);
  const alarms = (await response.json()) as { alarmedObject: { id: string }; alarmRaisedTime: string }[];
  const from = Date.parse(startedAt);
  const now = Date.now();
  return alarms
    .filter(({ alarmRaisedTime }) => Date.parse(alarmRaisedTime) >= from)
    .map(({ alarmedObject }) => alarmedObject.id)
    .filter((id) => !isTroubled(id, from, now));
}

async function call(stage: Stage, method: string, body?: unknown, path = SCENARIO): Promise<Response> {
  const { accessToken } = await signIn(stage.gatewayUrl, { name: 'meera', password: 'welcome-meera' });
  return fetch(`${stage.gatewayUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
