import type { DocumentStore } from '../../gateway/src/knowledge/import-articles.ts';
import type { ResourceDocument } from '../../gateway/src/tmf/declaration.ts';
import { Sentence } from './stop.ts';

const PATH = '/tmf-api/document/v4/document';
/** Articles are up to half a megabyte each, in base64. */
const PAGE = 50;
const TIMEOUT_MS = 60_000;

/** The documents of a running gateway, or of another TMF667 v4 system, behind an access token. */
export class HttpDocumentStore implements DocumentStore {
  readonly #url: string;
  readonly #token: string;

  constructor(gatewayUrl: string, token: string) {
    this.#url = gatewayUrl.replace(/\/+$/, '') + PATH;
    this.#token = token;
  }

  async list(): Promise<ResourceDocument[]> {
    const all: ResourceDocument[] = [];
    for (;;) {
      const query = `documentType=knowledgeArticle&offset=${all.length}&limit=${PAGE}`;
      const page: unknown = await this.#send('GET', `?${query}`);
      if (!Array.isArray(page)) throw new Sentence(`${this.#url} did not answer with a list.`);
      all.push(...(page as ResourceDocument[]));
      if (page.length < PAGE) return all;
    }
  }

  async create(document: ResourceDocument, key: string): Promise<string> {
    const made = (await this.#send('POST', '', document, { 'idempotency-key': key })) as { id?: unknown };
    if (typeof made.id !== 'string') throw new Sentence(`${this.#url} made a document without an id.`);
    return made.id;
  }

  async retire(documentId: string): Promise<void> {
    await this.#send('PATCH', `/${encodeURIComponent(documentId)}`, { lifecycleState: 'retired' });
  }

  async #send(
    method: string,
    rest: string,
    body?: ResourceDocument,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const response = await fetch(this.#url + rest, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...(body && { 'content-type': type }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new Sentence(`No answer from ${this.#url}: ${(cause as Error).message}.`);
    });
    if (response.ok) return response.json();
    throw new Sentence(await refusal(method, response));
  }
}

async function refusal(method: string, response: Response): Promise<string> {
  const error = (await response.json().catch(() => ({}))) as { reason?: string; message?: string };
  const told = [error.reason, error.message].filter(Boolean).join('. ');
  const rights = response.status === 403 ? ' Writing articles needs the scope document:write.' : '';
  return `The gateway refused ${method} (status ${response.status}). ${told}${rights}`.trim();
}
