import { checkLockfile, build, checkTypes, lint } from './checks.ts';
import { checkPackages } from './packages.ts';
import { gatewayTests, testOnPostgres } from './postgres.ts';
import { check, nodeTests, playwright, vitest, webTestRunner } from './runners.ts';
import { checkSizes } from './sizes.ts';
import type { Step } from './step.ts';
import { checkStorybook } from './storybook.ts';

const manifestArguments = [
  'node_modules/@custom-elements-manifest/analyzer/cem.js',
  'analyze',
  '--quiet',
  '--globs',
  'packages/*/src/**/*.ts',
  '--exclude',
  'packages/*/src/**/*.test.ts',
  '--outdir',
  '.',
];

/**
 * Storybook's settings import the manifest, and the end-to-end tests what a host would, the built packages: without them
 * they have no types.
 */
const typed = ['manifest', 'build'];

/** Everything `npm test` runs, in order: what is quick to fail comes first. */
export const steps: Step[] = [
  {
    name: 'format',
    title: 'Format',
    unit: 'check',
    shares: true,
    run: check('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  },
  { name: 'lockfile', title: 'Lockfile', unit: 'check', shares: true, run: checkLockfile },
  {
    name: 'manifest',
    title: 'Elements manifest',
    unit: 'check',
    shares: true,
    run: check(...manifestArguments),
  },
  { name: 'build', title: 'Build', unit: 'check', shares: true, run: build },
  { name: 'lint', title: 'Lint', unit: 'check', shares: true, after: typed, run: lint },
  { name: 'types', title: 'Types', unit: 'check', shares: true, after: typed, run: checkTypes },
  { name: 'size', title: 'Sizes', unit: 'limit', shares: true, needs: ['build'], run: checkSizes },
  {
    name: 'package',
    title: 'Packages as published',
    unit: 'check',
    shares: true,
    needs: ['build'],
    run: checkPackages,
  },
  {
    name: 'docs',
    title: 'API docs',
    unit: 'check',
    shares: true,
    after: typed,
    run: check('node_modules/typedoc/bin/typedoc'),
  },
  {
    name: 'storybook',
    title: 'Storybook, as built',
    unit: 'check',
    browser: true,
    shares: true,
    needs: ['manifest'],
    after: typed,
    run: checkStorybook,
  },
  {
    name: 'tools',
    title: 'Tools',
    unit: 'test',
    needs: ['build'],
    run: nodeTests('{tools,bench}/**/*.test.ts'),
  },
  { name: 'model', title: 'Models', unit: 'test', run: vitest('model') },
  { name: 'element', title: 'Elements, in a browser', unit: 'test', browser: true, run: webTestRunner },
  {
    name: 'story',
    title: 'Stories, in a browser',
    unit: 'test',
    browser: true,
    needs: ['manifest'],
    run: vitest('storybook'),
  },
  { name: 'gateway', title: 'Gateway', unit: 'test', minutes: 8, run: nodeTests(gatewayTests) },
  { name: 'postgres', title: 'Gateway, on PostgreSQL', unit: 'test', minutes: 8, run: testOnPostgres },
  {
    name: 'e2e',
    title: 'End to end, in a browser',
    unit: 'test',
    browser: true,
    minutes: 10,
    needs: ['build'],
    run: playwright('examples/crm-plain/playwright.config.ts'),
  },
];
