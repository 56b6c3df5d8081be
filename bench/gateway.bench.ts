import { startPostgres, type PostgresCluster } from '../tools/lib/postgres.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { startFloor, type Floor } from './lib/floor.ts';
import { startGateway, type BenchGateway } from './lib/gateway.ts';
import { makeLoad, medianOf, type Load, type LoadResult } from './lib/load.ts';
import type { BenchResult, Goal, Metric } from './lib/result.ts';

export const about = 'requests a second and their times on 100,000 customers, beside bare Fastify';

const customers = 100_000;
const rounds = 5;
const seconds = 3;
const connections = 10;
const floorName = 'bare Fastify';
const goals: Readonly<Record<string, Goal>> = {
  'GET one customer, share of bare Fastify': { op: '>=', value: 40 },
  'list of 20, p99': { op: '<=', value: 15 },
};

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const SERVICE = '/tmf-api/serviceInventory/v4/service';

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

type Request = Pick<Load, 'paths' | 'body'>;
const requests: Readonly<Record<string, Request>> = {
  'GET one customer': { paths: [`${CUSTOMER}/C-2001`] },
  'GET any of 100,000 customers': {
    paths: many(2_000, (index) => `${CUSTOMER}/C-${1_001 + spread(index, customers)}`),
  },
  'list of 20': { paths: listPaths },
  'create a service': {
    paths: [SERVICE],
    body: {
      state: 'reserved',
      serviceSpecification: { id: 'FIB-499' },
      relatedParty: [{ id: 'C-2001', role: 'customer', '@referredType': 'Customer' }],
    },
  },
};

export async function run(): Promise<BenchResult> {
  const floor = await startFloor();
  try {
    const embedded = await measureOn('embedded', floor, {});
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
    return await measureOn(postgres.version, floor, { DATABASE_URL: postgres.url });
  } finally {
    await postgres.stop();
  }
}

async function measureOn(
  database: string,
  floor: Floor,
  settings: Record<string, string>,
): Promise<Metric[]> {
  const gateway = await withProgress(`Filling ${database} with ${customers} customers`, () =>
    startGateway('http://127.0.0.1:1', { JIOASSIST_CUSTOMERS: String(customers), ...settings }),
  );
  try {
    const metrics: Metric[] = [];
    for (const [name, request] of Object.entries(requests)) {
      const results = await withProgress(`${database}: ${name}`, () => inTurn(gateway, floor, request));
      metrics.push(...summarize(database, name, results));
    }
    return metrics;
  } finally {
    await gateway.close();
  }
}

interface Results {
  gateway: LoadResult;
  floor: LoadResult;
}

/** Gateway and floor take turns, so that whatever disturbs the machine disturbs both. The first round warms up. */
async function inTurn({ url, token }: BenchGateway, floor: Floor, request: Request): Promise<Results> {
  const common = { connections, seconds };
  const ofGateway: LoadResult[] = [];
  const ofFloor: LoadResult[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    ofGateway.push(await makeLoad({ ...common, ...request, url, token }));
    ofFloor.push(await makeLoad({ ...common, url: floor.url, paths: ['/'] }));
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
