import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MEASUREMENT_READ } from '../auth/scopes.ts';
import { visibleOnly } from '../auth/visibility.ts';
import type { Database } from '../store/database.ts';
import { service as serviceDeclaration } from '../tmf/apis/service.ts';
import { badRequest, notFound } from '../tmf/errors.ts';
import { Bindings, whereSql } from '../tmf/filter-sql.ts';
import type { Filter } from '../tmf/list-query.ts';
import { parseQuery } from '../tmf/query-parameters.ts';
import type { Representation } from '../tmf/representation.ts';
import { indicators, type Indicator } from './indicators.ts';
import {
  granularities,
  readMeasurements,
  stepOf,
  type Granularity,
  type MeasurementRow,
} from './measurement-store.ts';

const DEFAULT_SPAN_MS = 5 * 60_000;
const MAX_SAMPLES = 3_600;
const MAX_SERVICES = 50;
const SPECIFICATION_PATH = '/jioassist/v1/performanceIndicatorSpecification';

interface MeasurementQuery {
  readonly serviceIds: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly granularity: Granularity;
}

export interface MeasurementContext {
  readonly database: Database;
  readonly representation: Representation;
  readonly publicUrl: string;
}

/** Our own small API for live series, in the words of TMF628 (which itself exchanges files). */
export function registerMeasurement(app: FastifyInstance, context: MeasurementContext): void {
  const guarded = { config: { scopes: [MEASUREMENT_READ] } };
  app.get('/jioassist/v1/measurement', guarded, (request) => listMeasurements(request, context));
  app.get(SPECIFICATION_PATH, guarded, () =>
    indicators.map((indicator) => specification(indicator, context)),
  );
}

function specification(
  { column: _column, ...indicator }: Indicator,
  { publicUrl }: MeasurementContext,
): unknown {
  const href = `${publicUrl}${SPECIFICATION_PATH}/${indicator.id}`;
  return { ...indicator, href, indicatorType: 'double', collectionType: 'gauge' };
}

async function listMeasurements(request: FastifyRequest, context: MeasurementContext): Promise<unknown[]> {
  const query = readQuery(request.url, Date.now());
  await checkServices(context.database, query.serviceIds);
  const { serviceIds, granularity, from, to } = query;
  const rows = await readMeasurements(context.database, granularity, serviceIds, from, to);
  const byService = Map.groupBy(rows, ({ serviceId }) => serviceId);
  return serviceIds.flatMap((id) =>
    indicators.map((indicator) => series(id, indicator, query, byService.get(id) ?? [], context)),
  );
}

function series(
  serviceId: string,
  { id }: Indicator,
  { granularity }: MeasurementQuery,
  rows: readonly MeasurementRow[],
  { representation }: MeasurementContext,
): unknown {
  const href = representation.href(serviceDeclaration, serviceId);
  return {
    '@type': 'Measurement',
    monitoredObject: { id: serviceId, href, '@referredType': 'Service' },
    performanceIndicatorSpecification: { id },
    granularity,
    sample: rows.map((row) => [row.sampleTime, row[id]]),
  };
}

async function checkServices(database: Database, ids: readonly string[]): Promise<void> {
  const bindings = new Bindings();
  const byId: Filter = { path: ['id'], shape: 'string', operator: 'eq', values: ids };
  const where = whereSql('service', [byId, ...visibleOnly()], bindings);
  const rows = await database.query<{ id: string }>(
    `select id from resource where ${where}`,
    bindings.values,
  );
  const known = new Set(rows.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw notFound(`There is no service ${missing.slice(0, 100)}.`);
}

function readQuery(url: string, now: number): MeasurementQuery {
  const given = new Map<string, string>();
  for (const { name, operator, value } of parseQuery(url)) {
    if (!['monitoredObject.id', 'startTime', 'endTime', 'granularity'].includes(name)) {
      throw badRequest('unknownAttribute', `"${name.slice(0, 100)}" is not a parameter here.`);
    }
    if (operator !== 'eq' || given.has(name))
      throw badRequest('invalidQuery', `${name} is given once, with =.`);
    given.set(name, value);
  }
  const to = readTime(given, 'endTime') ?? now;
  const from = readTime(given, 'startTime') ?? to - DEFAULT_SPAN_MS;
  const granularity = readGranularity(given.get('granularity'));
  if (from >= to) throw badRequest('invalidQuery', 'startTime is before endTime.');
  if ((to - from) / stepOf[granularity] > MAX_SAMPLES) {
    throw badRequest(
      'rangeTooLong',
      `At most ${MAX_SAMPLES} samples: shorten the range or use a coarser granularity.`,
    );
  }
  return { serviceIds: readServiceIds(given.get('monitoredObject.id')), from, to, granularity };
}

function readServiceIds(value: string | undefined): string[] {
  const ids = [...new Set((value ?? '').split(',').map((id) => id.trim()))].filter((id) => id !== '');
  if (ids.length === 0) throw badRequest('missingParameter', 'monitoredObject.id is required.');
  if (ids.length > MAX_SERVICES) throw badRequest('invalidQuery', `At most ${MAX_SERVICES} services.`);
  return ids;
}

function readTime(given: ReadonlyMap<string, string>, name: string): number | undefined {
  const value = given.get(name);
  if (value === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw badRequest('invalidQuery', `${name} is an ISO 8601 date and time.`);
  return time;
}

function readGranularity(value = 'g_1s'): Granularity {
  const found = granularities.find((granularity) => granularity === value);
  if (!found) throw badRequest('invalidQuery', `granularity is one of ${granularities.join(', ')}.`);
  return found;
}
