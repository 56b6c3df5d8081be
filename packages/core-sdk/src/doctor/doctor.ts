import { toJioAssistError, type JioAssistError } from '../errors.js';
import { PROTOCOL_MAJOR } from '../protocol.js';
import { VERSION } from '../version.js';
import {
  checkLiveStream,
  checkReachable,
  checkTokenObtainable,
  judgeClock,
  judgeScopes,
  judgeToken,
  probeApis,
  readHealth,
  type DoctorSubject,
} from './gateway-checks.js';
import {
  checkCookies,
  checkMicrophone,
  checkPopups,
  checkSecureContext,
  checkStorage,
  checkTabs,
} from './page-checks.js';
import { PolicyWatch } from './page-policy.js';
import {
  DOCTOR_CHECKS,
  failed,
  ok,
  skipped,
  toReport,
  type DoctorCheck,
  type DoctorCheckId,
  type DoctorOptions,
  type DoctorReport,
  type Verdict,
} from './report.js';

/** No check may hold up the report. */
const CHECK_LIMIT = 15_000;

const STREAM_WAIT = 5_000;

/**
 * Finds out why the SDK does not start, or does not do all it could. Without a client, what is wrong with the page.
 *
 * @param problem why there is no client.
 */
export async function examine(
  subject: DoctorSubject | undefined,
  options: DoctorOptions = {},
  problem?: JioAssistError,
): Promise<DoctorReport> {
  const examination = new Examination(subject, options, problem);
  return examination.run();
}

type Check = () => Verdict | Promise<Verdict>;

class Examination {
  readonly #subject: DoctorSubject | undefined;
  readonly #options: DoctorOptions;
  readonly #problem: JioAssistError | undefined;
  readonly #signal: AbortSignal;
  readonly #found = new Map<DoctorCheckId, Verdict>();

  constructor(
    subject: DoctorSubject | undefined,
    options: DoctorOptions,
    problem: JioAssistError | undefined,
  ) {
    this.#subject = subject;
    this.#options = options;
    this.#problem = problem;
    this.#signal = options.signal ?? new AbortController().signal;
  }

  async run(): Promise<DoctorReport> {
    const policy = new PolicyWatch();
    try {
      await Promise.all([this.#checkPage(), this.#subject ? this.#checkGateway(this.#subject) : undefined]);
      // Last: what the policy blocks shows in what the others tried.
      await this.#record('page-policy', () => policy.verdict(this.#origins()));
    } finally {
      policy.stop();
    }
    this.#signal.throwIfAborted();
    const checks = DOCTOR_CHECKS.map((id): DoctorCheck => ({ id, ...(this.#found.get(id) ?? NO_CLIENT) }));
    const gateway = this.#subject?.config.gateway ?? 'none';
    return toReport(checks, `Page ${location.origin}, gateway ${gateway}, ${navigator.userAgent}`);
  }

  async #checkPage(): Promise<void> {
    const { auth, config } = this.#subject ?? {};
    const checks: [DoctorCheckId, Check][] = [
      ['client', () => this.#judgeClient()],
      ['secure-context', checkSecureContext],
      ['storage', checkStorage],
      ['tabs', checkTabs],
      ['cookies', checkCookies],
      ['popups', () => checkPopups(auth, config?.signIn)],
      ['microphone', checkMicrophone],
    ];
    if (!this.#subject) checks.push(['versions', () => ok(versions())]);
    await Promise.all(checks.map(([id, check]) => this.#record(id, check)));
  }

  async #checkGateway(subject: DoctorSubject): Promise<void> {
    const { gateway, origin } = await checkReachable(subject.config);
    await this.#record('gateway', () => gateway);
    await this.#record('origin', () => origin);
    if (gateway.status === 'failed' || origin.status === 'failed') return this.#skipTheRest();
    await Promise.all([this.#checkHealth(subject), this.#checkAccess(subject)]);
  }

  async #checkHealth({ config }: DoctorSubject): Promise<void> {
    const nothing = { version: undefined, skew: undefined };
    const health = await within(readHealth(config), nothing).catch(() => nothing);
    await this.#record('versions', () => ok(versions(health.version ?? 'unknown')));
    await this.#record('clock', () => judgeClock(health));
  }

  async #checkAccess(subject: DoctorSubject): Promise<void> {
    const problem = await checkTokenObtainable(subject);
    if (problem) {
      await this.#record('token', () => problem);
      const rest = skipped('Only with a token can this be looked at.');
      for (const id of ['scopes', 'live-stream'] as const) await this.#record(id, () => rest);
      return;
    }
    const wait = this.#options.streamWait ?? STREAM_WAIT;
    const stream = this.#record('live-stream', () => checkLiveStream(subject, wait, this.#signal));
    const probes = await probeApis(subject, this.#signal);
    await this.#record('token', () => judgeToken(probes));
    await this.#record('scopes', () => judgeScopes(probes));
    await stream;
  }

  async #skipTheRest(): Promise<void> {
    await this.#record('versions', () => ok(versions()));
    const rest = skipped('Only a gateway that answers this page can tell.');
    for (const id of ['clock', 'token', 'scopes', 'live-stream'] as const) await this.#record(id, () => rest);
  }

  #judgeClient(): Verdict {
    if (this.#subject) return ok('There is a client.');
    const message = this.#problem?.message ?? 'There is no client.';
    const code = this.#problem?.code ?? 'client/missing';
    return failed(`${message} (${code})`, 'Put the element inside <jio-assist>, or call setDefaultClient.');
  }

  /** A check that fails itself is a finding too. */
  async #record(id: DoctorCheckId, check: Check): Promise<void> {
    const late = failed('The check did not come to an end.', 'Check again; if it stays so, tell us.');
    try {
      this.#found.set(id, await within(Promise.resolve(check()), late));
    } catch (cause) {
      const { code } = toJioAssistError(cause, 'network/unreachable', 'The check failed.');
      this.#found.set(
        id,
        failed(`The check itself failed (${code}).`, 'Check again; if it stays so, tell us.'),
      );
    }
    this.#options.onProgress?.(this.#found.size, DOCTOR_CHECKS.length);
  }

  #origins(): string[] {
    const { config } = this.#subject ?? {};
    const addresses = config ? [config.gateway, ...Object.values(config.apis)] : [];
    // Some bundlers leave a module without an address of its own.
    const own = (import.meta as { url?: string }).url ?? '';
    const known = [...addresses, own].filter((address) => URL.canParse(address));
    return [...new Set(known.map((address) => new URL(address).origin))];
  }
}

const NO_CLIENT = skipped('Only with a client can this be looked at.');

function versions(gateway?: string): string {
  const ours = `SDK ${VERSION}, protocol ${PROTOCOL_MAJOR}`;
  return gateway === undefined ? `${ours}.` : `${ours}, gateway ${gateway}.`;
}

async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, CHECK_LIMIT, otherwise);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
