import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../lib/command.ts';
import type { Counts, StepContext, StepResult } from './step.ts';

/** How to start a test runner, and where it says how many tests passed. */
interface Runner {
  args: (countsFile: string) => string[];
  env?: (countsFile: string) => Record<string, string>;
  readCounts: (report: unknown) => Counts;
}

/** Each test file and each gateway is a process of its own, and they all begin by compiling the same modules. */
const compileCache = join(tmpdir(), 'jioassist-compile-cache');

type Run = (context: StepContext) => Promise<StepResult>;

/** One check: passed when the program ends well. */
export function check(...args: string[]): Run {
  return async ({ stream, timeout }) => {
    const { code, output, timedOut } = await runCommand('node', args, { stream, timeout });
    const failed = code === 0 ? 0 : 1;
    return { passed: 1 - failed, failed, output: output + (timedOut ? timeoutText(timeout) : '') };
  };
}

export const vitest = (project: string): Run =>
  runner({
    args: (file) => [
      'node_modules/vitest/vitest.mjs',
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    readCounts: (report) => {
      const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
      return { passed: numPassedTests, failed: numFailedTests };
    },
  });

export const webTestRunner: Run = runner({
  args: () => ['node_modules/@web/test-runner/dist/bin.js'],
  env: (file) => ({ JIOASSIST_COUNTS: file }),
  readCounts: (report) => report as Counts,
});

export const nodeTests = (...globs: string[]): Run => nodeTestsIn({}, ...globs);

/** The same with more in their environment. */
export const nodeTestsIn = (env: Record<string, string>, ...globs: string[]): Run =>
  runner({
    env: () => ({ NODE_COMPILE_CACHE: compileCache, ...env }),
    args: (file) => [
      // The embedded database is WebAssembly. No test runs it for so long that optimising its code would pay.
      '--liftoff-only',
      '--test',
      // Left to itself, Node keeps a processor free, which halves the speed of a machine with two.
      `--test-concurrency=${availableParallelism()}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${new URL('node-reporter.ts', import.meta.url).href}`,
      `--test-reporter-destination=${file}`,
      ...globs,
    ],
    readCounts: (report) => report as Counts,
  });

export const playwright = (config: string): Run =>
  runner({
    args: () => [
      'node_modules/@playwright/test/cli.js',
      'test',
      `--config=${config}`,
      '--reporter=list,json',
    ],
    env: (file) => ({ NODE_COMPILE_CACHE: compileCache, PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
    readCounts: (report) => {
      const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
      // A test that passes only when tried again is not a passing test.
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
    },
  });

function runner({ args, env, readCounts }: Runner): Run {
  return async ({ stream, timeout }) => {
    const folder = mkdtempSync(join(tmpdir(), 'jioassist-test-'));
    const file = join(folder, 'counts.json');
    try {
      const result = await runCommand('node', args(file), { env: env?.(file) ?? {}, stream, timeout });
      const counts = readReport(file, readCounts);
      return judge(counts, result.code, result.output + (result.timedOut ? timeoutText(timeout) : ''));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function readReport(file: string, readCounts: Runner['readCounts']): Counts {
  try {
    return readCounts(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // It died before it could count: `judge` makes a failure of that.
    return { passed: 0, failed: 0 };
  }
}

// A runner that ran nothing, or that failed outside its tests, must not look like a pass.
function judge(counts: Counts, code: number | null, output: string): StepResult {
  if (counts.failed > 0 || (code === 0 && counts.passed > 0)) return { ...counts, output };
  const reason = code === 0 ? 'No test ran.' : `The runner ended with code ${String(code)}.`;
  return { passed: counts.passed, failed: 1, output: `${output}\n${reason}\n` };
}

function timeoutText(timeout: number): string {
  return `\nIt did not end within ${Math.round(timeout / 60_000)} minutes and was killed.\n`;
}
