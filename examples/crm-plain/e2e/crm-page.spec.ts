import type { Locator } from '@playwright/test';
import { accountName, type Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';

test('the search narrows the list, and the arrow keys walk it', async ({ agent, page }) => {
  await agent.open();
  await page.getByLabel('Find an account').fill('walk');
  await expect(agent.accountList.getByRole('link')).toHaveCount(1);
  await expect(agent.accountList.getByRole('status')).toHaveText('1 of 24 accounts');
  await page.getByLabel('Find an account').fill('');
  await page.keyboard.press('ArrowDown');
  await expect(linkTo(agent, 'C-1001')).toBeFocused();
  await page.keyboard.press('End');
  await expect(linkTo(agent, 'C-9999')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(linkTo(agent, 'C-1001')).toBeFocused();
});

test('a changed record is still changed after a reload', async ({ agent, page }) => {
  await agent.open('C-1001');
  await page.getByLabel('City').fill('Mysuru');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Saved in this browser.');
  await page.reload();
  await expect(page.getByLabel('City')).toHaveValue('Mysuru');
  await expect(linkTo(agent, 'C-1001')).toContainText('Mysuru');
});

test('an account that is not there is said so, and the widget follows nobody', async ({ agent, page }) => {
  await agent.open('C-1001');
  await expect(agent.assist).toHaveAttribute('customer-id', 'C-1001');
  await agent.open('C-0');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such account');
  await expect(agent.assist).not.toHaveAttribute('customer-id');
});

test('the page’s old scripts change built-ins, as old scripts do', async ({ agent, page }) => {
  await agent.open();
  const seen = await page.evaluate(() => {
    const keys: string[] = [];
    // The loop that such scripts break, and that nobody should write.
    // eslint-disable-next-line @typescript-eslint/no-for-in-array
    for (const key in []) keys.push(key);
    return { keys, dollar: typeof (globalThis as unknown as { $: unknown }).$ };
  });
  expect(seen).toEqual({ keys: ['remove', 'each', 'extend'], dollar: 'function' });
});

function linkTo(agent: Agent, accountId: string): Locator {
  return agent.accountList.getByRole('link', { name: accountName(accountId) });
}
