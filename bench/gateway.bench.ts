import pg from 'pg';
import { startPostgres, type PostgresCluster } from '../tools/lib/postgres.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { makeCrowd } from './lib/crowd.ts';
import { fanOut } from './lib/fan-out.ts';
import { startFloor, type Floor } from './lib/floor.ts';
import { startGateway, type BenchGateway } from './lib/gateway.ts';
import { makeLoad, medianOf, type Load, type LoadResult } from './lib/load.ts';
import type { BenchResult, Goal, Metric } from './lib/result.ts';

export const about = 'requests a second and their times on 100,000 customers, beside bare Fastify';

const customers = 100_000;
const rounds = 5;
const seconds = 3;
/** Agents at work at once: enough to keep both servers busy, and few enough to see how long a list takes. */
const connections = { many: 50, few: 10 };
const streams = { clients: 1_000, perSecond: 50, seconds: 10 };
const floorName = 'bare Fastify';
const goals: Readonly<Record<string, Goal>> = {
  'GET one customer, share of bare Fastify': { op: '>=', value: 40 },
  'list of 20, p99': { op: '<=', value: 15 },
  'stream, delivery p99': { op: '<=', value: 100 },
  'stream, memory for each client': { op: '<=', value: 30 },
};

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const SERVICE = '/tmf-api/serviceInventory/v4/service';
const TICKET = '/tmf-api/troubleTicket/v4/troubleTicket';

/** A number from 0 that is spread over the range and the same in every run. */
const spread = (index: number, range: number) => (index * 7_919) % range;
const many = (count: number, path: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => path(i));

const listPaths = many(40, (index) => {
  const customer = 1_001 + spread(index, customers);
  const filters = [
    `${CUSTOMER}?status=active`,
    `${CUSTOMER}?contactMedium.characteristic.city=${['Pune', 'Chennai', 'Jaipur', 'Kolkata'][index % 4] ?? ''}`,
    `${CUSTOMER}?engagedParty.id=IND-${customer}`,
    `${SERVICE}?relatedParty.id=C-${customer}`,
  ];
  return `${filters[index % filters.length] ?? ''}&limit=20`;
});

type Request = Pick<Load, 'paths' | 'body' | 'connections'>;
const requests: Readonly<Record<string, Request>> = {
  'GET one customer': { paths: [`${CUSTOMER}/C-2001`], connections: connections.many },
  'GET any of 100,000 customers': {
    paths: many(2_000, (index) => `${CUSTOMER}/C-${1_001 + spread(index, customers)}`),
    connections: connections.many,
  },
  'list of 20': { paths: listPaths, connections: connections.few },
  'create a ticket': {
    paths: [TICKET],
    connections: connections.few,
    body: {
      description: 'The line drops every evening.',
      severity: 'minor',
      ticketType: 'complaint',
      relatedParty: [{ id: 'C-2001', role: 'customer', '@referredType': 'Customer' }],
    },
  },
};

export async function run(): Promise<BenchResult> {
  const floor = await startFloor();
  try {
    const embedded = await measureOn('embedded', floor);
    const postgres = await startPostgres();
    if ('reason' in postgres) {
      console.log(`Not measured on PostgreSQL: ${postgres.reason}.`);
      return { bench: 'gateway', metrics: embedded };
    }
    return { bench: 'gateway', metrics: [...embedded, ...(await measurePostgres(postgres, floor))] };
  } finally {
    floor.close();
  }
}

async function measurePostgres(postgres: PostgresCluster, floor: Floor): Promise<Metric[]> {
  try {
    return await measureOn(postgres.version, floor, postgres.url);
  } finally {
    await postgres.stop();
  }
}

async function measureOn(database: string, floor: Floor, databaseUrl?: string): Promise<Metric[]> {
  const env = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  const prepare = (dataDir: string) => makeCrowd({ dataDir, ...(databaseUrl && { databaseUrl }) }, customers);
  const gateway = await withProgress(`Filling ${database} with ${customers} customers`, () =>
    startGateway('http://127.0.0.1:1', { env, prepare }),
  );
  try {
    const metrics: Metric[] = [];
    for (const [name, request] of Object.entries(requests)) {
      const results = await withProgress(`${database}: ${name}`, () => inTurn(gateway, floor, request));
      metrics.push(...summarize(database, name, results));
    }
    if (databaseUrl !== undefined) await writeCheckpoint(databaseUrl);
    metrics.push(...(await withProgress(`${database}: streams`, () => measureStreams(database, gateway))));
    return metrics;
  } finally {
    await gateway.close();
  }
}

/** What the parts before left to be written to the disk would be written while the streams are measured. */
async function writeCheckpoint(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query('checkpoint');
  await client.end();
}

/** Services of the demonstration change at a steady rate, and every client hears of every change. */
async function measureStreams(database: string, { url, token, pid }: BenchGateway): Promise<Metric[]> {
  let turn = 0;
  const write = async (mark: string) => {
    turn += 1;
    const answer = await fetch(`${url}${SERVICE}/SVC-${1 + (turn % 20)}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ description: mark }),
    });
    if (!answer.ok) throw new Error(`a write was answered with ${answer.status}`);
    await answer.arrayBuffer();
  };
  const report = await fanOut(
    { url, token, clients: streams.clients, topic: 'service' },
    { ...streams, pid, write },
  );
  const metric = (part: string, value: number, unit: string): Metric => ({
    name: `${database}: stream, ${part}`,
    value,
    unit,
    goal: goals[`stream, ${part}`] ?? null,
    beside: [],
  });
  return [
    metric('events delivered', (100 * report.delivered) / report.expected, '%'),
    metric('delivery p50', report.p50, 'ms'),
    metric('delivery p99', report.p99, 'ms'),
    metric('memory for each client', report.bytesPerClient / 1_000, 'kB'),
    metric('memory for each client while events flow', report.busyBytesPerClient / 1_000, 'kB'),
  ];
}

interface Results {
  gateway: LoadResult;
  floor: LoadResult;
}

/** Gateway and floor take turns, so that whatever disturbs the machine disturbs both. The first round warms up. */
async function inTurn({ url, token }: BenchGateway, floor: Floor, request: Request): Promise<Results> {
  const ofGateway: LoadResult[] = [];
  const ofFloor: LoadResult[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    ofGateway.push(await makeLoad({ ...request, seconds, url, token }));
    ofFloor.push(await makeLoad({ connections: request.connections, seconds, url: floor.url, paths: ['/'] }));
  }
  return { gateway: medianOf(ofGateway.slice(1)), floor: medianOf(ofFloor.slice(1)) };
}

function summarize(database: string, name: string, { gateway, floor }: Results): Metric[] {
  const metric = (part: string, value: number, unit: string, beside?: number): Metric => ({
    name: `${database}: ${name}, ${part}`,
    value,
    unit,
    goal: goals[`${name}, ${part}`] ?? null,
    beside: beside === undefined ? [] : [{ name: floorName, value: beside }],
  });
  return [
    metric('requests a second', gateway.rate, '/s', floor.rate),
    metric('share of bare Fastify', (100 * gateway.rate) / floor.rate, '%'),
    metric('p50', gateway.p50, 'ms', floor.p50),
    metric('p99', gateway.p99, 'ms', floor.p99),
  ];
}
