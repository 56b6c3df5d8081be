export interface Counts {
  passed: number;
  failed: number;
}

export interface StepResult extends Counts {
  /** A few words beside the counts, for example a size. */
  note?: string;
  /** What is shown when the step failed. */
  output: string;
}

export interface StepContext {
  /** Passes the output of the tools on while it comes. */
  stream: boolean;
  /** Milliseconds the step has. */
  timeout: number;
}

export interface Step {
  /** What `--only` takes. */
  name: string;
  title: string;
  /** What it counts, in the singular. */
  unit: string;
  /** Steps whose failure makes this one pointless. */
  needs?: string[];
  /** Steps that come before, whatever becomes of them. */
  after?: string[];
  /** Whether it keeps one processor busy and no more, so that another such step may run beside it. */
  shares?: boolean;
  /** Whether it needs a Chromium. */
  browser?: boolean;
  minutes?: number;
  run(context: StepContext): Promise<StepResult>;
}

export const sum = (counts: Counts[]): Counts => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
});
