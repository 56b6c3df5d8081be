import type { Page } from '@playwright/test';
import { accountName, fillInSignIn } from './agent.ts';
import { expect, test } from './fixtures.ts';

const MOST_STOPS = 40;

test('goes from the account list to live values without a mouse', async ({ agent, page }) => {
  await agent.open();
  await tabTo(page, (name) => name === 'Find an account');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: accountName('C-1002') })).toBeVisible();
  await expect(agent.accountList.getByRole('link', { name: accountName('C-1002') })).toBeFocused();

  await tabTo(page, (name) => /sign in/i.test(name));
  const popup = page.waitForEvent('popup');
  await page.keyboard.press('Enter');
  await fillInSignIn(await popup, 'ravi');
  await agent.seesLiveValues();
  await expect.poll(() => isFocusInside(page), { message: 'focus stays in the widget' }).toBe(true);
});

/** Presses Tab until the focused control answers to the name. */
async function tabTo(page: Page, isWanted: (name: string) => boolean): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    if (isWanted(await focusedName(page))) return;
  }
  throw new Error(`not reached within ${MOST_STOPS} presses of Tab`);
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0] : focused;
    return focused?.getAttribute('aria-label') ?? label?.textContent.trim() ?? '';
  });
}

function isFocusInside(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector('jio-assist')?.contains(document.activeElement) ?? false);
}
