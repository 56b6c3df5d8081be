import type { Cause } from './explanation.js';
import type { Finding } from './finding.js';
import type { ServiceProblem } from '@jioassist/core-sdk';

/** How a service is, worst first; `off` is one that is meant not to work, `unknown` one nobody can judge now. */
export const HEALTHS = ['ill', 'watch', 'off', 'unknown', 'well'] as const;
export type Health = (typeof HEALTHS)[number];

/** What is said of a service in one sentence; the words are made from it where it is shown. */
export interface Verdict {
  readonly health: Health;
  /** What the customer's own account or this service's own state has to do with it, when it has. */
  readonly account: Cause | undefined;
  readonly finding: Finding | undefined;
  /** How many findings there are beside that one. */
  readonly others: number;
  /** The open problem of the network, `null` when there is none, `undefined` when that could not be read. */
  readonly area: ServiceProblem | null | undefined;
  /** Whether values of it come in now. */
  readonly measured: boolean;
}

/** How far a value is from what is normal, in the form that says most. */
export type Deviation =
  | { readonly kind: 'silent' }
  /** The single value says little: it is how the values move that changed. */
  | { readonly kind: 'unsteady' | 'out-of-rhythm' }
  /** Usual for this service, and yet not what is promised. */
  | { readonly kind: 'breach'; readonly value: number | undefined }
  | { readonly kind: 'times'; readonly factor: number }
  | { readonly kind: 'share'; readonly percent: number }
  | { readonly kind: 'instead'; readonly value: number; readonly expected: number }
  | { readonly kind: 'unusual' };

/** Units that count from an arbitrary zero or in logarithms: "twice as much" means nothing with them. */
const WITHOUT_RATIO = /^(dB\w*|°C|°F)$/;
const CLEARLY_MORE = 1.5;
const CLEARLY_LESS = 0.67;

export function deviationOf({ reason, value, expected, unit }: Finding): Deviation {
  if (reason === 'silence') return { kind: 'silent' };
  if (reason === 'variance') return { kind: 'unsteady' };
  if (reason === 'periodicity broken') return { kind: 'out-of-rhythm' };
  if (reason === 'objective breach') return { kind: 'breach', value };
  if (value === undefined || expected === undefined) return { kind: 'unusual' };
  const ratio = value / expected;
  const comparable = expected > 0 && value >= 0 && Number.isFinite(ratio) && !WITHOUT_RATIO.test(unit);
  if (comparable && ratio >= CLEARLY_MORE) return { kind: 'times', factor: ratio };
  if (comparable && ratio <= CLEARLY_LESS) return { kind: 'share', percent: ratio * 100 };
  return { kind: 'instead', value, expected };
}

interface Judged {
  readonly findings: readonly Finding[] | undefined;
  readonly causes: readonly Cause[];
  readonly area: ServiceProblem | null | undefined;
  /** Whether values of it come in now. */
  readonly measured: boolean;
}

export function judge({ findings, causes, area, measured }: Judged): Verdict {
  const account = causes.find(({ id, standing }) => standing === 'found' && isAccount(id));
  const [finding, ...others] = findings ?? [];
  const health = healthOf(account, finding, area, measured && findings !== undefined);
  return { health, account, finding, others: others.length, area, measured };
}

function isAccount(id: Cause['id']): boolean {
  return id === 'barring' || id === 'plan-exhausted';
}

function healthOf(
  account: Cause | undefined,
  finding: Finding | undefined,
  area: Verdict['area'],
  judgeable: boolean,
): Health {
  if (account?.detail.why === 'off') return 'off';
  if (account || area || finding?.severity === 'critical' || finding?.severity === 'major') return 'ill';
  if (finding) return 'watch';
  return judgeable ? 'well' : 'unknown';
}
