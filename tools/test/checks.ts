import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markFresh, missingOutputs } from '../lib/build.ts';
import { runCommand } from '../lib/command.ts';
import { root } from '../lib/paths.ts';
import { addressedPackages, extraneousPackages, missingPlatformPackages, type Lock } from './lockfile.ts';
import { sum, type StepContext, type StepResult } from './step.ts';

const tsc = 'node_modules/typescript7/bin/tsc';

/** Type-checks every project: the packages with their tests, and all that runs in Node. */
export async function checkTypes(context: StepContext): Promise<StepResult> {
  const folders = '{gateway,tools,bench,examples/*,.storybook}/tsconfig.json';
  const results = [];
  for (const project of ['tsconfig.json', ...globSync(folders, { cwd: root })]) {
    results.push(await runCheck([tsc, '-p', project, '--noEmit'], context));
  }
  return merge(results);
}

/** The lint rules, then the templates' own: unknown tags, wrong attribute types, handlers that cannot be called. */
export async function lint(context: StepContext): Promise<StepResult> {
  const eslint = await runCheck(['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'], context);
  const litAnalyzer = 'node_modules/@jackolope/lit-analyzer/cli.mjs';
  const templates = await runCheck([litAnalyzer, 'packages/*/src/**/*.ts', '--strict', '--quiet'], context);
  return merge([eslint, templates]);
}

export function checkLockfile(): Promise<StepResult> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Lock;
  };
  const rules = [missingPlatformPackages, addressedPackages, extraneousPackages];
  const problems = rules.map((rule) => rule(packages)).filter(({ length }) => length > 0);
  const failed = problems.length;
  return Promise.resolve({ passed: rules.length - failed, failed, output: problems.flat().join('\n') });
}

/** Compiles and bundles, and makes sure that what a page asks for came out. */
export async function build(context: StepContext): Promise<StepResult> {
  const compiled = await runCheck([tsc, '-b', 'tsconfig.build.json'], context);
  if (compiled.failed) return compiled;
  const bundled = await runCheck(['node_modules/rollup/dist/bin/rollup', '-c', '--silent'], context);
  const output = missingOutputs().map((path) => `The build made no ${path}.\n`);
  if (!bundled.failed && output.length === 0) markFresh();
  return merge([compiled, bundled, { passed: 0, failed: output.length, output: output.join('') }]);
}

async function runCheck(args: string[], { stream, timeout }: StepContext): Promise<StepResult> {
  const { code, output } = await runCommand('node', args, { stream, timeout });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output: code === 0 ? '' : output };
}

function merge(results: StepResult[]): StepResult {
  return { ...sum(results), output: results.map(({ output }) => output).join('') };
}
