import type { Page } from '@playwright/test';
import { signIn } from '../../../gateway/src/auth/headless-sign-in.ts';
import { Agent, fillInSignIn } from './agent.ts';
import { expect, test } from './fixtures.ts';
import { FAILED_REQUEST } from './problems.ts';
import { end, play } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What the gateway needs to learn what is normal, and to be sure that it is not, on a busy machine. */
const TO_BE_SURE = 90_000;
/** A problem is over when its alarms have been quiet for a while. */
const TO_CLEAR = 120_000;

const badge = (agent: Agent, id: string) => agent.page.locator(`jio-badges [data-badge="${id}"]`);

async function open(agent: Agent, accountId: string): Promise<void> {
  await agent.open(accountId);
  await agent.signIn();
  await agent.isInState('ready');
}

/** Shows every badge: what is more urgent at this hour may leave no room for the others. */
async function unfold(page: Page): Promise<void> {
  const badges = page.locator('jio-badges');
  await expect(badges.locator('[part~="badge"]').first()).toBeVisible();
  const more = badges.locator('[part="more"][aria-expanded="false"]');
  if (await more.isVisible()) await more.click();
}

async function dealings(stage: Stage, customerId: string): Promise<{ badge: string; outcome: string }[]> {
  const { accessToken } = await signIn(stage.gatewayUrl, { name: 'asha', password: 'welcome-asha' });
  const headers = { authorization: `Bearer ${accessToken}` };
  const url = `${stage.gatewayUrl}/jioassist/v1/badgeDealing?customerId=${customerId}`;
  return (await (await fetch(url, { headers })).json()) as { badge: string; outcome: string }[];
}

test('an outage is a badge of the customers it hits, and of no other, and goes when it is over', async ({
  openStage,
  page,
}) => {
  test.setTimeout(300_000);
  const stage = await openStage({ JIOASSIST_SCENARIOS: 'on' });
  const { accountId, affectedCustomer } = await play(stage, 'fibre-cut');
  const hit = affectedCustomer.map(({ id }) => id);
  const agent = new Agent(page, stage.crm.url);
  await open(agent, accountId);
  await expect(badge(agent, 'outage-in-area')).toBeVisible({ timeout: TO_BE_SURE });
  const spared = ['C-1002', 'C-1003', 'C-1004', 'C-1005'].find((id) => !hit.includes(id)) ?? '';
  await agent.open(spared);
  await agent.isInState('ready');
  await expect(page.locator('jio-badges')).toHaveAttribute('data-state', 'ready');
  await expect(badge(agent, 'outage-in-area')).toHaveCount(0);
  await agent.open(accountId);
  await expect(badge(agent, 'outage-in-area')).toBeVisible();
  await end(stage);
  await expect(badge(agent, 'outage-in-area')).toHaveCount(0, { timeout: TO_CLEAR });
});

test('a badge that does not fit stays away, also after a reload, and is noted once', async ({
  openStage,
  page,
}) => {
  const stage = await openStage({});
  const agent = new Agent(page, stage.crm.url);
  await open(agent, 'C-1001');
  await unfold(page);
  const language = badge(agent, 'language-preference');
  await language.click();
  await page.locator('jio-badges [part="dismiss"]').click();
  await page.locator('jio-badges [part="reason"]').first().click();
  await expect(language).toHaveCount(0);
  await expect.poll(() => dealings(stage, 'C-1001')).toHaveLength(1);
  await page.reload();
  await agent.signIn();
  await expect(page.locator('jio-badges')).toHaveAttribute('data-state', 'ready');
  await unfold(page);
  await expect(language).toHaveCount(0);
  expect((await dealings(stage, 'C-1001')).map((each) => [each.badge, each.outcome])).toEqual([
    ['language-preference', 'dismissed'],
  ]);
});

interface Interaction {
  reason: string;
  direction: string;
  interactionItem: { reason: string; resolution: string }[];
}

async function interactionsOfBadges(stage: Stage, customerId: string): Promise<Interaction[]> {
  const { accessToken } = await signIn(stage.gatewayUrl, { name: 'asha', password: 'welcome-asha' });
  const query = `relatedParty.id=${customerId}&reason=Badges`;
  const url = `${stage.gatewayUrl}/tmf-api/partyInteraction/v4/partyInteraction?${query}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  return (await answer.json()) as Interaction[];
}

test('a customer at risk leads to an offer to stay; what comes of offers is written once, and ranks them', async ({
  openStage,
  page,
}) => {
  const stage = await openStage({});
  const agent = new Agent(page, stage.crm.url);
  await open(agent, 'C-1020');
  const more = page.locator('jio-badges [part~="more"]');
  await more.click();
  await badge(agent, 'churn-risk-high').click();
  const acted = page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('jio-badge-action', (event) => {
          resolve((event as CustomEvent<unknown>).detail);
        });
      }),
  );
  await page.getByRole('button', { name: /^Make a retention offer: Loyalty discount/ }).click();
  expect(await acted).toMatchObject({ badge: 'churn-risk-high', kind: 'offer', target: 'RET-20-6M' });
  await expect(badge(agent, 'churn-risk-high')).toHaveCount(0);

  await badge(agent, 'offer:MOB-POST-699').click();
  await page.locator('jio-badges [part="dismiss"]').click();
  await page.locator('jio-badges [part="reason"]').last().click();
  await badge(agent, 'language-preference').click();
  await page.locator('jio-badges [part="later"]').click();
  await expect(badge(agent, 'language-preference')).toHaveCount(0);

  await expect.poll(() => dealings(stage, 'C-1020')).toHaveLength(3);
  const [interaction, ...others] = await interactionsOfBadges(stage, 'C-1020');
  expect(others, 'one interaction for one contact').toEqual([]);
  expect(interaction?.interactionItem.map(({ reason, resolution }) => [reason, resolution])).toEqual([
    ['Badge churn-risk-high', 'acted'],
    ['Badge offer:MOB-POST-699', 'dismissed: not-interested'],
    ['Badge language-preference', 'later'],
  ]);
});

test('a supervisor sees how badges do, from the demo page', async ({ openStage, page }) => {
  const stage = await openStage({});
  await page.goto(stage.crm.url);
  await page.getByRole('link', { name: 'Team' }).click();
  const statistics = page.locator('jio-badge-statistics');
  const enter = async (name: string) => {
    const popup = page.waitForEvent('popup');
    await statistics.getByRole('button', { name: /sign in/i }).click();
    await fillInSignIn(await popup, name);
  };
  await enter('meera');
  await expect(statistics).toHaveAttribute('data-state', 'ready', { timeout: 20_000 });
  const rows = statistics.getByRole('row');
  await expect(rows.nth(1)).toContainText('Prefers another language');
  await statistics.getByRole('columnheader', { name: 'Acted on' }).getByRole('button').click();
  await expect(statistics.getByRole('columnheader', { name: 'Acted on' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await statistics.getByLabel('7 days').check();
  await expect(statistics.getByRole('table')).toContainText('over 7 days');
});

test('an agent is told that how badges do is not for them', async ({ openStage, page, problems }) => {
  problems.allow(FAILED_REQUEST, /auth\/not-allowed/);
  const stage = await openStage({});
  await page.goto(`${stage.crm.url}/team.html`);
  const statistics = page.locator('jio-badge-statistics');
  const popup = page.waitForEvent('popup');
  await statistics.getByRole('button', { name: /sign in/i }).click();
  await fillInSignIn(await popup, 'asha');
  await expect(statistics).toHaveAttribute('data-state', 'not-allowed', { timeout: 20_000 });
  await expect(statistics).toContainText('for supervisors');
});
