import { JioAssistError } from '../errors.js';
import { OwnApi } from './own-api.js';
import { parseShape } from './parse.js';
import type { CallOptions } from './request.js';
import * as v from './valibot.js';

const IndexSchema = v.object({
  version: v.string(),
  audience: v.string(),
  languages: v.array(v.string()),
  articles: v.number(),
  bytes: v.number(),
  usefulness: v.record(v.string(), v.number()),
});

/**
 * What search index there is for the agent: its `version`, how many `articles` in which `languages`, its size on the wire
 * in `bytes`, and how useful articles proved, by id, from -1 to 1.
 *
 * @group Knowledge
 * @interface
 */
export type KnowledgeIndexInfo = v.InferOutput<typeof IndexSchema>;

const DeltaSchema = v.object({
  version: v.string(),
  upsert: v.array(v.looseObject({ id: v.string() })),
  remove: v.array(v.string()),
});

const LinkSchema = v.object({ id: v.string(), title: v.string(), language: v.string() });
const texts = v.nullish(v.array(v.string()), []);

const ArticleSchema = v.object({
  id: v.string(),
  documentId: v.string(),
  version: v.number(),
  state: v.string(),
  title: v.string(),
  summary: v.nullish(v.string(), ''),
  language: v.nullish(v.string(), ''),
  product: texts,
  symptom: texts,
  circle: texts,
  tags: texts,
  code: texts,
  audience: texts,
  validFor: v.nullish(
    v.object({ startDateTime: v.exactOptional(v.string()), endDateTime: v.exactOptional(v.string()) }),
    {},
  ),
  html: v.string(),
  sections: v.array(v.object({ title: v.string(), html: v.string() })),
  sayings: v.array(v.string()),
  variants: v.array(LinkSchema),
  versions: v.array(v.object({ documentId: v.string(), version: v.number(), state: v.string() })),
  related: v.array(LinkSchema),
});

/**
 * One version of an article, with its HTML as the gateway has it: whoever shows it sanitises it.
 *
 * @group Knowledge
 * @interface
 */
export type KnowledgeArticle = v.InferOutput<typeof ArticleSchema>;

const FoundSchema = v.object({
  version: v.string(),
  hits: v.array(v.record(v.string(), v.unknown())),
  excerpts: v.array(v.record(v.string(), v.unknown())),
});

const ChannelSchema = v.object({ channel: v.string(), refusal: v.exactOptional(v.string()) });

/** An index is large, and a slow line is no reason to do without: only silence ends the wait, in milliseconds. */
const LONGEST_SILENCE = 15_000;
/** Far more than a page should hold. */
const MOST_BYTES = 64 * 2 ** 20;

/** Calls of the gateway's API for knowledge articles, `/jioassist/v1/knowledge…`. What agents do goes by `commands`. */
export class KnowledgeApi extends OwnApi {
  async index(languages: readonly string[], options: CallOptions = {}): Promise<KnowledgeIndexInfo> {
    const answer = await this.get('knowledgeIndex', inLanguages(languages), options);
    return parseShape(IndexSchema, answer, 'KnowledgeIndex');
  }

  /** The whole search index, compressed; its `version` is that of the `ETag`. */
  async content(
    languages: readonly string[],
    options: CallOptions = {},
  ): Promise<{ version: string; bytes: Uint8Array<ArrayBuffer> }> {
    const query = inLanguages(languages);
    const response = await this.open('knowledgeIndex/content', query, options);
    const version = /^"(\S+)/.exec(response.headers.get('etag') ?? '')?.[1];
    if (version === undefined) {
      const details = { resource: 'KnowledgeIndex', field: 'ETag' };
      throw new JioAssistError('api/unexpected-shape', 'The search index has no version.', details);
    }
    return { version, bytes: await readBytes(response, options.signal) };
  }

  /** What has changed since a version; undefined when the gateway never had that version. */
  async delta(
    languages: readonly string[],
    since: string,
    options: CallOptions = {},
  ): Promise<v.InferOutput<typeof DeltaSchema> | undefined> {
    try {
      const query = { ...inLanguages(languages), since };
      return parseShape(
        DeltaSchema,
        await this.get('knowledgeIndex/delta', query, options),
        'KnowledgeDelta',
      );
    } catch (error) {
      if (error instanceof JioAssistError && [400, 410].includes(Number(error.details['status'])))
        return undefined;
      throw error;
    }
  }

  /** The search on the gateway, for pages that do not hold the index. */
  async search(
    wish: Readonly<Record<string, unknown>>,
    options: CallOptions = {},
  ): Promise<v.InferOutput<typeof FoundSchema>> {
    return parseShape(FoundSchema, await this.post('knowledgeSearch', wish, options), 'KnowledgeSearch');
  }

  /** By what something can be sent to a customer; with a `refusal` it cannot: `noContactMedium` or `noConsent`. */
  async channels(
    customerId: string,
    options: CallOptions = {},
  ): Promise<v.InferOutput<typeof ChannelSchema>[]> {
    const answer = await this.get('knowledgeChannel', { customerId }, options);
    return this.readList(ChannelSchema, answer, 'KnowledgeChannel');
  }

  async article(
    id: string,
    wish: { readonly version?: number | undefined; readonly language?: string | undefined },
    options: CallOptions = {},
  ): Promise<KnowledgeArticle> {
    const query = {
      ...(wish.version !== undefined && { version: String(wish.version) }),
      ...(wish.language !== undefined && { language: wish.language }),
    };
    const answer = await this.get(`knowledgeArticle/${encodeURIComponent(id)}`, query, options);
    return parseShape(ArticleSchema, answer, 'KnowledgeArticle');
  }
}

const inLanguages = (languages: readonly string[]): Record<string, string> =>
  languages.length > 0 ? { language: languages.join(',') } : {};

async function readBytes(
  response: Response,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = reader ? await readPart(reader, signal) : { done: true, value: undefined };
    if (done || !value) break;
    parts.push(value);
    length += value.byteLength;
    if (length > MOST_BYTES) {
      void reader?.cancel().catch(() => undefined);
      throw new JioAssistError('api/too-large', 'The search index is larger than any page should hold.');
    }
  }
  return joined(parts, length);
}

/** The next part, unless the gateway has gone silent in the middle. */
async function readPart(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new JioAssistError('network/timeout', 'The gateway stopped in the middle of the search index.'));
    }, LONGEST_SILENCE);
  });
  try {
    signal?.throwIfAborted();
    return await Promise.race([reader.read(), silence]);
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    if (signal?.aborted || error instanceof JioAssistError) throw error;
    throw new JioAssistError('network/unreachable', 'The search index did not come whole.', {}, error);
  } finally {
    clearTimeout(timer);
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
