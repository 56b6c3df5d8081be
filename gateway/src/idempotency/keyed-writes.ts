import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerFor, type Caller } from '../auth/access-token.ts';
import type { Database, Queryable } from '../store/database.ts';
import { ApiError, badRequest } from '../tmf/errors.ts';
import { fingerprintOf } from './fingerprint.ts';

export const KEPT_FOR_DAYS = 7;
const KEY = /^[\x21-\x7e]{1,255}$/;
/** PostgreSQL's code for a transaction that was stopped to free another. */
const DEADLOCK = '40P01';
const MAX_ATTEMPTS = 5;
/** PostgreSQL gave up waiting for the transaction that holds the key: statement and lock time-out. */
const WAITED_TOO_LONG = ['57014', '55P03'];

/** What a write is answered with. */
export interface WriteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface StoredAnswer {
  readonly fingerprint: Uint8Array;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/**
 * Runs writes, each in one transaction with the answer to its `Idempotency-Key`. A key and its write are there together or
 * not at all, so a client that never got the answer can ask again and the write is done exactly once.
 */
export class KeyedWrites {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async run(
    request: FastifyRequest,
    reply: FastifyReply,
    write: (tx: Queryable) => Promise<WriteAnswer>,
  ): Promise<FastifyReply> {
    const key = readKey(request);
    const answer = await this.#transaction((tx) =>
      key === undefined ? write(tx) : once(tx, request, key, write),
    );
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  }

  /**
   * A task changes several resources, so two of them can each wait for what the other holds. The database then stops one,
   * which has changed nothing and is run again.
   */
  async #transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#database.transaction(work);
      } catch (error) {
        if ((error as { code?: string }).code !== DEADLOCK || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  async forgetExpired(): Promise<void> {
    await this.#database.query(
      `delete from idempotency_key where created_at < now() - interval '${KEPT_FOR_DAYS} days'`,
    );
  }
}

function readKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw badRequest('invalidIdempotencyKey', 'An Idempotency-Key has 1 to 255 visible ASCII characters.');
}

async function once(
  tx: Queryable,
  request: FastifyRequest,
  key: string,
  write: (tx: Queryable) => Promise<WriteAnswer>,
): Promise<WriteAnswer> {
  const caller = callerFor(request);
  const before = await takeKey(tx, caller, key, fingerprintOf(request));
  if (before) return { ...before, headers: { ...before.headers, 'Idempotency-Replayed': 'true' } };
  const answer = await write(tx);
  await rememberAnswer(tx, caller, key, answer);
  return answer;
}

/**
 * Claims the key, or resolves to the answer it already has. Whoever comes second while the first is still at work waits
 * here for its end: the first commits, and its answer is given again; or it fails, and the second does the work.
 */
async function takeKey(
  tx: Queryable,
  { agentId, clientId }: Caller,
  key: string,
  fingerprint: Buffer,
): Promise<WriteAnswer | undefined> {
  const id = [agentId, clientId, key];
  const claimed = await tx
    .query(
      `insert into idempotency_key (agent_id, client_id, key, fingerprint) values ($1, $2, $3, $4)
       on conflict (agent_id, client_id, key) do update set fingerprint = excluded.fingerprint, created_at = now()
         where idempotency_key.created_at < now() - interval '${KEPT_FOR_DAYS} days'
       returning 1`,
      [...id, fingerprint],
    )
    .catch(refuseToWait);
  if (claimed.length > 0) return undefined;
  const [stored] = await tx.query<StoredAnswer>(
    `select fingerprint, status, headers, body from idempotency_key
     where agent_id = $1 and client_id = $2 and key = $3`,
    id,
  );
  if (!stored) throw keyInUse();
  if (!fingerprint.equals(stored.fingerprint)) throw keyReused();
  const { status, headers, body } = stored;
  return { status, headers, ...(body !== null && { body: JSON.parse(body) as unknown }) };
}

async function rememberAnswer(
  tx: Queryable,
  { agentId, clientId }: Caller,
  key: string,
  { status, headers, body }: WriteAnswer,
): Promise<void> {
  await tx.query(
    `update idempotency_key set status = $4, headers = $5, body = $6
     where agent_id = $1 and client_id = $2 and key = $3`,
    [
      agentId,
      clientId,
      key,
      status,
      JSON.stringify(headers),
      body === undefined ? null : JSON.stringify(body),
    ],
  );
}

function refuseToWait(error: unknown): never {
  throw WAITED_TOO_LONG.includes((error as { code?: string }).code ?? '') ? keyInUse() : error;
}

const keyInUse = (): ApiError =>
  new ApiError(409, 'idempotencyKeyInUse', 'The first request with this key is still at work', {
    headers: { 'Retry-After': '1' },
  });

const keyReused = (): ApiError =>
  new ApiError(422, 'idempotencyKeyReused', 'This key belongs to another request', {
    message: 'Send a new Idempotency-Key with a new request, and the same one only to repeat a request.',
  });
