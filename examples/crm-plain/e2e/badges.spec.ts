import type { Page } from '@playwright/test';
import { signIn } from '../../../gateway/src/auth/headless-sign-in.ts';
import { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
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
