import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Frame, type Page } from '@playwright/test';
import { chromiumArgs, ensureChromium } from '../../../tools/lib/chromium.ts';
import { fillInSignIn } from './agent.ts';
import { expect, test } from './fixtures.ts';
import { FAILED_REQUEST, Problems } from './problems.ts';

/** Another site than the CRM's 127.0.0.1, which the test answers itself. */
const PORTAL = 'http://portal.localhost:8000';

const BLOCK = 2;

/** A browser whose user blocks what `origin` would store, wherever it is shown; the gateway's sign-in page is free to. */
async function openBrowser(profile: string, origin: string): Promise<BrowserContext> {
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const preferences = {
    profile: { content_settings: { exceptions: { cookies: { [`${origin},*`]: { setting: BLOCK } } } } },
  };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  return chromium.launchPersistentContext(profile, {
    executablePath: await ensureChromium(),
    args: chromiumArgs,
    viewport: { width: 1280, height: 800 },
  });
}

/** The CRM in a frame of a portal on another site, which may frame it as its administrator has set up. */
async function openInFrame(page: Page, crmUrl: string): Promise<Frame> {
  await page.context().grantPermissions(['local-network-access']);
  await page.route(`${PORTAL}/`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Portal</title><link rel="icon" href="data:,">
        <iframe title="CRM" width="1200" height="780" allow="local-network-access"
          src="${crmUrl}/#/accounts/C-1001"></iframe></html>`,
    }),
  );
  await page.route(`${crmUrl}/`, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = headers['content-security-policy'] ?? '';
    await route.fulfill({
      response,
      headers: {
        ...headers,
        'content-security-policy': policy.replace("frame-ancestors 'none'", `frame-ancestors ${PORTAL}`),
      },
    });
  });
  await page.goto(`${PORTAL}/`);
  const handle = await page.getByTitle('CRM').elementHandle();
  const frame = await handle.contentFrame();
  if (!frame) throw new Error('the portal shows no frame');
  return frame;
}

test('in a frame on another site with storage blocked: works from memory, and says so', async ({ stage }) => {
  const profile = mkdtempSync(join(tmpdir(), 'jioassist-profile-'));
  const context = await openBrowser(profile, stage.crm.url);
  const problems = new Problems();
  try {
    await problems.watch(context);
    const page = await context.newPage();
    const frame = await openInFrame(page, stage.crm.url);
    const storage = await frame.evaluate(async () => {
      const database = await new Promise<string>((resolve) => {
        try {
          const opening = indexedDB.open('x');
          opening.onsuccess = () => {
            resolve('open');
          };
          opening.onerror = () => {
            resolve('blocked');
          };
        } catch {
          resolve('blocked');
        }
      });
      return { database, site: document.location.ancestorOrigins[0] };
    });
    expect(storage).toEqual({ database: 'blocked', site: PORTAL });

    const popup = page.waitForEvent('popup');
    await frame
      .locator('jio-diagnostics')
      .getByRole('button', { name: /sign in/i })
      .click();
    await fillInSignIn(await popup, 'asha');
    await expect(frame.locator('jio-diagnostics')).toHaveAttribute('data-state', 'ready', {
      timeout: 20_000,
    });

    const told = await frame.evaluate(async () => {
      const assist = document.querySelector('jio-assist') as unknown as {
        ownClient: {
          commands: { submit(request: object): Promise<string>; state: { value: { persistent: boolean } } };
          doctor: () => Promise<{ checks: { id: string; status: string }[] }>;
        };
      };
      const { commands, doctor } = assist.ownClient;
      await commands.submit({
        api: 'tmf683',
        method: 'POST',
        path: '/partyInteraction',
        body: {
          description: 'Asked for the invoice.',
          direction: 'inbound',
          reason: 'billing',
          status: 'completed',
        },
        lane: 'C-1001',
      });
      const { checks } = await doctor();
      const check = checks.find(({ id }) => id === 'storage');
      return { persistent: commands.state.value.persistent, doctor: check?.status };
    });
    expect(told).toEqual({ persistent: false, doctor: 'warning' });
    problems.allow(FAILED_REQUEST);
    expect(problems.unexpected, 'console and policy of the page').toEqual([]);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
});
