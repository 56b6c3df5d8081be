import type { Page } from '@playwright/test';
import { Agent } from './agent.ts';
import { stylesInside } from './computed-styles.ts';
import { expect, test } from './fixtures.ts';

for (const { name, signedIn } of [
  { name: 'signed out', signedIn: false },
  { name: 'with live values', signedIn: true },
]) {
  test(`the page’s styles do not reach into the widget, ${name}`, async ({ agent, context, page, stage }) => {
    await agent.open('C-1001');
    // Its width is that of the settled page.
    await agent.isInState('signed-out');
    const bare = new Agent(await context.newPage(), stage.crm.url);
    await openBarePage(bare, await agent.widget.evaluate((element) => element.getBoundingClientRect().width));
    await bare.isInState('signed-out');
    await page.bringToFront();
    // The other page is of the same origin, so it is signed in as well.
    if (signedIn) await agent.signIn();
    for (const each of [agent, bare]) {
      await each.page.bringToFront();
      if (signedIn) await each.seesLiveValues();
    }
    await expect(async () => {
      const styles = await stylesInside(page);
      expect(Object.keys(styles).length, 'kinds of elements in the widget').toBeGreaterThan(4);
      expect(styles).toEqual(await stylesInside(bare.page));
    }).toPass({ timeout: 10_000 });
  });
}

/** The same widget in the same width, alone on a page of the same origin and policy that has no styles. */
async function openBarePage(agent: Agent, width: number): Promise<void> {
  await agent.withMarkup((html) => {
    const [assist = ''] = /<jio-assist[^]*<\/jio-assist>/.exec(html) ?? [];
    const [script = ''] = /<script[^>]*\/sdk\/1\/[^>]*><\/script>/.exec(html) ?? [];
    const head = `<meta charset="utf-8"><title>Bare</title><link rel="icon" href="/favicon.svg">${script}`;
    return `<!doctype html><html lang="en-IN">${head}<body><main>${assist}</main>`;
  });
  await agent.page.goto(agent.url);
  await agent.page.locator('main').evaluate((main, pixels) => (main.style.width = `${pixels}px`), width);
  await agent.assist.evaluate((element) => {
    element.setAttribute('customer-id', 'C-1001');
  });
}

for (const width of [320, 768, 1280]) {
  test(`nothing has to be scrolled sideways at ${width} pixels`, async ({ agent, page }) => {
    await page.setViewportSize({ width, height: 720 });
    await agent.open('C-1001');
    await agent.isInState('signed-out');
    await expectNoSidewaysScroll(page);
    await agent.signIn();
    await agent.seesLiveValues();
    await expectNoSidewaysScroll(page);
  });
}

test('on a narrow screen the account list folds away and the widget is as wide as the record', async ({
  agent,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 720 });
  await agent.open('C-1001');
  await page.getByRole('button', { name: /^Account: / }).click();
  await agent.choose('C-1002');
  await expect(agent.accountList.getByRole('link')).toHaveCount(0);
  const record = await page.getByRole('main').boundingBox();
  const panel = await page.getByRole('complementary', { name: 'JioAssist' }).boundingBox();
  expect(panel?.width).toBe(record?.width);
});

test('the page’s dialog covers the widget', async ({ agent, page }) => {
  await agent.open('C-1001');
  await agent.isInState('signed-out');
  await page.getByRole('button', { name: 'Log a call' }).click();
  const isCovered = await agent.widget.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.id === 'overlay';
  });
  expect(isCovered).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Log a call' })).toBeFocused();
});

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(content, 'width of the page').toBe(screen);
}
