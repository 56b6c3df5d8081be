import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { SearchError, type SearchContext, type SearchFilters } from '@jioassist/km-panel/search/source';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerFor } from '../auth/access-token.ts';
import type { Database } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ApiError, badRequest } from '../tmf/errors.ts';
import { readBody } from '../tmf/validate.ts';
import { languageTag, onlyKnown } from './bodies.ts';
import {
  indexedDocument,
  readVersion,
  versionText,
  type IndexKeeper,
  type IndexKey,
} from './index-keeper.ts';
import { primaryLanguage, readerOf, type KnowledgeBase } from './knowledge-base.ts';
import { readParameters } from './parameters.ts';
import { usefulnessOf } from './usefulness.ts';

const BASE = '/jioassist/v1';
const READ = { config: { scopes: ['document:read'] } };
const MOST_LANGUAGES = 10;
const MOST_HITS = 100;
/** Below, compressing makes no difference to anybody. */
const WORTH_GZIP = 1024;

export interface IndexContext {
  readonly database: Database;
  readonly base: KnowledgeBase;
  readonly keeper: IndexKeeper;
}

/** The search index: what there is, whole, as a delta from a version, and searched here. */
export function registerIndex(app: FastifyInstance, context: IndexContext): void {
  const { database, base, keeper } = context;
  app.get(`${BASE}/knowledgeIndex`, READ, async (request) => {
    const key = keyOf(request);
    const [index, usefulness] = await Promise.all([keeper.get(key), usefulnessOf(database)]);
    const { articles, languages } = index;
    const version = versionText(index.head);
    const { length: bytes } = await index.bytes();
    return {
      '@type': 'KnowledgeIndex',
      version,
      audience: key.reader,
      languages,
      articles,
      bytes,
      usefulness,
    };
  });
  app.get(`${BASE}/knowledgeIndex/content`, READ, async (request, reply) => {
    const key = keyOf(request);
    const index = await keeper.get(key);
    const etag = `"${versionText(index.head)} ${key.reader} ${key.languages.join(',')}"`;
    void reply.header('ETag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/octet-stream').send(Buffer.from(await index.bytes()));
  });
  app.get(`${BASE}/knowledgeIndex/delta`, READ, async (request, reply) => {
    const { languages, reader } = keyOf(request, ['since']);
    const { since = '' } = readParameters(request, ['language', 'since']);
    const known = readVersion(since);
    if (!known) throw badRequest('invalidQuery', 'since is a version of the index.');
    const changed = await base.since(known, reader, languages);
    if (!changed) throw unknownVersion();
    const { upsert, remove } = changed.delta;
    const version = versionText(changed.head);
    return sendJson(request, reply, { version, upsert: upsert.map(indexedDocument), remove });
  });
  registerSearch(app, keeper);
}

/** For pages that should not hold the index: the same search, here. What is asked stands in no address. */
function registerSearch(app: FastifyInstance, keeper: IndexKeeper): void {
  app.post(`${BASE}/knowledgeSearch`, READ, async (request, reply) => {
    const { query, options, languages } = readSearch(readBody(request.body));
    const reader = readerOf(callerFor(request));
    const index = await keeper.get({ reader, languages });
    try {
      const hits = await index.search.search(query, options);
      const excerpts = await index.search.excerpts(
        query,
        hits.map(({ id }) => id),
      );
      return await sendJson(request, reply, { version: versionText(index.head), hits, excerpts });
    } catch (error) {
      if (error instanceof SearchError && error.code === 'search/invalid-argument')
        throw badRequest('invalidAttribute', error.message);
      throw error;
    }
  });
}

interface Search {
  readonly query: string;
  readonly languages: readonly string[];
  readonly options: { context?: SearchContext; filters?: SearchFilters; limit: number; prefix?: boolean };
}

/** The search itself checks the shape of the context and the filters, and names what is wrong. */
function readSearch(body: ResourceDocument): Search {
  onlyKnown(body, ['query', 'language', 'context', 'filters', 'limit', 'prefix']);
  const { query = '', language = [], context, filters, limit = 20, prefix } = body;
  if (typeof query !== 'string') throw badRequest('invalidAttribute', 'query is a text.');
  const isCount = typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MOST_HITS;
  if (!isCount) throw badRequest('invalidAttribute', `limit is a whole number from 1 to ${MOST_HITS}.`);
  if (prefix !== undefined && typeof prefix !== 'boolean')
    throw badRequest('invalidAttribute', 'prefix is true or false.');
  const languages: unknown[] = Array.isArray(language) ? language : [language];
  return {
    query,
    languages: readLanguages(languages),
    options: {
      ...(context !== undefined && { context: object('context', context) }),
      ...(filters !== undefined && { filters: object('filters', filters) as SearchFilters }),
      ...(prefix !== undefined && { prefix }),
      limit,
    },
  };
}

function object(name: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw badRequest('invalidAttribute', `${name} is an object.`);
}

function keyOf(request: FastifyRequest, others: readonly string[] = []): IndexKey {
  const { language } = readParameters(request, ['language', ...others]);
  return { reader: readerOf(callerFor(request)), languages: readLanguages(language?.split(',') ?? []) };
}

function readLanguages(tags: readonly unknown[]): string[] {
  if (tags.length > MOST_LANGUAGES)
    throw badRequest('invalidQuery', `language names at most ${MOST_LANGUAGES} languages.`);
  const primary = tags.map((tag) => primaryLanguage(languageTag('language', tag) ?? ''));
  if (primary.includes('')) throw badRequest('invalidQuery', 'language is one or more language tags.');
  return [...new Set(primary)].sort();
}

const compress = promisify(gzip);

/** JSON that is long and alike in itself, compressed for who takes it. */
async function sendJson(request: FastifyRequest, reply: FastifyReply, value: object): Promise<FastifyReply> {
  const text = JSON.stringify(value);
  void reply.type('application/json').header('Vary', 'Origin, Accept-Encoding');
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?![.\d]))/.test(request.headers['accept-encoding'] ?? '');
  if (!takesGzip || text.length < WORTH_GZIP) return reply.send(text);
  return reply.header('Content-Encoding', 'gzip').send(await compress(text));
}

const unknownVersion = (): ApiError =>
  new ApiError(410, 'versionUnknown', 'There is no delta from this version', {
    message: 'Load the index whole: this database never had that version.',
  });
