import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database, Queryable } from '../store/database.ts';
import { callerFor, type Caller } from './access-token.ts';

/** One resource a request has changed, and the customers it was and is about. */
export interface NotedChange {
  readonly kind: string;
  readonly id: string;
  readonly customerIds: readonly string[];
}

/** What is known about the request at work, wherever in its course somebody asks. */
export class RequestScope {
  readonly request: FastifyRequest;
  readonly caller: Caller;
  readonly changes: NotedChange[] = [];
  #detail: Readonly<Record<string, string>> | undefined;

  constructor(request: FastifyRequest) {
    this.request = request;
    this.caller = callerFor(request);
  }

  get detail(): Readonly<Record<string, string>> | undefined {
    return this.#detail;
  }

  /** Adds to the record of this request what its address does not say. */
  explain(detail: Readonly<Record<string, string>>): void {
    this.#detail = detail;
  }
}

const storage = new AsyncLocalStorage<RequestScope>();

/** The request at work; undefined for what runs in the background. */
export const currentScope = (): RequestScope | undefined => storage.getStore();

/** Says what the request at work has changed. */
export function noteChange(change: NotedChange): void {
  currentScope()?.changes.push(change);
}

/** Opens a scope for every request that passed the token check. The body is read by then, which would lose it. */
export function openRequestScopes(app: FastifyInstance): void {
  app.addHook('preHandler', (request, _reply, done) => {
    storage.run(new RequestScope(request), done);
  });
}

/** Looks at a write before it is committed; throwing undoes it. */
export type BeforeCommit = (tx: Queryable, scope: RequestScope) => Promise<void>;

/**
 * The same database, where no transaction of a request is committed before these were asked. What must hold for every write
 * is thereby said once, and not in each route.
 */
export function watchCommits(database: Database, checks: readonly BeforeCommit[]): Database {
  return {
    ...database,
    transaction: (work) => {
      const scope = currentScope();
      if (!scope) return database.transaction(work);
      return database.transaction(async (tx) => {
        scope.changes.length = 0;
        const result = await work(tx);
        for (const check of checks) await check(tx, scope);
        return result;
      });
    },
  };
}
