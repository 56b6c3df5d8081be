import type { AuthProvider } from '../auth/auth-provider.js';
import type { ResolvedConfig } from '../config.js';
import { JioAssistError } from '../errors.js';
import { explainNetworkError } from '../gateway-check.js';

/** How every call may be limited by its caller. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

type Read<T> = (response: Response, url: string) => Promise<T>;

/**
 * The pipeline that every call takes: token, time limit, one renewal after a 401, and an error with a code
 * for everything that is not a 2xx.
 */
export class Requests {
  readonly #config: ResolvedConfig;
  readonly #auth: AuthProvider;

  constructor(config: ResolvedConfig, auth: AuthProvider) {
    this.#config = config;
    this.#auth = auth;
  }

  /** The parsed answer, of a shape yet unknown. The time limit spans the whole answer. */
  getJson(url: string, options: CallOptions = {}): Promise<unknown> {
    return this.#get(url, { accept: 'application/json' }, options, readJson);
  }

  /** An open answer to read on and on. The time limit spans the wait for its beginning. */
  openStream(url: string, headers: Record<string, string>, options: CallOptions): Promise<Response> {
    return this.#get(url, headers, options, (response) => Promise.resolve(response));
  }

  async #get<T>(
    url: string,
    headers: Record<string, string>,
    options: CallOptions,
    read: Read<T>,
  ): Promise<T> {
    const { signal } = options;
    const attempt = async (refused?: string): Promise<{ result: T } | { refused: string }> => {
      const token = await this.#auth.getToken({ ...(signal && { signal }), ...(refused && { refused }) });
      const authorized = { ...headers, authorization: `Bearer ${token.value}` };
      return this.#send(url, authorized, signal, async (response) => {
        // The first 401 asks for another token; the second is the answer.
        if (response.status === 401 && refused === undefined) return { refused: token.value };
        if (!response.ok) throw await refusal(response, url);
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
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { fetch, timeout } = this.#config;
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort();
    }, timeout);
    try {
      const signals = signal ? [signal, limit.signal] : [limit.signal];
      return await read(await fetch(url, { headers, signal: AbortSignal.any(signals) }));
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      if (limit.signal.aborted) {
        throw new JioAssistError('network/timeout', 'The gateway did not answer in time.', { timeout });
      }
      if (cause instanceof JioAssistError) throw cause;
      throw await explainNetworkError(this.#config, cause);
    } finally {
      clearTimeout(timer);
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

async function refusal(response: Response, url: string): Promise<JioAssistError> {
  const body = (await response.json().catch(() => undefined)) as { code?: unknown } | null | undefined;
  const tmfCode = typeof body?.code === 'string' ? body.code : '';
  const details = { status: response.status, path: new URL(url).pathname, ...(tmfCode && { tmfCode }) };
  const [code, message] = refusalCode(response.status);
  return new JioAssistError(code, message, details);
}

function refusalCode(status: number): [JioAssistError['code'], string] {
  if (status === 401) return ['auth/signed-out', 'The gateway does not accept the access token.'];
  if (status === 403) return ['auth/not-allowed', 'The agent is not allowed to do this.'];
  if (status === 429 || status >= 500) return ['api/unavailable', 'The gateway cannot answer now.'];
  return ['api/refused', 'The gateway refused the request.'];
}
