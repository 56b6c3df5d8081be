import type { Page, Request } from '@playwright/test';
import { newProofKey, prove } from '../../../gateway/test-support/dpop.ts';
import { accountName, Agent } from './agent.ts';
import { findClient, type PageWithClient } from './client.ts';
import { expect, test } from './fixtures.ts';
import { FAILED_REQUEST } from './problems.ts';

/** A page that keeps no ties to the windows it opens, as a careful host sends it. */
const SEVERED = { 'Cross-Origin-Opener-Policy': 'same-origin' };
const SHORT_LIFE = { JIOASSIST_ACCESS_TOKEN_TTL: '2' };

const byRedirect = (html: string) => html.replace('client-id="crm"', 'client-id="crm" sign-in="redirect"');

test.describe('by redirect', () => {
  test('signs in where no window can, and comes back to the same address', async ({ agent, page }) => {
    await agent.withMarkup(byRedirect, SEVERED);
    await agent.open('C-1001');
    await agent.signInInPlace();
    await agent.seesLiveValues();
    expect(page.url()).toBe(`${agent.url}/#/accounts/C-1001`);
    expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
    await expect(page.getByRole('heading', { level: 1, name: accountName('C-1001') })).toBeVisible();
  });

  test('tells no server where the agent was', async ({ agent, context }) => {
    const sent: string[] = [];
    context.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
    await agent.withMarkup(byRedirect);
    await agent.open('C-1001');
    await agent.signInInPlace();
    const encoded = Buffer.from('/#/accounts').toString('base64url');
    const gateway = sent.filter((text) => /\/(oidc|sign-in|auth-assets)/.test(text));
    expect(gateway.length).toBeGreaterThan(4);
    for (const text of gateway) {
      expect(decodeURIComponent(text.replace(/#.*/, ''))).not.toMatch(/accounts/);
      expect(text).not.toContain(encoded);
    }
  });

  test('asks again when the agent turns back on the way', async ({ agent, page }) => {
    await agent.withMarkup(byRedirect);
    await agent.open('C-1001');
    await agent.signInButton.click();
    await expect(page.getByLabel(/password/i)).toBeVisible();
    await page.goBack();
    await expect(agent.signInButton).toBeEnabled();
    await agent.signInInPlace();
    await agent.seesLiveValues();
  });
});

test('a window that the page’s policy cuts off is said so, and what works instead', async ({
  agent,
  page,
}) => {
  await agent.withMarkup((html) => html, SEVERED);
  await agent.open('C-1001');
  const opened = page.waitForEvent('popup');
  await agent.signInButton.click();
  await (await opened).getByLabel(/password/i).waitFor();
  await expect(agent.errorCode).toContainText('auth/popup-severed');
});

test('a stolen token is worth nothing without its key', async ({ agent, page, stage, problems }) => {
  problems.allow(FAILED_REQUEST);
  const call = page.waitForRequest(isApiCall);
  const answer = page.waitForResponse((response) => response.url().endsWith('/oidc/token'));
  await agent.open('C-1001');
  await agent.signIn();
  const { access_token: token, refresh_token } = (await (await answer).json()) as Record<string, string>;
  const request = await call;
  const { authorization = '', dpop = '' } = await request.allHeaders();
  expect(authorization).toBe(`DPoP ${token}`);

  const url = request.url();
  const replay = async (headers: Record<string, string>) =>
    (await page.request.get(url, { headers })).status();
  const key = await newProofKey();
  const own = await prove(key, { method: 'GET', url, token: token ?? '' });
  expect(await replay({ authorization: `Bearer ${token}` }), 'as a bearer token').toBe(401);
  expect(await replay({ authorization }), 'without a proof').toBe(401);
  expect(await replay({ authorization, dpop }), 'with a proof that was used').toBe(401);
  expect(await replay({ authorization, dpop: own }), 'with a key of the thief').toBe(401);
  const form = { grant_type: 'refresh_token', client_id: 'crm', refresh_token: refresh_token ?? '' };
  const refreshed = await page.request.post(`${stage.gatewayUrl}/oidc/token`, { form });
  expect(refreshed.status(), 'its refresh token').toBe(400);
  await agent.seesLiveValues();
});

test('a widget without one of its scopes says so, and shows the rest', async ({
  agent,
  page,
  context,
  problems,
}) => {
  problems.allow(FAILED_REQUEST, /^\[JioAssist\] auth\/not-allowed: /);
  await context.route('**/oidc/auth?**', (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('scope', 'openid offline_access customer:read service:read events:read');
    return route.continue({ url: url.href });
  });
  await agent.open('C-1001');
  await agent.signIn();
  await agent.isInState('ready');
  const refused = agent.widget.locator('[part~="failures"]');
  await expect(refused).toContainText(/You are not allowed to see: .*live values/);
  await expect(refused).toContainText('auth/not-allowed');
  await expect(agent.services.first()).toBeVisible();
  await findClient(page);
  const rest = () =>
    page.evaluate(() => {
      const { auth, customer, events } = (globalThis as unknown as PageWithClient).client;
      const { profile, services } = customer.state.value;
      return [auth, events].map(({ state }) => state.value.status).concat(profile.status, services.status);
    });
  await expect.poll(rest).toEqual(['signed-in', 'open', 'ready', 'ready']);
});

test('works where every proof needs a nonce', async ({ openStage, page, problems }) => {
  problems.allow(FAILED_REQUEST);
  const stage = await openStage({ JIOASSIST_DPOP_NONCE: 'required' });
  const agent = new Agent(page, stage.crm.url);
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
});

test('tabs share one sign-in, one renewal at a time, and its end', async ({
  openStage,
  context,
  page,
  problems,
}) => {
  // On a busy machine a token of two seconds may end on its way to the gateway, and is renewed then.
  problems.allow(FAILED_REQUEST);
  const stage = await openStage(SHORT_LIFE);
  const spent: string[] = [];
  context.on('request', (request) => {
    const token = refreshTokenOf(request);
    if (token) spent.push(token);
  });
  const first = new Agent(page, stage.crm.url);
  const second = new Agent(await context.newPage(), stage.crm.url);
  for (const agent of [first, second]) await agent.open('C-1001');
  await page.bringToFront();
  await first.signIn();
  await second.isSignedIn();
  await second.page.reload();
  await second.isSignedIn();

  await Promise.all([first, second].map(({ page: tab }) => findClient(tab)));
  await expect
    .poll(async () => {
      const values = await Promise.all([first, second].map(({ page: tab }) => renewed(tab)));
      return values[0] === values[1] && spent.length;
    })
    .toBeGreaterThan(3);
  expect(new Set(spent).size, 'each refresh token is spent once').toBe(spent.length);

  await page.evaluate(() => (globalThis as unknown as PageWithClient).client.auth.signOut());
  for (const agent of [first, second]) await agent.isInState('signed-out');
});

function isApiCall(request: Request): boolean {
  return request.url().includes('/tmf-api/') && request.method() === 'GET';
}

function refreshTokenOf(request: Request): string | null {
  if (!request.url().endsWith('/oidc/token') || request.method() !== 'POST') return null;
  return new URLSearchParams(request.postData() ?? '').get('refresh_token');
}

/** Has a tab renew the token it has, and gives the one it has then. */
function renewed(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { auth } = (globalThis as unknown as PageWithClient).client;
    const { value } = await auth.getToken();
    return (await auth.getToken({ refused: value })).value;
  });
}
