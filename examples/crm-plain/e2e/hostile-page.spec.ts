import { expect, test } from './fixtures.ts';
import { serveCopy, serveNextMajor } from './sdk-copies.ts';

const SCRIPT = /<script type="module" src="([^"]*)\/sdk\/1\/jioassist\.js"><\/script>/;

test('a page that adds to the built-in prototypes', async ({ agent, page }) => {
  await agent.open('C-1001');
  const found = await page.evaluate(() => {
    const names: string[] = [];
    for (const name in {}) names.push(name);
    // eslint-disable-next-line @typescript-eslint/no-for-in-array -- what such a loop finds is the question
    for (const name in []) names.push(name);
    return names;
  });
  expect(found, 'what for … in finds where there is nothing').toEqual(
    expect.arrayContaining(['extend', 'remove', 'each']),
  );
  await agent.signIn();
  await agent.seesLiveValues();
  await agent.services.first().locator('[data-panel="chart"]').click();
  await expect(agent.services.first().locator('[part~="plot"] canvas')).toBeVisible();
});

test('two copies of one version share one client', async ({ agent, context, page }) => {
  await serveCopy(context);
  await agent.withMarkup((html) =>
    html.replace(SCRIPT, '$&<script type="module" src="$1/sdk/copy/jioassist.js"></script>'),
  );
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  expect(asked.filter((path) => /^\/sdk\/copy\/chunks\/jio-diagnostics/.test(path))).toHaveLength(1);
  expect(
    asked.filter((path) => path.endsWith('/service')),
    'requests for the services',
  ).toHaveLength(1);
  await agent.choose('C-1002');
  await agent.seesLiveValues();
});

test('two major versions live side by side, each with its own client', async ({ agent, context, page }) => {
  await serveNextMajor(context);
  await agent.withMarkup((html) =>
    html
      .replace(SCRIPT, '$&<script type="module" src="$1/sdk/2/jioassist.js"></script>')
      .replace('</jio-assist>', '<jio2-diagnostics id="lost"></jio2-diagnostics></jio-assist>')
      .replace(
        /<jio-assist [^>]*gateway="([^"]*)"[^>]*>/,
        '<jio2-assist gateway="$1" client-id="crm"><jio2-diagnostics id="next"></jio2-diagnostics></jio2-assist>$&',
      ),
  );
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  const next = page.locator('#next');
  await expect(next, 'has its own state').toHaveAttribute('data-state', /signed-out|no-customer/);
  const lost = page.locator('#lost');
  await expect(lost, 'is in no provider of its version').toHaveAttribute('data-state', 'error');
  await expect(lost.locator('[part~="error-code"]')).toContainText('client/missing');
});
