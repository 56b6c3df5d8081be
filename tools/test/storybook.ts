import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../lib/chromium.ts';
import { root } from '../lib/paths.ts';
import { check } from './runners.ts';
import { sum, type Counts, type StepContext, type StepResult } from './step.ts';

const folder = join(root, 'storybook-static');
const origin = 'http://storybook.example';
const patience = 20_000;
const build = check('node_modules/storybook/dist/bin/dispatcher.js', 'build', '-o', folder, '--quiet');

/**
 * Builds Storybook and opens one story of each file from what was built: the story tests run on the sources, and
 * would not see that the bundler left out an element's definition.
 */
export async function checkStorybook(context: StepContext): Promise<StepResult> {
  const built = await build(context);
  if (built.failed) return built;
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const page = await browser.newPage();
    await page.route(`${origin}/**`, (route) =>
      route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
    );
    const results: (Counts & { output: string })[] = [built];
    for (const story of oneStoryOfEachFile()) results.push(await openStory(page, story));
    return { ...sum(results), output: results.map(({ output }) => output).join('') };
  } finally {
    await browser.close();
  }
}

function oneStoryOfEachFile(): string[] {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    entries: Record<string, { id: string; type: string; importPath: string }>;
  };
  const stories = Object.values(index.entries).filter(({ type }) => type === 'story');
  return [...new Map(stories.reverse().map(({ id, importPath }) => [importPath, id])).values()];
}

async function openStory(page: Page, story: string): Promise<StepResult> {
  await page.goto(`${origin}/iframe.html?id=${story}&viewMode=story`);
  try {
    await page.waitForFunction(isRendered, undefined, { timeout: patience });
    return { passed: 1, failed: 0, output: '' };
  } catch {
    return {
      passed: 0,
      failed: 1,
      output: `${story} stays empty, or has elements that are never defined.\n`,
    };
  }
}

/** Runs in the page. */
function isRendered(): boolean {
  const story = document.querySelector('#storybook-root');
  return story?.firstElementChild != null && story.querySelector(':not(:defined)') === null;
}
