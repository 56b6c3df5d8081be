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
  const widths = () =>
    agent.widget
      .locator('canvas')
      .evaluateAll((canvases: HTMLCanvasElement[]) =>
        canvases.map(({ width, clientWidth }) => [width, Math.round(clientWidth * devicePixelRatio)]),
      );
  const before = await widths();
  await page.setViewportSize({ width: 320, height: 720 });
  await expect(async () => {
    const after = await widths();
    expect(after).not.toEqual(before);
    for (const [drawn, shown] of after) expect(drawn).toBe(shown);
  }).toPass({ timeout: 10_000 });
});
