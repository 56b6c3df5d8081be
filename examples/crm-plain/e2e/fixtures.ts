import { test as base, expect } from '@playwright/test';
import { Agent } from './agent.ts';
import { Problems } from './problems.ts';
import { Stage, type OpenFront } from './stage.ts';

interface TestFixtures {
  /** What went wrong in the browser; checked after every test. */
  problems: Problems;
  /** An agent in front of the shared stage. */
  agent: Agent;
  /** Opens a stage for one test only: other settings, or a gateway that is going to be killed. */
  openStage: (settings?: Record<string, string>, front?: OpenFront) => Promise<Stage>;
}

interface WorkerFixtures {
  stage: Stage;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  stage: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here.
    async ({}, use) => {
      const stage = await Stage.open();
      await use(stage);
      await stage.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  problems: [
    async ({ context }, use) => {
      const problems = new Problems();
      await problems.watch(context);
      await use(problems);
      expect(problems.unexpected, 'console and policy of the page').toEqual([]);
    },
    { auto: true },
  ],

  agent: async ({ page, stage }, use) => {
    await use(new Agent(page, stage.crm.url));
  },

  openStage: async ({ page }, use) => {
    const stages: Stage[] = [];
    await use(async (settings, front) => {
      const started = performance.now();
      const stage = await Stage.open(settings, front);
      // A busy machine takes long to start a gateway, which is no part of what the test is about.
      test.setTimeout(test.info().timeout + performance.now() - started);
      stages.push(stage);
      return stage;
    });
    // The page goes first: left alone it would complain of the gateway that is taken away.
    await page.close();
    await Promise.all(stages.map((stage) => stage.close()));
  },
});

export { expect };
