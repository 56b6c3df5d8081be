import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromiumArgs, findChromium } from './tools/lib/chromium.ts';
import { sourcesOfPackages } from './tools/lib/workspace.ts';
import { countReporter } from './tools/test/wtr-reporter.ts';

const countsFile = process.env.JIOASSIST_COUNTS;
const sources = sourcesOfPackages();

// A second tab is hidden to the browser: next to no animation frames, no focus, and axe waits for ever. So each page has a
// window of its own.
async function createFocusedPage({ context }) {
  const page = await context.newPage({ type: 'window' });
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return page;
}

function resolveToSource({ source }) {
  const path = sources.get(source);
  return path && `/${path}`;
}

// A module asked for with ?copy=… brings a copy of all our modules it imports, as a second bundle on a page does.
function resolveInCopy({ source, context }) {
  const copy = context.URL.searchParams.get('copy');
  const path = source.startsWith('.') ? source.replace(/\.js$/, '.ts') : resolveToSource({ source });
  return copy && path ? `${path}?copy=${copy}` : undefined;
}

// The worker script must match the installed msw, so it is served from there and not copied.
function serveMockWorker(context, next) {
  if (context.path === '/mockServiceWorker.js') context.url = '/node_modules/msw/lib/mockServiceWorker.js';
  return next();
}

// Imports find the TypeScript of a module by themselves; the address of a worker is none.
function serveWorkerSource(context, next) {
  if (/\/src\/.*-worker\.js$/.test(context.path)) context.url = context.url.replace(/\.js/, '.ts');
  return next();
}

// @tanstack/query-core asks which environment it is in; bundlers answer, a bare browser cannot.
const environment = `<script>globalThis.process = { env: { NODE_ENV: 'development' } };</script>`;

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  files: ['packages/*/src/**/*.test.ts', '!packages/*/src/**/*.model.test.ts'],
  testRunnerHtml: (framework) =>
    `<html lang="en"><head>${environment}</head><body><script type="module" src="${framework}"></script></body></html>`,
  nodeResolve: { exportConditions: ['browser', 'development'] },
  concurrency: 2,
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium(), args: chromiumArgs },
      createPage: createFocusedPage,
    }),
  ],
  browserStartTimeout: 60_000,
  // axe on a busy machine takes its time.
  testFramework: { config: { timeout: 10_000 } },
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  plugins: [
    { name: 'second-copy', resolveImport: resolveInCopy },
    { name: 'package-sources', resolveImport: resolveToSource },
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.base.json', import.meta.url)),
    }),
  ],
  middleware: [serveMockWorker, serveWorkerSource],
  reporters: [defaultReporter(), ...(countsFile ? [countReporter(countsFile)] : [])],
  coverageConfig: { include: ['packages/*/src/**/*.ts'], reporters: ['text-summary', 'lcovonly'] },
};
