import type { Page, Response } from '@playwright/test';
import { Agent } from './agent.ts';
import { findClient, type PageWithClient } from './client.ts';
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

test('asks to sign in again when the sign-in was ended, and keeps what the agent wrote', async ({
  openStage,
  page,
  problems,
}) => {
  problems.allow(FAILED_REQUEST, /^\[JioAssist\] auth\/signed-out: /);
  const stage = await openStage(SHORT_LIFE);
  const agent = new Agent(page, stage.crm.url);
  const latest = followRefreshToken(page);
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  await findClient(page);
  await page.evaluate(() =>
    (globalThis as unknown as PageWithClient).client.drafts.keep('note', 'No signal in the cellar'),
  );
  await page.waitForResponse(isTokenAnswer);
  await endSignIn(page, stage.gatewayUrl, await latest());
  await agent.isInState('signed-out');
  await expect(agent.services, 'nothing of the customer stays').toHaveCount(0);
  expect(problems.ours.length, 'told at most once').toBeLessThanOrEqual(1);
  const draft = () =>
    page.evaluate(() => {
      const { drafts } = (globalThis as unknown as PageWithClient).client;
      return drafts.state.value.drafts['note']?.value;
    });
  expect(await draft(), 'while signed out').toBe('No signal in the cellar');
  await agent.signIn();
  await agent.seesLiveValues();
  expect(await draft(), 'signed in again').toBe('No signal in the cellar');
});

test('a renewal whose answer is lost does not sign the agent out', async ({ openStage, page, problems }) => {
  problems.allow(FAILED_REQUEST);
  const stage = await openStage(SHORT_LIFE);
  const agent = new Agent(page, stage.crm.url);
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  const states = await startStates(page);
  const spent: (string | null)[] = [];
  await page.route('**/oidc/token', async (route) => {
    spent.push(new URLSearchParams(route.request().postData() ?? '').get('refresh_token'));
    if (spent.length > 1) return route.continue();
    // The gateway renews; the page never hears of it.
    await route.fetch();
    return route.abort();
  });
  await expect.poll(() => spent.length).toBeGreaterThan(2);
  expect(spent[1], 'asked again with the same refresh token').toBe(spent[0]);
  expect(spent[2]).not.toBe(spent[0]);
  await agent.seesValuesMove();
  expect(await states()).not.toContain('signed-out');
});

function isTokenAnswer(response: Response): boolean {
  return response.request().method() === 'POST' && new URL(response.url()).pathname === '/oidc/token';
}

/** The newest refresh token that went over the wire, whenever it is asked for. */
function followRefreshToken(page: Page): () => Promise<string> {
  let newest: Promise<{ refresh_token: string }> | undefined;
  page.on('response', (response) => {
    if (isTokenAnswer(response) && response.ok()) newest = response.json() as typeof newest;
  });
  return async () => (await newest)?.refresh_token ?? '';
}

/** What an administrator does, or another device: from then on nothing can be renewed. */
async function endSignIn(page: Page, gatewayUrl: string, token: string): Promise<void> {
  const form = { token, client_id: 'crm' };
  const response = await page.request.post(`${gatewayUrl}/oidc/token/revocation`, { form });
  expect(response.status()).toBe(200);
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
