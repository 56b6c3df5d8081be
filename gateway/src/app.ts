import type { FastifyInstance } from 'fastify';
import { startBackground, type Background } from './background.ts';
import type { GatewayConfig } from './config.ts';
import { defaultLimits, type SseLimits } from './events/sse-connection.ts';
import { defaultHubLimits, type HubLimits } from './hub/deliverer.ts';
import type { LogStream } from './http/logging.ts';
import { listen, type Listener } from './http/listen.ts';
import { registerRoutes, type Followers } from './routes.ts';
import { seedOnce } from './seed/seed.ts';
import { createApp } from './server.ts';
import type { Database } from './store/database.ts';
import { lockFolder, type FolderLock } from './store/folder-lock.ts';
import { openDatabase } from './store/open.ts';

export interface Gateway {
  readonly app: FastifyInstance;
  readonly database: Database;
  /** Where browsers reach it. */
  readonly url: string;
  /** The port it has taken; another than configured when that was busy. */
  readonly port: number;
  /** Begins to answer requests and to measure. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** What only tests have reason to change. */
export interface GatewayOverrides {
  readonly stream?: Partial<SseLimits>;
  readonly log?: LogStream;
  readonly hub?: Partial<HubLimits>;
}

/** Things to undo when the gateway fails to start, in the order they were done. */
type Cleanup = (() => unknown)[];

/** Takes the data folder and the port, opens and seeds the database, and puts the parts together. */
export async function buildGateway(
  config: GatewayConfig,
  overrides: GatewayOverrides = {},
): Promise<Gateway> {
  const cleanup: Cleanup = [];
  try {
    return await assemble(config, overrides, cleanup);
  } catch (error) {
    for (const undo of cleanup.reverse()) await undo();
    throw error;
  }
}

async function assemble(
  config: GatewayConfig,
  overrides: GatewayOverrides,
  cleanup: Cleanup,
): Promise<Gateway> {
  const lock = config.databaseUrl === undefined ? lockFolder(config.dataDir) : undefined;
  cleanup.push(() => lock?.release());
  const listener = await listen(config.host, config.port, config.publicUrl === undefined);
  cleanup.push(() => listener.close());
  const url = config.publicUrl ?? ownUrl(config.host, listener.port);
  lock?.announce(url);
  const database = await openDatabase(config);
  cleanup.push(() => database.close());
  const app = createApp(listener.server, config.logLevel, overrides.log);
  const onProgress = (text: string) => {
    app.log.info(text);
  };
  const seed = await seedOnce(database, { ...config, now: Date.now(), onProgress });
  const limits = { ...defaultLimits, ...overrides.stream };
  const hubLimits = { ...defaultHubLimits, ...overrides.hub };
  const followers = await registerRoutes(app, { config, database, url, limits, hubLimits });
  await app.ready();
  return gatewayOf({ app, listener, database, lock, background: { ...followers, seed } }, url);
}

const ownUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

interface Parts {
  readonly app: FastifyInstance;
  readonly listener: Listener;
  readonly database: Database;
  readonly lock: FolderLock | undefined;
  readonly background: Followers & { readonly seed: number };
}

function gatewayOf(parts: Parts, url: string): Gateway {
  const { app, listener, database, lock } = parts;
  let background: Background | undefined;
  let closed: Promise<void> | undefined;
  return {
    app,
    database,
    url,
    port: listener.port,
    listen: async () => {
      background = await startBackground(app.log, {
        ...parts.background,
        database,
        alone: lock !== undefined,
      });
      listener.serve((request, response) => {
        app.routing(request, response);
      });
    },
    close: () => (closed ??= close(parts, background)),
  };
}

/** Streams end and new requests are refused first; the database closes when nothing can ask it any more. */
async function close({ app, listener, database, lock }: Parts, background?: Background): Promise<void> {
  await app.close();
  await listener.close();
  await background?.stop();
  await database.close();
  lock?.release();
}
