import type { Cause } from './explanation.js';
import type { Finding } from './finding.js';
import { foldInto, type Folded } from './folded.js';
import type { ServiceProblem } from '@jioassist/core-sdk';

/** How a service is, worst first; `off` is one that is meant not to work, `unknown` one nobody can judge now. */
export const HEALTHS = ['ill', 'watch', 'off', 'unknown', 'well'] as const;
export type Health = (typeof HEALTHS)[number];

/** What is said of a service in one sentence; the words are made from it where it is shown. */
export interface Verdict extends Folded {
  readonly health: Health;
  /** What the customer's own account or this service's own state has to do with it, when it has. */
  readonly account: Cause | undefined;
  /** The new SIM or the new firmware that it began with, when it did. */
  readonly change: Cause | undefined;
  /** The open problem of the network, `null` when there is none, `undefined` when that could not be read. */
  readonly area: ServiceProblem | null | undefined;
  /** Whether values of it come in now. */
  readonly measured: boolean;
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
  const change = causes.find(({ standing, detail }) => standing === 'found' && detail.why === 'changed');
  const health = healthOf(account, findings?.[0], area, measured && findings !== undefined);
  return { health, account, change, area, measured, ...foldInto(area ?? undefined, findings ?? []) };
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
