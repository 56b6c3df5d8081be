import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumArgs } from '../../tools/lib/chromium.ts';

export default defineConfig({
  testDir: 'e2e',
  outputDir: fileURLToPath(new URL('../../test-results/crm-plain', import.meta.url)),
  globalSetup: fileURLToPath(new URL('e2e/prepared-data.ts', import.meta.url)),
  // Every worker has a gateway and a browser of its own. Two wait for much of their time, and fill two processors.
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: chromiumArgs,
    },
  },
});
