/**
 * What the doctor looks at, in the order it is done.
 *
 * @group Doctor
 */
export const DOCTOR_CHECKS = [
  'client',
  'versions',
  'secure-context',
  'storage',
  'tabs',
  'cookies',
  'popups',
  'microphone',
  'gateway',
  'origin',
  'clock',
  'token',
  'scopes',
  'live-stream',
  'page-policy',
] as const;

/** @group Doctor */
export type DoctorCheckId = (typeof DOCTOR_CHECKS)[number];

export const CHECK_STATUSES = ['failed', 'warning', 'ok', 'skipped'] as const;

/** `warning`: something works less well, or will not later. `skipped`: it could not be looked at. @group Doctor */
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** What a check found. */
export interface Verdict {
  readonly status: CheckStatus;
  /** One sentence for the developer. */
  readonly finding: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly advice: string;
}

/** @group Doctor */
export interface DoctorCheck extends Verdict {
  readonly id: DoctorCheckId;
}

/**
 * What `client.doctor()` found, what is wrong first. It holds names, addresses and numbers; no token, no
 * agent and no customer.
 *
 * @group Doctor
 */
export interface DoctorReport {
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** The worst of all checks. */
  readonly status: 'ok' | 'warning' | 'failed';
  readonly checks: readonly DoctorCheck[];
  /** All of it as plain text, to be copied into a ticket. */
  toText(): string;
}

/** @group Doctor */
export interface DoctorOptions {
  readonly signal?: AbortSignal;
  /** Called after each check. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Milliseconds the live stream has for its first message. Default: 5,000. */
  readonly streamWait?: number;
}

export const ok = (finding: string): Verdict => ({ status: 'ok', finding, advice: '' });
export const warning = (finding: string, advice: string): Verdict => ({ status: 'warning', finding, advice });
export const failed = (finding: string, advice: string): Verdict => ({ status: 'failed', finding, advice });
export const skipped = (finding: string, advice = ''): Verdict => ({ status: 'skipped', finding, advice });

/** Puts what is wrong first; otherwise keeps the order. */
export function toReport(found: readonly DoctorCheck[], heading: string): DoctorReport {
  const createdAt = Date.now();
  const checks = CHECK_STATUSES.flatMap((status) => found.filter((check) => check.status === status));
  const worst = checks[0]?.status ?? 'ok';
  const status = worst === 'skipped' ? 'ok' : worst;
  return {
    createdAt,
    status,
    checks,
    toText: () => [headline(createdAt, heading), ...checks.map(toLine)].join('\n'),
  };
}

function headline(createdAt: number, heading: string): string {
  return `JioAssist doctor, ${new Date(createdAt).toISOString()}\n${heading}\n`;
}

function toLine({ id, status, finding, advice }: DoctorCheck): string {
  const line = `${status.padEnd(8)} ${id.padEnd(15)} ${finding}`;
  return advice ? `${line}\n${' '.repeat(25)}To do: ${advice}` : line;
}
