import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OpenStreams } from '../events/open-streams.ts';
import type { EventTail } from '../events/tail.ts';
import type { Database } from '../store/database.ts';

/** Seconds; what agents feel lies between a hundredth and one. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface Measured {
  readonly database: Database;
  readonly tail: EventTail;
  readonly streams: OpenStreams;
}

/** What Prometheus reads. No label holds an id or anything else of a customer: routes are named by their pattern. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer; a stream counts when it ends.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers: [this.#registry],
  });

  /** Measures every request of the app from now on. */
  constructor(app: FastifyInstance) {
    collectDefaultMetrics({ register: this.#registry });
    this.#observe(app);
  }

  /** Reads from the parts of the gateway whenever it is asked. */
  watch({ database, tail, streams }: Measured): void {
    this.#gauge('event_log_sequence', 'The last event that was handed to the streams.', () => tail.sequence);
    this.#gauge('event_stream_clients', 'Event streams that are open.', () => streams.clients);
    const cutOffs = new Counter({
      name: 'event_stream_cut_offs_total',
      help: 'Clients that were cut off because they read too slowly.',
      registers: [this.#registry],
      collect: () => {
        cutOffs.reset();
        cutOffs.inc(streams.cutOffs);
      },
    });
    const connections = new Gauge({
      name: 'database_connections',
      help: 'Connections to the database, and requests that wait for one.',
      labelNames: ['state'] as const,
      registers: [this.#registry],
      collect: () => {
        for (const [state, count] of Object.entries(database.connections()))
          connections.set({ state }, count);
      },
    });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #observe(app: FastifyInstance): void {
    app.addHook('onResponse', (request, reply, done) => {
      const { method, routeOptions } = request;
      const labels = { method, route: routeOptions.url ?? 'none', status: String(reply.statusCode) };
      this.#duration.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect: () => {
        gauge.set(read());
      },
    });
  }
}

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers `GET /metrics` at an address of its own, which is not for browsers and need not be reachable from outside. */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { host: string; port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
