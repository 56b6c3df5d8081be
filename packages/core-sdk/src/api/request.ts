import type { AccessToken, AuthProvider } from '../auth/auth-provider.js';
import type { ResolvedConfig } from '../config.js';
import { JioAssistError } from '../errors.js';
import { explainNetworkError } from '../gateway-check.js';
import type { RequestReport } from '../telemetry/telemetry-event.js';

/** How every call may be limited by its caller. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A change to send: what it does to which address. */
export interface Change {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** The gateway's final answer to a change. */
export interface ChangeAnswer {
  readonly httpStatus: number;
  readonly location: string | undefined;
  /** Why not, in the gateway's words; empty when it was done. */
  readonly reason: string;
}

type Read<T> = (response: Response, url: string) => Promise<T>;
type Init = Pick<RequestInit, 'body'> & { method?: Change['method']; headers: Record<string, string> };

/**
 * The pipeline that every call takes: token, time limit, one renewal after a 401, and an error with a code
 * for everything that is not a 2xx.
 */
export class Requests {
  readonly #config: ResolvedConfig;
  readonly #auth: AuthProvider;
  readonly #report: ((report: RequestReport) => void) | undefined;

  constructor(config: ResolvedConfig, auth: AuthProvider, report?: (report: RequestReport) => void) {
    this.#config = config;
    this.#auth = auth;
    this.#report = report;
  }

  /** The parsed answer, of a shape yet unknown. The time limit spans the whole answer. */
  getJson(url: string, options: CallOptions = {}): Promise<unknown> {
    return this.#call(url, { headers: { accept: 'application/json' } }, options, async (response) => {
      await checkOk(response, url);
      return readJson(response, url);
    });
  }

  /** An open answer to read on and on. The time limit spans the wait for its beginning. */
  openStream(url: string, headers: Record<string, string>, options: CallOptions): Promise<Response> {
    return this.#call(url, { headers }, options, async (response) => {
      await checkOk(response, url);
      return response;
    });
  }

  /** Sends a change once. Whether to send it again is the caller's decision, who knows whether it is keyed. */
  send(url: string, { method, body, headers }: Change, options: CallOptions = {}): Promise<ChangeAnswer> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const init: Init = {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': type }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    return this.#call(url, init, options, readChangeAnswer);
  }

  async #call<T>(url: string, init: Init, options: CallOptions, read: Read<T>): Promise<T> {
    const { signal } = options;
    const attempt = async (refused?: string): Promise<{ result: T } | { refused: string }> => {
      const token = await this.#auth.getToken({ ...(signal && { signal }), ...(refused && { refused }) });
      return this.#send(url, init, token, signal, async (response) => {
        // The first 401 asks for another token; the second is the answer.
        if (response.status === 401 && refused === undefined) return { refused: token.value };
        return { result: await read(response, url) };
      });
    };
    const first = await attempt();
    if ('result' in first) return first.result;
    const second = await attempt(first.refused);
    if ('result' in second) return second.result;
    throw new JioAssistError('auth/signed-out', 'The gateway does not accept the access token.');
  }

  async #send<T>(
    url: string,
    init: Init,
    { value, send }: AccessToken,
    signal: AbortSignal | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { fetch, timeout } = this.#config;
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort();
    }, timeout);
    const startedAt = performance.now();
    let status = 0;
    try {
      const signals = signal ? [signal, limit.signal] : [limit.signal];
      const limited = { ...init, signal: AbortSignal.any(signals) };
      const headers = { ...init.headers, authorization: `Bearer ${value}` };
      const response = await (send ? send(url, limited) : fetch(url, { ...limited, headers }));
      ({ status } = response);
      return await read(response);
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      if (limit.signal.aborted) {
        throw new JioAssistError('network/timeout', 'The gateway did not answer in time.', { timeout });
      }
      if (cause instanceof JioAssistError) throw cause;
      throw await explainNetworkError(this.#config, cause);
    } finally {
      clearTimeout(timer);
      const gaveUp = signal?.aborted ? 'cancelled' : limit.signal.aborted ? 'timeout' : undefined;
      this.#report?.({
        url,
        method: init.method ?? 'GET',
        status,
        failure: gaveUp ?? (status ? undefined : 'unreachable'),
        duration: performance.now() - startedAt,
      });
    }
  }
}

async function readJson(response: Response, url: string): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const details = { path: new URL(url).pathname, status: response.status };
    throw new JioAssistError('api/not-json', 'An answer of the gateway is not JSON.', details, cause);
  }
}

/** @throws JioAssistError for everything that is not a 2xx. */
async function checkOk(response: Response, url: string): Promise<void> {
  if (!response.ok) throw refusal(response, url, await readReason(response));
}

async function readChangeAnswer(response: Response, url: string): Promise<ChangeAnswer> {
  const httpStatus = response.status;
  // Half an answer, or a page that says 200, is no proof that the change was made.
  if (response.ok && httpStatus !== NO_CONTENT) await readJson(response, url);
  const answer = response.ok ? NO_REASON : await readReason(response);
  // Busy with the same change (409 with Retry-After) is no more final than not being able to answer.
  const passing = httpStatus === 401 || httpStatus === 408 || httpStatus === 429 || httpStatus >= 500;
  if (passing || response.headers.has('retry-after')) throw refusal(response, url, answer);
  return { httpStatus, location: response.headers.get('location') ?? undefined, reason: answer.reason };
}

interface Reason {
  readonly code: string;
  readonly reason: string;
}

const NO_CONTENT = 204;
const NO_REASON: Reason = { code: '', reason: '' };

/** What a TMF error body says; a body that is none says nothing. */
async function readReason(response: Response): Promise<Reason> {
  const body = (await response.json().catch(() => undefined)) as Record<string, unknown> | null | undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { code: text(body?.['code']), reason: text(body?.['message']) || text(body?.['reason']) };
}

function refusal(response: Response, url: string, { code: tmfCode }: Reason): JioAssistError {
  const retryAfter = Number(response.headers.get('retry-after'));
  const [code, message] = refusalCode(response.status);
  return new JioAssistError(code, message, {
    status: response.status,
    path: new URL(url).pathname,
    ...(tmfCode && { tmfCode }),
    ...(retryAfter > 0 && { retryAfter }),
  });
}

function refusalCode(status: number): [JioAssistError['code'], string] {
  if (status === 401) return ['auth/signed-out', 'The gateway does not accept the access token.'];
  if (status === 403) return ['auth/not-allowed', 'The agent is not allowed to do this.'];
  if (status === 408 || status === 409 || status === 429 || status >= 500)
    return ['api/unavailable', 'The gateway cannot answer now.'];
  return ['api/refused', 'The gateway refused the request.'];
}
