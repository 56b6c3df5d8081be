import type { Requests } from '../api/request.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { ResolvedConfig } from '../config.js';
import { isJioAssistError, toJioAssistError, type JioAssistError } from '../errors.js';
import { checkGateway } from '../gateway-check.js';
import { failed, ok, skipped, warning, type Verdict } from './report.js';

/** What of a client the doctor looks at. */
export interface DoctorSubject {
  readonly config: ResolvedConfig;
  readonly auth: AuthProvider;
  readonly requests: Requests;
}

/** The sign-in code accepts tokens from clocks at most this far apart, in seconds. */
const TOLERATED_SKEW = 30;

const HEADERS_WITHIN = 8_000;

export async function checkReachable(config: ResolvedConfig): Promise<{ gateway: Verdict; origin: Verdict }> {
  const error = await checkGateway(config);
  if (!error) return { gateway: ok(`${config.gateway} answers.`), origin: ok('It allows this page.') };
  if (error.code === 'network/origin-not-allowed') {
    const advice = `Add ${String(error.details['origin'])} to the gateway’s allowed origins.`;
    return {
      gateway: ok(`${config.gateway} answers.`),
      origin: failed('It does not allow this page.', advice),
    };
  }
  const advice =
    error.code === 'network/unreachable'
      ? 'Is it running, is the address right, and does the page’s policy (below) allow it?'
      : 'Check the gateway’s address; if the API has another path here, set apis.jioassist.';
  return { gateway: failed(error.message, advice), origin: skipped('Only the gateway can tell.') };
}

/** Its version, and how far its clock is from this one's, in seconds; `undefined` where it does not say. */
export interface GatewayHealth {
  readonly version: string | undefined;
  readonly skew: number | undefined;
}

export async function readHealth(config: ResolvedConfig): Promise<GatewayHealth> {
  const before = Date.now();
  const response = await config.fetch(`${config.gateway}/health`, { cache: 'no-store' });
  const middle = (before + Date.now()) / 2;
  const date = Date.parse(response.headers.get('date') ?? '');
  const body = (await response.json().catch(() => null)) as { version?: unknown } | null;
  return {
    version: typeof body?.version === 'string' ? body.version : undefined,
    // The header has whole seconds, so on average it is half a second old.
    skew: Number.isNaN(date) ? undefined : Math.round((middle - date - 500) / 1000),
  };
}

export function judgeClock({ skew }: GatewayHealth): Verdict {
  if (skew === undefined) {
    return skipped(
      'The gateway does not let this page read its clock.',
      'Let it send Access-Control-Expose-Headers: Date with /health.',
    );
  }
  const seconds = Math.abs(skew);
  const finding = `This computer’s clock is ${seconds} s ${skew < 0 ? 'behind' : 'ahead of'} the gateway’s.`;
  if (seconds <= 5) return ok('This computer’s clock agrees with the gateway’s.');
  const advice = 'Let the computer set its clock by itself.';
  if (seconds <= TOLERATED_SKEW) return warning(finding, advice);
  return failed(`${finding} Sign-in fails from ${TOLERATED_SKEW} s on.`, advice);
}

/** What an agent may read, by scope, and the smallest question that shows it. Nothing of a customer comes back. */
const PROBES = {
  'customer:read': { api: 'tmf629', path: '/customer?limit=1&fields=id' },
  'service:read': { api: 'tmf638', path: '/service?limit=1&fields=id' },
  'measurement:read': { api: 'jioassist', path: '/performanceIndicatorSpecification' },
} as const;

export type ProbeResult = readonly [scope: keyof typeof PROBES, error: JioAssistError | undefined];

export async function probeApis(
  { config, requests }: DoctorSubject,
  signal: AbortSignal,
): Promise<ProbeResult[]> {
  return Promise.all(
    (Object.keys(PROBES) as (keyof typeof PROBES)[]).map(async (scope): Promise<ProbeResult> => {
      const { api, path } = PROBES[scope];
      try {
        await requests.getJson(config.apis[api] + path, { signal });
        return [scope, undefined];
      } catch (cause) {
        return [scope, toJioAssistError(cause, 'network/unreachable', 'No answer came.')];
      }
    }),
  );
}

