import { within } from '../abort.js';
import type { AccessToken, AuthProvider, SendInit } from '../auth/auth-provider.js';
import type { ResolvedConfig } from '../config.js';
import { isJioAssistError, JioAssistError } from '../errors.js';
import { explainNetworkError } from '../gateway-check.js';
import type { Observable } from '../observable.js';
import type { RequestReport } from '../telemetry/telemetry-event.js';
import { checkOk, readJson } from './answer.js';
import { Circuits, type Outage } from './circuits.js';

/** How every call may be limited by its caller. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What to send; the token is added. */
export interface CallInit {
  readonly method?: 'POST' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Makes a result of an answer. @throws JioAssistError when it is not what was asked for. */
type Read<T> = (response: Response, url: string) => Promise<T>;

/**
 * The pipeline that every call takes: token, time limit, one renewal after a 401, a pause for a gateway that keeps
 * failing, and an error with a code for everything that is not the answer asked for.
 */
export class Requests {
  readonly #config: ResolvedConfig;
  readonly #auth: AuthProvider;
  readonly #report: ((report: RequestReport) => void) | undefined;
  /** Is told up to which event of the live stream an answer holds everything. */
  onPosition: ((position: number) => void) | undefined;
  readonly #circuits = new Circuits();

  constructor(config: ResolvedConfig, auth: AuthProvider, report?: (report: RequestReport) => void) {
    this.#config = config;
    this.#auth = auth;
    this.#report = report;
  }

  /** The gateways that do not answer now. */
  get outages(): Observable<readonly Outage[]> {
    return this.#circuits.outages;
  }

  /** The parsed answer, of a shape yet unknown. */
  getJson(url: string, options: CallOptions = {}): Promise<unknown> {
    return this.call(url, { headers: { accept: 'application/json' } }, options, async (response) => {
      await checkOk(response, url);
      const answer = await readJson(response, url);
      const position = response.headers.get('last-event-id');
      if (position) this.onPosition?.(Number(position));
      return answer;
    });
  }

  /** An open answer to read on and on. The time limit spans the wait for its beginning. */
  openStream(url: string, headers: Record<string, string>, options: CallOptions): Promise<Response> {
    return this.call(url, { headers }, options, async (response) => {
      await checkOk(response, url);
      return response;
    });
  }

  /** Any call. The time limit spans all of it: the token, a second try with another token, and the whole answer. */
  async call<T>(url: string, init: CallInit, { signal }: CallOptions, read: Read<T>): Promise<T> {
    const { timeout } = this.#config;
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort(new JioAssistError('network/timeout', 'The gateway did not answer in time.', { timeout }));
    }, timeout);
    const ending = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal;
    try {
      const first = await this.#attempt(url, init, ending, read);
      if ('result' in first) return first.result;
      const second = await this.#attempt(url, init, ending, read, first.refused);
      if ('result' in second) return second.result;
      throw new JioAssistError('auth/signed-out', 'The gateway does not accept the access token.');
    } finally {
      clearTimeout(timer);
    }
  }

  async #attempt<T>(
    url: string,
    init: CallInit,
    signal: AbortSignal,
    read: Read<T>,
    refused?: string,
  ): Promise<{ result: T } | { refused: string }> {
    const asked = this.#auth.getToken({ signal, ...(refused !== undefined && { refused }) });
    const token = await within(signal, asked);
    return this.#circuits.run(url, () =>
      this.#send(url, init, token, signal, async (response) => {
        // The first 401 asks for another token; the second is the answer.
        if (response.status === 401 && refused === undefined) return { refused: token.value };
        return { result: await read(response, url) };
      }),
    );
  }

  #fetchWith({ value, send }: AccessToken, url: string, init: SendInit): Promise<Response> {
    if (send) return send(url, init);
    const headers = { ...init.headers, authorization: `Bearer ${value}` };
    return this.#config.fetch(url, { ...init, headers });
  }

  async #send<T>(
    url: string,
    init: CallInit,
    token: AccessToken,
    signal: AbortSignal,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const startedAt = performance.now();
    let status = 0;
    try {
      // A redirect is looked at, not followed: the token and the body are for this address.
      const limited = { ...init, signal, redirect: 'manual' } as const;
      const response = await within(signal, this.#fetchWith(token, url, limited));
      ({ status } = response);
      return await within(signal, read(response));
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof JioAssistError) throw cause;
      throw await within(signal, explainNetworkError(this.#config, cause, signal));
    } finally {
      this.#report?.({
        url,
        method: init.method ?? 'GET',
        status,
        failure: failureOf(signal, status),
        duration: performance.now() - startedAt,
      });
    }
  }
}

function failureOf({ aborted, reason }: AbortSignal, status: number): RequestReport['failure'] {
  if (aborted) return isJioAssistError(reason) && reason.code === 'network/timeout' ? 'timeout' : 'cancelled';
  return status ? undefined : 'unreachable';
}
