import type { Locator, Page } from '@playwright/test';
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';

/** What the gateway needs to learn what is normal, and to be sure that it is not, on a busy machine. */
const TO_BE_SURE = 90_000;

const unfold = async (service: Locator, panel: string): Promise<void> => {
  await service.locator(`[data-panel="${panel}"]`).click();
};

async function open(agent: Agent, accountId: string): Promise<void> {
  await agent.open(accountId);
  await agent.signIn();
  await agent.isInState('ready');
}

test('says which service is ill, and has it first', async ({ agent }) => {
  test.setTimeout(TO_BE_SURE + 30_000);
  await open(agent, 'C-1001');
  const fibre = agent.services.filter({ hasText: 'Home fibre' });
  await expect(fibre).toHaveAttribute('data-health', /ill|watch/, { timeout: TO_BE_SURE });
  await expect(fibre.locator('[part~="verdict"]')).toContainText(
    /normal|instead|limit|usual|Known network problem|alarm/i,
  );
  // On some evenings the cell of the other service is full, and then that one may stand first.
  await expect(agent.services.first()).toHaveAttribute('data-health', /ill|watch/);
});

test('finds the barring of a customer who has not paid, and that the network is well', async ({ agent }) => {
  await open(agent, 'C-1010');
  const ill = agent.services.filter({ hasText: 'barred (payment due)' });
  await expect(ill).toHaveAttribute('data-health', 'ill');
  await expect(ill.locator('[part~="verdict"]')).toContainText('barred (payment due)');
  await unfold(ill, 'why');
  await expect(ill.getByText('It is the account, not the network.')).toBeVisible();
  await expect(ill.locator('[data-cause="payment-due"]')).toHaveAttribute('data-standing', 'found');
  await expect(ill.locator('[data-cause="payment-due"]')).toContainText('overdue since');
});

test('runs a test that goes on while the page is reloaded, and judges each measure', async ({
  agent,
  page,
}) => {
  test.setTimeout(120_000);
  await open(agent, 'C-1003');
  const fibre = agent.services.filter({ hasText: 'Home fibre' });
  await unfold(fibre, 'tests');
  await fibre.getByRole('button', { name: 'Speed test', exact: true }).click();
  await expect(fibre.locator('[part~="test"][data-state="inProgress"] progress')).toBeVisible({
    timeout: 20_000,
  });
  await page.reload();
  await agent.signIn();
  await agent.isInState('ready');
  await unfold(fibre, 'tests');
  const newest = fibre.locator('[part~="test"]').first();
  await expect(newest).toHaveAttribute('data-state', 'completed', { timeout: 60_000 });
  await expect(newest.locator('tbody tr').first()).toContainText(/Pass|Fail/);
  await expect(newest.getByRole('button', { name: /test again/i })).toBeVisible();
});

test('ends a test that is not wanted any more', async ({ agent }) => {
  test.setTimeout(120_000);
  await open(agent, 'C-1003');
  const fibre = agent.services.filter({ hasText: 'Home fibre' });
  await unfold(fibre, 'tests');
  await fibre.getByRole('button', { name: 'Line test', exact: true }).click();
  await fibre.locator('[part~="cancel-test"]').first().click({ timeout: 20_000 });
  await expect(fibre.locator('[part~="test"]').first()).toHaveAttribute('data-state', 'cancelled', {
    timeout: 20_000,
  });
});

test('goes through a card by keyboard: why, tests, chart', async ({ agent, page }) => {
  await open(agent, 'C-1003');
  const first = agent.services.first();
  await first.locator('[data-panel="why"]').focus();
  await page.keyboard.press('Enter');
  await expect(first.locator('.causes')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(first.locator('.tests')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const plot = first.locator('[part~="plot"]');
  await expect(plot).toBeVisible();
  await tabTo(page, 'slider');
  await page.keyboard.press('Home');
  await expect(plot).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('ArrowRight');
  await expect(plot).toHaveAttribute('aria-valuenow', '1');
});

/** Presses Tab until something of that role has the focus. */
async function tabTo(page: Page, role: string): Promise<void> {
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute('role') ?? '';
    });
  for (let stop = 0; stop < 30; stop++) {
    await page.keyboard.press('Tab');
    if ((await focused()) === role) return;
  }
  throw new Error(`nothing of role ${role} is reached within 30 presses of Tab`);
}
