import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { startBackground, type Background } from './background.ts';
import type { GatewayConfig } from './config.ts';
import type { EngageSimulator } from './cti/simulator/simulator.ts';
import { defaultLimits, type SseLimits } from './events/sse-connection.ts';
import { defaultHubLimits, type HubLimits } from './hub/deliverer.ts';
import type { LogStream } from './http/logging.ts';
import { listen, type Listener } from './http/listen.ts';
import { Metrics, serveMetrics, type MetricsServer } from './operations/metrics.ts';
import { Readiness } from './operations/readiness.ts';
import { startTracing, traceDatabase, traceRequests, type StopTracing } from './operations/tracing.ts';
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
  /** Where the simulated telephone system answers, when there is one. */
  readonly engageUrl: string | undefined;
  /** The simulated telephone system itself, for tests that arrange what no client can. */
  readonly engageSimulator: EngageSimulator | undefined;
  /** The port of the metrics, when they are served. */
  readonly metricsPort: number | undefined;
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
  const stopTracing = config.tracing ? await startTracing() : undefined;
  cleanup.push(() => stopTracing?.());
  const opened = await openDatabase(config);
  cleanup.push(() => opened.close());
  const database = config.tracing ? traceDatabase(opened) : opened;
  const app = createApp(listener.server, config.logLevel, overrides.log);
  if (config.tracing) traceRequests(app);
  const metrics = config.metrics && new Metrics(app);
  const followers = await fill(app, { config, overrides, database, url });
  const metricsServer = config.metrics && metrics && (await serveMetrics(metrics, config.metrics));
  cleanup.push(() => metricsServer?.close());
  metrics?.watch({ ...followers.background, database });
  await app.ready();
  return gatewayOf({ ...followers, config, app, listener, database, lock, metricsServer, stopTracing }, url);
}

interface Filling {
  readonly config: GatewayConfig;
  readonly overrides: GatewayOverrides;
  readonly database: Database;
  readonly url: string;
}

/** Gives the database its data, when it has none, and the app its routes. */
async function fill(
  app: FastifyInstance,
  { config, overrides, database, url }: Filling,
): Promise<Pick<Parts, 'background' | 'readiness'>> {
  const onProgress = (text: string) => {
    app.log.info(text);
  };
  const seed = await seedOnce(database, { ...config, now: Date.now(), onProgress });
  const limits = { ...defaultLimits, ...overrides.stream };
  const hubLimits = { ...defaultHubLimits, ...overrides.hub };
  const readiness = new Readiness(database);
  const context = { config, database, url, limits, hubLimits, readiness, seed };
  const followers = await registerRoutes(app, context);
  return { readiness, background: { ...followers, seed } };
}

const ownUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

interface Parts {
  readonly config: GatewayConfig;
  readonly readiness: Readiness;
  readonly metricsServer: MetricsServer | undefined;
  readonly stopTracing: StopTracing | undefined;
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
    engageUrl: parts.background.engage?.simulator?.url,
    engageSimulator: parts.background.engage?.simulator,
    metricsPort: parts.metricsServer?.port,
    listen: async () => {
      background = await startBackground(app.log, {
        ...parts.background,
        database,
        alone: lock !== undefined,
      });
      listener.serve((request, response) => {
        app.routing(request, response);
      });
      parts.readiness.serve(background);
    },
    close: () => (closed ??= close(parts, background)),
  };
}

/**
 * Nothing more is sent here from the moment the gateway says that it is not ready. Then streams end, answers under way
 * have their time, and the database closes when nothing can ask it any more.
 */
async function close(parts: Parts, background?: Background): Promise<void> {
  const { app, config, listener, database, lock } = parts;
  parts.readiness.drain();
  if (config.drainDelay > 0) await delay(config.drainDelay * 1_000);
  listener.refuse();
  const impatient = setTimeout(() => {
    listener.server.closeAllConnections();
  }, config.drainTimeout * 1_000);
  await app.close();
  await listener.close(config.drainTimeout * 1_000);
  clearTimeout(impatient);
  await background?.stop();
  await parts.metricsServer?.close();
  await database.close();
  await parts.stopTracing?.();
  lock?.release();
}