/** @returns `undefined` when there is a token and it may be tried. */
export async function checkTokenObtainable({ auth }: DoctorSubject): Promise<Verdict | undefined> {
  if (auth.state.value.status !== 'signed-in')
    return skipped('No agent is signed in.', 'Sign in and check again.');
  try {
    const { expiresAt } = await auth.getToken();
    if (expiresAt > Date.now()) return undefined;
    return failed('The token has ended already.', 'Give a token that still lives, and its end as expiresAt.');
  } catch (cause) {
    const code = isJioAssistError(cause) ? cause.code : 'auth/failed';
    return failed(
      `No token can be had (${code}).`,
      'Sign in again; with tokens of the page, check its callback.',
    );
  }
}

export function judgeToken(probes: readonly ProbeResult[]): Verdict {
  if (probes.some(([, error]) => error?.code === 'auth/signed-out')) {
    return failed(
      'The gateway does not accept the token.',
      'Check the token’s issuer and audience, and this computer’s clock.',
    );
  }
  return ok('There is a token, and the gateway accepts it.');
}

export function judgeScopes(probes: readonly ProbeResult[]): Verdict {
  const broken = probes.find(([, error]) => error && error.code !== 'auth/not-allowed');
  if (broken) {
    const [scope, error] = broken;
    const { api } = PROBES[scope];
    const status = error?.details['status'];
    const what = status === undefined ? String(error?.code) : `${String(error?.code)}, status ${status}`;
    return failed(
      `The API ${api} does not answer as it should (${what}).`,
      `Check its address: apis.${api}.`,
    );
  }
  const missing = probes.filter(([, error]) => error).map(([scope]) => scope);
  if (missing.length === 0) return ok('The agent may read customers, services and measurements.');
  return warning(
    `The agent lacks ${missing.join(', ')}; widgets that need it say so.`,
    'Give the agent’s role these scopes, if it should have them.',
  );
}

/** Opens a live stream of its own: one that a proxy holds back is open and says nothing. */
export async function checkLiveStream(
  { config, requests }: DoctorSubject,
  wait: number,
  signal: AbortSignal,
): Promise<Verdict> {
  const ending = new AbortController();
  const startedAt = performance.now();
  const limits = AbortSignal.any([signal, ending.signal, AbortSignal.timeout(HEADERS_WITHIN + wait)]);
  const headers = { accept: 'text/event-stream' };
  try {
    const response = await requests.openStream(`${config.gateway}/events?topic=service`, headers, {
      signal: limits,
    });
    return await judgeStream(response, wait, startedAt);
  } catch (cause) {
    return judgeStreamError(toJioAssistError(cause, 'network/timeout', 'The live stream did not open.'));
  } finally {
    ending.abort();
  }
}

async function judgeStream(response: Response, wait: number, startedAt: number): Promise<Verdict> {
  const type = response.headers.get('content-type') ?? 'none';
  if (!type.startsWith('text/event-stream') || !response.body) {
    const finding = `What answers at /events is no event stream (content type ${type}).`;
    return failed(finding, 'Something between page and gateway answers in its place.');
  }
  const first = response.body.getReader().read();
  first.catch(() => undefined);
  const came = await Promise.race([first, sleep(wait)]);
  if (came?.value) {
    return ok(
      `The live stream opens; its first message came after ${Math.round(performance.now() - startedAt)} ms.`,
    );
  }
  return failed(
    `The live stream opens, but ${came ? 'ends at once' : `brings nothing in ${wait / 1000} s`}.`,
    'A proxy holds it back: switch its response buffering and compression off for /events.',
  );
}

function judgeStreamError({ code, details }: JioAssistError): Verdict {
  if (code === 'auth/not-allowed')
    return warning('The agent lacks events:read, so nothing is live.', 'Give the agent’s role this scope.');
  if (code === 'network/timeout') {
    return failed(
      'The live stream does not open in time.',
      'A proxy may wait for the whole answer: switch its response buffering off for /events.',
    );
  }
  const status = details['status'] === undefined ? '' : `, status ${String(details['status'])}`;
  return failed(
    `The live stream cannot be opened (${code}${status}).`,
    'Check what is between page and gateway.',
  );
}

function sleep(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
