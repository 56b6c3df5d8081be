import { writeFileSync } from 'node:fs';
import type { Reporter, TestSuiteResult } from '@web/test-runner';
import type { Counts } from './step.ts';

/** Writes how many tests passed and failed to a file, for the line that sums all runners. */
export function countReporter(file: string): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const counts: Counts = { passed: 0, failed: 0 };
      for (const { testResults, errors } of sessions) {
        if (testResults) addSuite(counts, testResults);
        // A file that does not load has no results, only errors.
        if (errors.length > 0) counts.failed += 1;
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}

function addSuite(counts: Counts, suite: TestSuiteResult): void {
  for (const test of suite.tests) {
    if (test.skipped) continue;
    counts[test.passed ? 'passed' : 'failed'] += 1;
  }
  for (const inner of suite.suites) addSuite(counts, inner);
}
