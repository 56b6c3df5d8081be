import { JioAssistError, type ErrorCode, type ErrorDetails } from '../errors.js';

/** No answer of a gateway comes near these; one that does would fill the memory, or the stack of who walks through it. */
const MOST_BYTES = 8 * 2 ** 20;
const DEEPEST = 100;

/** What is shown of a reason: the rest of a longer one helps nobody. */
const LONGEST_REASON = 500;

/** What a TMF error body says: `code` is the back end's own, and empty when the body is none. */
export interface Reason {
  readonly code: string;
  readonly reason: string;
}

const NOT_JSON = 'An answer of the gateway is not JSON.';

/**
 * The JSON of an answer.
 *
 * @throws JioAssistError `api/not-json`, `api/too-large`, or `api/unexpected-shape` for what only an attacker sends.
 */
export async function readJson(response: Response, url: string): Promise<unknown> {
  const fail = (code: ErrorCode, message: string, cause?: unknown): JioAssistError =>
    new JioAssistError(code, message, placeOf(response, url), cause);
  const text = await readText(response);
  if (text === undefined)
    throw fail('api/too-large', 'An answer of the gateway is larger than any resource.');
  if (!/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) throw fail('api/not-json', NOT_JSON);
  if (isTooDeep(text)) throw fail('api/unexpected-shape', 'An answer of the gateway is nested too deeply.');
  const foreign = new Set<string>();
  const noteKey = (key: string, value: unknown): unknown => {
    if (key === '__proto__') foreign.add(key);
    return value;
  };
  try {
    // Reading key by key is slow, and a key can be written in many ways: only where this one could be.
    const value: unknown = JSON.parse(text, /__proto__|\\u/.test(text) ? noteKey : undefined);
    if (foreign.size === 0) return value;
  } catch (cause) {
    throw fail('api/not-json', NOT_JSON, cause);
  }
  throw fail('api/unexpected-shape', 'An answer of the gateway has the key __proto__.');
}

/** @returns `undefined` when it is too large. What is left is not read: it could be endless. */
async function readText({ body }: Response): Promise<string | undefined> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      void reader?.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Looked for before it is parsed, so that nobody who walks through the value runs out of stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') quoted = !quoted;
    else if (quoted) i += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** @throws JioAssistError for everything that is not a 2xx. */
export async function checkOk(response: Response, url: string): Promise<void> {
  checkPlace(response, url);
  if (!response.ok) throw refusal(response, url, await readReason(response, url));
}

/** @throws JioAssistError `api/redirected`: a token and what an agent wrote go nowhere but where they were sent. */
export function checkPlace(response: Response, url: string): void {
  // A browser shows no more of a redirect than that it is one; elsewhere it has its status.
  if (response.type !== 'opaqueredirect' && (response.status < 300 || response.status > 399)) return;
  const message = 'The gateway redirects; configure the address it redirects to.';
  throw new JioAssistError('api/redirected', message, placeOf(response, url));
}

/** What a TMF error body says; one that is none says nothing. */
export async function readReason(response: Response, url: string): Promise<Reason> {
  const body = (await readJson(response, url).catch(() => undefined)) as Record<string, unknown> | null;
  const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST_REASON) : '');
  return { code: text(body?.['code']), reason: text(body?.['message']) || text(body?.['reason']) };
}

export function refusal(response: Response, url: string, { code: tmfCode }: Reason): JioAssistError {
  const retryAfter = Number(response.headers.get('retry-after'));
  const [code, message] = refusalCode(response.status);
  return new JioAssistError(code, message, {
    ...placeOf(response, url),
    ...(tmfCode && { tmfCode }),
    ...(retryAfter > 0 && { retryAfter }),
  });
}

function placeOf({ status }: Response, url: string): ErrorDetails {
  return { path: new URL(url).pathname, status };
}

function refusalCode(status: number): [ErrorCode, string] {
  if (status === 401) return ['auth/signed-out', 'The gateway does not accept the access token.'];
  if (status === 403) return ['auth/not-allowed', 'The agent is not allowed to do this.'];
  if (status === 408 || status === 409 || status === 429 || status >= 500)
    return ['api/unavailable', 'The gateway cannot answer now.'];
  return ['api/refused', 'The gateway refused the request.'];
}
