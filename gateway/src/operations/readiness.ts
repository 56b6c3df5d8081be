import type { FastifyInstance } from 'fastify';
import type { Background } from '../background.ts';
import type { Database } from '../store/database.ts';
import { ApiError } from '../tmf/errors.ts';

/** A database that takes longer to answer nothing at all is not one to send agents to. */
const DATABASE_PATIENCE_MS = 2_000;

/** Whether this process should be sent requests: not while it starts or drains, and not without its database. */
export class Readiness {
  #state: 'starting' | 'serving' | 'draining' = 'starting';
  #background: Pick<Background, 'isAlive'> | undefined;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  serve(background: Pick<Background, 'isAlive'>): void {
    this.#background = background;
    this.#state = 'serving';
  }

  drain(): void {
    this.#state = 'draining';
  }

  /** Why it is not ready, in words; undefined when it is. */
  async reason(): Promise<string | undefined> {
    if (this.#state !== 'serving') return `The gateway is ${this.#state}.`;
    if (!this.#background?.isAlive()) return 'What the gateway does in the background has stopped.';
    return (await this.#databaseAnswers()) ? undefined : 'The database does not answer.';
  }

  async #databaseAnswers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, DATABASE_PATIENCE_MS);
    });
    const answered = this.#database.query('select 1').then(
      () => true,
      () => false,
    );
    return Promise.race([answered, late]).finally(() => {
      clearTimeout(timer);
    });
  }
}

/** `/health/live`: the process runs. `/health/ready`: it can be sent requests. */
export function registerProbes(app: FastifyInstance, readiness: Readiness): void {
  const probe = { config: { cors: 'open' as const }, logLevel: 'silent' as const };
  app.get('/health/live', probe, (_request, reply) =>
    reply.header('Cache-Control', 'no-store').send({ status: 'pass' }),
  );
  app.get('/health/ready', probe, async (_request, reply) => {
    const reason = await readiness.reason();
    if (reason !== undefined) throw notReady(reason);
    return reply.header('Cache-Control', 'no-store').send({ status: 'pass' });
  });
}

export const notReady = (message: string): ApiError =>
  new ApiError(503, 'notReady', 'The gateway cannot take requests now', {
    message,
    headers: { 'Retry-After': '1' },
  });
