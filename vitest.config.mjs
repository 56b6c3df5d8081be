import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './tools/lib/chromium.ts';
import { sourceAliases } from './tools/lib/workspace.ts';

const executablePath = findChromium();
const launchOptions = { args: chromiumArgs, ...(executablePath && { executablePath }) };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: sourceAliases() },
        test: {
          name: 'model',
          environment: 'node',
          include: ['packages/*/src/**/*.model.test.ts'],
        },
      },
      {
        plugins: [storybookTest({ configDir: fileURLToPath(new URL('.storybook', import.meta.url)) })],
        test: {
          name: 'storybook',
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
