import type { Locator } from '@playwright/test';
import { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import { FAILED_REQUEST } from './problems.ts';

test('says since when values are old while the gateway is down, and goes on when it is back', async ({
  openStage,
  page,
  problems,
}) => {
  problems.allow(FAILED_REQUEST, /^\[JioAssist\] network\/unreachable/);
  const stage = await openStage();
  const agent = new Agent(page, stage.crm.url);
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  const opened: unknown[] = [];
  page.on('popup', (popup) => opened.push(popup));
  page.on('framenavigated', (frame) => opened.push(frame.url()));

  await stage.gateway.kill();
  await agent.isInState('stale');
  await expect(agent.widget.getByRole('status').first()).toHaveText(/\d{1,2}:\d{2}/);
  await expect(agent.services.first(), 'what is known stays on the screen').toBeVisible();

  await stage.gateway.start();
  await agent.seesLiveValues();
  expect(opened, 'no reload and no second sign-in').toEqual([]);
  expect(problems.ours.length, 'told at most once').toBeLessThanOrEqual(1);
});

test('finds the gateway that was not there when the page was opened', async ({
  openStage,
  page,
  problems,
}) => {
  problems.allow(FAILED_REQUEST, /^\[JioAssist\] network\/unreachable/);
  const stage = await openStage();
  const agent = new Agent(page, stage.crm.url);
  // The script itself comes from the gateway, so it is up until the page has it.
  await page.route(`${stage.gatewayUrl}/jioassist/v1/origin-check`, (route) =>
    route.abort('connectionrefused'),
  );
  await agent.open('C-1001');
  await agent.seesError('network/unreachable');
  await page.unroute(`${stage.gatewayUrl}/jioassist/v1/origin-check`);
  await agent.isInState('signed-out');
  await agent.signIn();
  await agent.seesLiveValues();
});

test('draws the lines anew when the page becomes narrower, also when no new value comes', async ({
  openStage,
  page,
  problems,
}) => {
  problems.allow(FAILED_REQUEST, /^\[JioAssist\] /);
  const stage = await openStage();
  const agent = new Agent(page, stage.crm.url);
  await page.setViewportSize({ width: 1280, height: 720 });
  await agent.open('C-1001');
  await agent.signIn();
  await agent.seesLiveValues();
  await stage.gateway.stop();
  await agent.isInState('stale');
  const canvases = await agent.widget.locator('canvas').all();
  const widths = () => Promise.all(canvases.map((canvas) => widthsOf(canvas)));
  const before = await widths();
  await page.setViewportSize({ width: 320, height: 720 });
  for (const canvas of canvases) {
    // What is out of sight is drawn when it comes into sight.
    await canvas.scrollIntoViewIfNeeded();
    await expect(async () => {
      const { drawn, shown } = await widthsOf(canvas);
      expect(drawn).toBe(shown);
    }).toPass({ timeout: 10_000 });
  }
  expect(await widths()).not.toEqual(before);
});

/** How wide the line is, and its place on the page, in pixels of the screen. */
function widthsOf(canvas: Locator): Promise<{ drawn: number; shown: number }> {
  return canvas.evaluate(({ width, clientWidth }: HTMLCanvasElement) => ({
    drawn: width,
    shown: Math.round(clientWidth * devicePixelRatio),
  }));
}
