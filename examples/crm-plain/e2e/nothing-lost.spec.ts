import type { Page } from '@playwright/test';
import { signIn } from '../../../gateway/src/auth/headless-sign-in.ts';
import { Agent } from './agent.ts';
import { findClient, type PageWithClient } from './client.ts';
import { FaultProxy } from './fault-proxy.ts';
import { expect, test } from './fixtures.ts';
import type { Stage } from './stage.ts';

const TABS = 3;
const COMMANDS_PER_TAB = 334;
const LANES = 8;
const SEED = 20_261_124;
/** The longest wait before a command is tried again is shorter. */
const STALLED_AFTER = 90_000;

test('1,000 commands from three tabs over a bad network and a dying gateway: none lost, none doubled', async ({
  openStage,
  context,
  problems,
}) => {
  test.setTimeout(8 * 60_000);
  problems.allow(/./);
  let proxy: FaultProxy | undefined;
  const stage = await openStage({}, async (gatewayPort) => {
    proxy = await FaultProxy.open(gatewayPort, SEED);
    return proxy;
  });
  if (!proxy) throw new Error('there is no proxy');
  const first = await openTab(await context.newPage(), stage);
  await first.signIn();
  const reloaded = await openTab(await context.newPage(), stage);
  const closed = await openTab(await context.newPage(), stage);
  for (const tab of [first, reloaded, closed]) {
    await tab.isSignedIn();
    await findClient(tab.page);
  }

  proxy.faultRate = 0.4;
  await Promise.all([first, reloaded, closed].map(({ page }, tab) => submitMany(page, tab)));
  await stage.gateway.kill();
  await stage.gateway.start();
  await reloaded.page.reload();
  await someAreDone(first, 300);
  await stage.gateway.kill();
  await closed.page.close();
  await stage.gateway.start();
  await someAreDone(first, 600);

  proxy.faultRate = 0;
  // Reloaded over the bad network it may have come up without the SDK.
  await reloaded.page.reload();
  await reloaded.isSignedIn();
  await findClient(reloaded.page);
  for (const agent of [first, reloaded]) await someAreDone(agent, TABS * COMMANDS_PER_TAB);

  const applied = await appliedDescriptions(stage);
  const wanted = Array.from({ length: TABS }, (_, tab) => descriptions(tab)).flat();
  expect(applied.toSorted(), 'each command is in the database once').toEqual(wanted.toSorted());
  expect(await outcomes(reloaded.page), 'both tabs tell the same').toEqual(await outcomes(first.page));
  expect(Object.keys(proxy.counts).length, `faults: ${JSON.stringify(proxy.counts)}`).toBeGreaterThan(7);
});

function descriptions(tab: number): string[] {
  return Array.from({ length: COMMANDS_PER_TAB }, (_, index) => `command ${tab}-${index}`);
}

async function openTab(page: Page, stage: Stage): Promise<Agent> {
  const agent = new Agent(page, stage.crm.url);
  await agent.open('C-1001');
  return agent;
}

/** Gives a tab's commands as fast as the page can, spread over lanes. */
async function submitMany(page: Page, tab: number): Promise<void> {
  const requests = descriptions(tab).map((description, index) => ({
    api: 'tmf621',
    method: 'POST',
    path: '/troubleTicket',
    body: { description, severity: 'minor', ticketType: 'complaint' },
    lane: `lane ${index % LANES}`,
  }));
  await page.evaluate(async (given) => {
    const { commands } = (globalThis as unknown as PageWithClient).client;
    await Promise.all(given.map((request) => commands.submit(request)));
  }, requests);
}

/** What became of each command of the test, by id, as a tab sees it; the widgets give some of their own. */
async function outcomes(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const { commands } = (globalThis as unknown as PageWithClient).client;
    const own = commands.state.value.commands.filter(({ request }) => request.lane.startsWith('lane '));
    return Object.fromEntries(own.map(({ id, outcome }) => [id, outcome.status]));
  });
}

/** How long it takes is the machine's affair; it must not come to a halt. */
async function someAreDone({ page }: Agent, count: number): Promise<void> {
  let done = 0;
  const countDone = async () =>
    (done = Object.values(await outcomes(page)).filter((status) => status === 'done').length);
  while (done < count) {
    const message = `more than ${done} commands are done, of ${count}`;
    await expect
      .poll(countDone, { timeout: STALLED_AFTER, intervals: [1_000], message })
      .toBeGreaterThan(done);
  }
}

/** The descriptions of the tickets the commands made, read from the gateway itself. */
async function appliedDescriptions(stage: Stage): Promise<string[]> {
  const { accessToken } = await signIn(stage.gatewayUrl, {
    name: 'asha',
    password: 'welcome-asha',
    scope: 'openid ticket:read',
  });
  const query = 'description.regex=%5Ecommand%20&fields=description&limit=1000';
  const headers = { authorization: `Bearer ${accessToken}` };
  const read = async (offset: number) => {
    const url = `${stage.gatewayUrl}/tmf-api/troubleTicket/v4/troubleTicket?${query}&offset=${offset}`;
    return (await (await fetch(url, { headers })).json()) as { description: string }[];
  };
  const pages = await Promise.all([read(0), read(1000)]);
  return pages.flat().map(({ description }) => description);
}
