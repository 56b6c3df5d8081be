import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

interface Snapshot {
  customerId: string | null;
  services: string[];
}

test('shows the services of the chosen account, with values that move', async ({ agent }) => {
  await agent.open();
  await agent.signIn();
  await agent.isInState('no-customer');
  await agent.choose('C-1001');
  await agent.seesLiveValues();
  await expect(agent.page.getByText('JioAssist: following customer C-1001')).toBeVisible();
});

test('shows each of the four indicators of a service', async ({ agent }) => {
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  for (const indicator of ['latency', 'packetLoss', 'signal', 'throughput']) {
    const value = agent.services.first().locator(`[data-indicator="${indicator}"] [part~="value"]`);
    await expect(value, indicator).toHaveText(/\d/);
  }
});

test('never shows the services of the account before', async ({ agent }) => {
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  const before = await shownServices(agent.page);
  await startSnapshots(agent.page);
  await agent.choose('C-1002');
  await agent.seesLiveValues();
  const after = await shownServices(agent.page);
  // Two accounts may have services of the same name and no number to tell them apart.
  const onlyBefore = before.filter((service) => !after.includes(service));
  expect(onlyBefore, 'services of the first account alone').not.toEqual([]);
  const snapshots = (await takeSnapshots(agent.page)).filter(({ customerId }) => customerId === 'C-1002');
  expect(snapshots.length, 'the widget was drawn for the new account').toBeGreaterThan(0);
  expect(
    snapshots.filter(({ services }) => services.some((service) => onlyBefore.includes(service))),
  ).toEqual([]);
});

test('drops an answer that comes after the agent has moved on', async ({ agent, page }) => {
  await agent.open();
  await agent.signIn();
  const { promise: released, resolve: release } = Promise.withResolvers<unknown>();
  await page.route(/\/service\?.*C-1001/, async (route) => {
    await released;
    // The request may have been given up meanwhile, which is as good as an answer nobody takes.
    await route.continue().catch(() => undefined);
  });
  await agent.choose('C-1001');
  await agent.isInState('loading');
  await agent.choose('C-1002');
  await agent.seesLiveValues();
  const second = await shownServices(page);
  release(undefined);
  await agent.seesValuesMove();
  expect(await shownServices(page)).toEqual(second);
});

/** The headings of the services, which name and number them. */
function shownServices(page: Page): Promise<string[]> {
  return page.locator('jio-diagnostics [part~="service"]').getByRole('heading').allTextContents();
}

/** Writes down, at every change of the widget, what it shows and for which customer. */
function startSnapshots(page: Page): Promise<void> {
  return page.evaluate(() => {
    const widget = document.querySelector('jio-diagnostics');
    const root = widget?.shadowRoot;
    if (!widget || !root) throw new Error('the widget is not drawn');
    const snapshots: Snapshot[] = [];
    Object.assign(globalThis, { snapshots });
    const observer = new MutationObserver(() => {
      snapshots.push({
        customerId: document.querySelector('jio-assist')?.getAttribute('customer-id') ?? null,
        services: [...root.querySelectorAll('[part~="service"] h3')].map((heading) => heading.textContent),
      });
    });
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

function takeSnapshots(page: Page): Promise<Snapshot[]> {
  return page.evaluate(() => (globalThis as unknown as { snapshots: Snapshot[] }).snapshots);
}
