import type { Locator, Page } from '@playwright/test';
import { scenarioNames, type ScenarioName } from '../../../gateway/src/scenario/stories.ts';
import type { Agent } from './agent.ts';
import { findClient, type PageWithClient } from './client.ts';
import { expect, test } from './fixtures.ts';
import { alarmedSince, end, play } from './scenario.ts';

/** Seconds of the feed within which the verdict is to be there. */
const WITHIN = 10;
/** For a machine that is busy: what must be quick is measured on the clock of the feed. */
const PATIENCE = 60_000;

interface Expected {
  /** What the verdict says first. */
  readonly verdict: RegExp;
  /** What it says when the cause of several is found, or rightly goes on to say. */
  readonly settled: RegExp;
  /** The cause that the explanation names, in its words. */
  readonly cause: readonly [id: string, words: RegExp];
  readonly conclusion: string;
  /** Whether the agent says that the alarm was of use. */
  readonly rated?: boolean;
}

const NETWORK = 'It is the network, not the account.';

const expectations: Readonly<Record<ScenarioName, Expected>> = {
  'evening-congestion': {
    verdict: /Throughput|Latency/,
    settled: /^Known network problem since .+: Degradation at CELL-\S+; (Throughput|Latency|Packet loss) is /,
    cause: ['area-outage', /Degradation at CELL/],
    conclusion: NETWORK,
  },
  'fibre-cut': {
    verdict: /No signal/,
    settled: /^Known network problem since .+: Outage at OLT-\S+; No signal$/,
    cause: ['area-outage', /Outage at OLT/],
    conclusion: NETWORK,
    rated: true,
  },
  'sim-swap': {
    verdict: /No signal/,
    settled: /^No signal since .+; new SIM since .+; area is healthy/,
    cause: ['sim-device', /New SIM since/],
    conclusion: 'It is the SIM or the device, not the network.',
  },
  'payment-barring': {
    verdict: /barred \(payment due\)/,
    settled: /^The service is barred \(payment due\) since .+; area is healthy$/,
    cause: ['payment-due', /overdue since/],
    conclusion: 'It is the account, not the network.',
  },
  'router-thermal': {
    verdict: /Throughput|Latency/,
    settled: /^(Throughput|Latency) is .+ since .+; also affected: (Throughput|Latency); area is healthy/,
    cause: ['sim-device', /(Throughput|Latency) is/],
    conclusion: 'Nothing is certain yet. A test can tell more.',
  },
  'firmware-rollout': {
    verdict: /Packet loss/,
    settled: /^Known network problem since .+: Degradation of routers with firmware 4\.0\.0; Packet loss is /,
    cause: ['area-outage', /routers with firmware/],
    conclusion: NETWORK,
  },
};

for (const name of scenarioNames) {
  const { verdict, settled, cause, conclusion, rated } = expectations[name];
  test(`${name}: the right verdict in ${WITHIN} s on the right service, and no alarm on others`, async ({
    agent,
    stage,
    page,
  }) => {
    test.setTimeout(4 * PATIENCE);
    await agent.open();
    await agent.signIn();
    await followFeed(page);
    const played = await play(stage, name);
    try {
      await agent.choose(played.accountId);
      const struck = strikeOf(agent, played.affectedService);
      await tells(struck, verdict);
      const seconds = ((await feedTime(page)) - Date.parse(played.startedAt)) / 1_000;
      expect(seconds, 'seconds of the feed until the verdict').toBeLessThanOrEqual(WITHIN);
      await tells(struck, settled);
      await struck.locator('[data-panel="why"]').click();
      await expect(struck.locator(`[data-cause="${cause[0]}"]`)).toContainText(cause[1]);
      await expect(struck.locator('.conclusion')).toHaveText(conclusion);
      if (rated) await rate(struck);
      const affected = played.affectedService.map(({ id }) => id);
      const wrong = (await alarmedSince(stage, played.startedAt)).filter((id) => !affected.includes(id));
      expect(wrong, 'alarms on services that are well').toEqual([]);
    } finally {
      await end(stage);
    }
  });
}

/** The card of a service of this customer that the fault strikes. */
function strikeOf(agent: Agent, affected: readonly { readonly id: string }[]): Locator {
  return agent.widget
    .locator(affected.map(({ id }) => `[data-service="${id}"][data-health="ill"]`).join())
    .first();
}

async function tells(card: Locator, words: RegExp): Promise<void> {
  await expect(card.locator('[part~="verdict"]')).toHaveText(words, { timeout: PATIENCE });
}

async function rate(card: Locator): Promise<void> {
  await card.locator('[data-verdict="useful"]').click();
  await expect(card.locator('.feedback-state')).toHaveText('Thank you');
}

/** Keeps the newest second that the page has of the feed, which is the clock that the fault runs on. */
async function followFeed(page: Page): Promise<void> {
  await findClient(page);
  await page.evaluate(() => {
    const { client } = globalThis as unknown as PageWithClient;
    client.events.subscribe('measurement', ({ sampleTime }) =>
      Object.assign(globalThis, { feedTime: sampleTime }),
    );
  });
}

function feedTime(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { readonly feedTime: number }).feedTime);
}
