export interface Goal {
  op: '<=' | '>=';
  value: number;
}

export interface Metric {
  name: string;
  value: number;
  unit: string;
  goal: Goal | null;
  /** What the same run measured for comparison. */
  beside: { name: string; value: number }[];
}

/** What a benchmark's `run` returns. */
export interface BenchResult {
  bench: string;
  metrics: Metric[];
  /** The browser it ran in; left out when it used none. */
  browser?: string;
}

/** What `--json` prints. */
export interface BenchReport {
  bench: string;
  date: string;
  node: string;
  browser: string | null;
  metrics: Metric[];
}

export function isMet({ value, goal }: Metric): boolean {
  if (!goal) return true;
  return goal.op === '<=' ? value <= goal.value : value >= goal.value;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of nothing');
  return (upper + lower) / 2;
}
