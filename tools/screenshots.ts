import { mkdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { Agent } from '../examples/crm-plain/e2e/agent.ts';
import { Stage } from '../examples/crm-plain/e2e/stage.ts';
import { buildIfStale } from './lib/build.ts';
import { chromiumArgs, ensureChromium } from './lib/chromium.ts';
import { readArguments } from './lib/options.ts';
import { root } from './lib/paths.ts';
import { withProgress } from './lib/progress.ts';
import { runMain, Sentence } from './lib/stop.ts';

interface Picture {
  file: string;
  colorScheme: 'light' | 'dark';
  width: number;
  height: number;
}

const help = `npm run screenshots
Takes the pictures of the README: the demo page as an agent sees it, after signing in.`;

const folder = join(root, 'docs/pictures');
const account = 'C-1001';
const maxBytes = 300_000;
const pictures: Picture[] = [
  { file: 'crm-light.png', colorScheme: 'light', width: 1280, height: 800 },
  { file: 'crm-dark-320.png', colorScheme: 'dark', width: 320, height: 720 },
];

async function take(browser: Browser, pageUrl: string, picture: Picture): Promise<void> {
  const { file, colorScheme, width, height } = picture;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-IN' });
  const page = await context.newPage();
  const agent = new Agent(page, pageUrl);
  await agent.open(account);
  await agent.signIn();
  await agent.seesLiveValues();
  await page.locator('jio-badges [part~="badge"]').first().waitFor();
  // What is usual is known once the detectors have come; lines are drawn when they are seen.
  await agent.widget.getByText('usual').nth(4).waitFor();
  // Below the header of the page, which stays where it is.
  await page.locator('jio-badges').evaluate((badges) => {
    scrollBy({ top: badges.getBoundingClientRect().top - 60, behavior: 'instant' });
  });
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const path = join(folder, file);
  await page.screenshot({ path, animations: 'disabled' });
  await context.close();
  checkSize(path);
}

function checkSize(path: string): void {
  const { size } = statSync(path);
  if (size <= maxBytes) return;
  throw new Sentence(
    `${relative(root, path)} has ${size} bytes, more than the ${maxBytes} a README picture may have.`,
  );
}

await runMain(async () => {
  readArguments({ name: 'npm run screenshots', help, options: {} });
  const executablePath = await ensureChromium();
  await buildIfStale();
  mkdirSync(folder, { recursive: true });
  const stage = await withProgress('Starting gateway and page', () => Stage.open());
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    for (const picture of pictures) {
      await withProgress(picture.file, () => take(browser, stage.crm.url, picture));
    }
  } finally {
    await browser.close();
    await stage.close();
  }
});
