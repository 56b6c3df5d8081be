import type { Page, Response } from '@playwright/test';
import { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import { FAILED_REQUEST } from './problems.ts';

const SHORT_LIFE = { JIOASSIST_ACCESS_TOKEN_TTL: '2' };

test('renews a token that ends, unseen', async ({ openStage, page }) => {
  const stage = await openStage(SHORT_LIFE);
  const agent = new Agent(page, stage.crm.url);
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  const states = await startStates(page);
  for (let renewals = 0; renewals < 3; renewals++) await page.waitForResponse(isTokenAnswer);
  await agent.seesValuesMove();
  expect(new Set(await states()), 'states after sign-in').toEqual(new Set(['ready']));
});

test('asks to sign in again when the sign-in was ended', async ({ openStage, page, problems }) => {
  problems.allow(FAILED_REQUEST, /^\[JioAssist\] auth\/signed-out: /);
  const stage = await openStage(SHORT_LIFE);
  const agent = new Agent(page, stage.crm.url);
  const firstAnswer = page.waitForResponse(isTokenAnswer);
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  await page.waitForResponse(isTokenAnswer);
  await spendAgain(page, await firstAnswer);
  await agent.isInState('signed-out');
  await expect(agent.services, 'nothing of the customer stays').toHaveCount(0);
  expect(problems.ours.length, 'told at most once').toBeLessThanOrEqual(1);
  await agent.signIn();
  await agent.seesLiveValues();
});

function isTokenAnswer(response: Response): boolean {
  return response.request().method() === 'POST' && new URL(response.url()).pathname === '/oidc/token';
}

/** Spends a refresh token a second time, as a thief would: the provider then ends the whole sign-in. */
async function spendAgain(page: Page, answer: Response): Promise<void> {
  const { refresh_token } = (await answer.json()) as { refresh_token: string };
  const form = { grant_type: 'refresh_token', client_id: 'crm', refresh_token };
  const response = await page.request.post(answer.url(), { form });
  expect(response.status()).toBe(400);
}

/** Writes down every state the widget takes from here on; gives them when asked. */
async function startStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const widget = document.querySelector('jio-diagnostics');
    if (!widget) throw new Error('there is no widget');
    const states = [widget.getAttribute('data-state')];
    Object.assign(globalThis, { states });
    new MutationObserver(() => states.push(widget.getAttribute('data-state'))).observe(widget, {
      attributeFilter: ['data-state'],
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { states: string[] }).states);
}
