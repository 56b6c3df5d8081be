import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database, Queryable } from '../store/database.ts';
import { inSpan } from './span.ts';

/** Sends what is still here and stops. */
export type StopTracing = () => Promise<void>;

/** Loads the SDK, which is large, and only then; everything else about it is read from its own variables. */
export async function startTracing(): Promise<StopTracing> {
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  const named = resourceFromAttributes({ 'service.name': 'jioassist-gateway' });
  const configured = detectResources({ detectors: [envDetector] });
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(named).merge(configured),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return () => provider.shutdown();
}

interface Traced {
  readonly span: Span;
  readonly context: Context;
}

/** A span for each request, below the caller's when it sends `traceparent`. Named by the route, never by the address. */
export function traceRequests(app: FastifyInstance): void {
  const traced = new WeakMap<FastifyRequest, Traced>();
  const enter = (request: FastifyRequest, done: () => void) => {
    const { context: entered = context.active() } = traced.get(request) ?? {};
    context.with(entered, done);
  };
  app.addHook('onRequest', (request, _reply, done) => {
    traced.set(request, begin(request));
    enter(request, done);
  });
  // The body arrives outside of the context in which its request began.
  app.addHook('preHandler', (request, _reply, done) => {
    enter(request, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { span } = traced.get(request) ?? {};
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

function begin(request: FastifyRequest): Traced {
  const { method, routeOptions, headers, id } = request;
  const parent = propagation.extract(ROOT_CONTEXT, headers);
  const route = routeOptions.url ?? 'none';
  const attributes = { 'http.request.method': method, 'http.route': route, 'jioassist.request.id': id };
  const span = trace
    .getTracer('jioassist-gateway')
    .startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
  return { span, context: trace.setSpan(parent, span) };
}

/** A span for each statement, with its text and never its values. */
export function traceDatabase(database: Database): Database {
  return {
    ...database,
    query: (sql, values) => traceQuery(database, sql, values),
    transaction: (work) =>
      inSpan('transaction', { 'db.system.name': 'postgresql' }, () =>
        database.transaction((tx) => work({ query: (sql, values) => traceQuery(tx, sql, values) })),
      ),
  };
}

function traceQuery<T>(on: Queryable, sql: string, values?: readonly unknown[]): Promise<T[]> {
  const text = sql.replace(/\s+/g, ' ').trim();
  const operation = text.split(' ', 1)[0] ?? '';
  const attributes = {
    'db.system.name': 'postgresql',
    'db.operation.name': operation,
    'db.query.text': text,
  };
  return inSpan(operation, attributes, () => on.query<T>(sql, values));
}
