import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from './fixtures.ts';

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} page and widget have no accessibility violations`, () => {
    test.use({ colorScheme });

    test('signed out', async ({ agent, page }) => {
      await agent.open('C-1001');
      await agent.isInState('signed-out');
      expect(await violations(page)).toEqual([]);
    });

    test('no account selected', async ({ agent, page }) => {
      await agent.open();
      await agent.signIn();
      await agent.isInState('no-customer');
      expect(await violations(page)).toEqual([]);
    });

    test('with live values', async ({ agent, page }) => {
      await agent.open('C-1001');
      await agent.signIn();
      await agent.seesLiveValues();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('the dialog of the page has no accessibility violations', async ({ agent, page }) => {
  await agent.open('C-1001');
  await page.getByRole('button', { name: 'Log a call' }).click();
  expect(await violations(page)).toEqual([]);
});

/** Each violated rule with the places where it is. */
async function violations(page: Page): Promise<string[]> {
  // What the page’s old scripts hang on every object is more than axe withstands.
  await page.evaluate(() => Reflect.deleteProperty(Object.prototype, 'extend'));
  // A script element would be stopped by the page's policy, as it should; the debugger's evaluation is not.
  await page.evaluate(axeSource);
  const results = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    return axe.run();
  });
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}
