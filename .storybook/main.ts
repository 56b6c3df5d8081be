import type { StorybookConfig } from '@storybook/web-components-vite';
import { mergeConfig, type Plugin } from 'vite';
import { sourceAliases } from '../tools/lib/workspace.ts';

// The packages promise that only their built define files have side effects. Here they are sources, which the bundler
// would leave out as having none, and no element would be defined.
const keepDefinitions: Plugin = {
  name: 'keep-definitions',
  transform: (code, id) =>
    /\/src\/define(-\w+)?\.ts$/.test(id) ? { code, moduleSideEffects: true } : undefined,
};

const config: StorybookConfig = {
  framework: { name: '@storybook/web-components-vite', options: {} },
  stories: ['../stories/**/*.@(mdx|stories.ts)'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  staticDirs: [{ from: '../node_modules/msw/lib/mockServiceWorker.js', to: '/mockServiceWorker.js' }],
  viteFinal: (config) =>
    mergeConfig(config, {
      resolve: { alias: sourceAliases() },
      // Found late, a dependency would be bundled again and the page would get a second copy of Lit.
      optimizeDeps: {
        entries: ['packages/*/src/define*.ts', 'stories/**/*.stories.ts'],
        include: ['@storybook/web-components-vite'],
      },
      plugins: [keepDefinitions],
    }),
};

export default config;
