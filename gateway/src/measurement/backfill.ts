import type { Queryable } from '../store/database.ts';
import { indicators, type Sample } from './indicators.ts';
import { stepOf, writeMeasurements, type Granularity, type MeasurementRow } from './measurement-store.ts';
import { Network, type MeasuredService } from './network.ts';

const MINUTE = stepOf.g_1mn;
const SECONDS_BACK = 10 * MINUTE;
const MINUTES_BACK = 24 * 60 * MINUTE;
/** A minute of the past is the mean of this many of its seconds. */
const PROBES = 4;
/** One statement must not grow with the number of services. */
const ROWS_PER_STATEMENT = 20_000;

/** Writes the recent past, so that the first screen has a history: ten minutes by second, a day by minute. */
export async function backfill(
  tx: Queryable,
  seed: number,
  services: readonly MeasuredService[],
  now: number,
): Promise<void> {
  const network = new Network(seed);
  const probe = (service: MeasuredService, time: number) => network.sample(service, time);
  const mean = (service: MeasuredService, minute: number) => averageOf(probesOf(network, service, minute));
  await fill(tx, 'g_1s', services, now - SECONDS_BACK, now, probe);
  await fill(tx, 'g_1mn', services, now - MINUTES_BACK, now - MINUTE, mean);
}

async function fill(
  tx: Queryable,
  granularity: Granularity,
  services: readonly MeasuredService[],
  from: number,
  to: number,
  sampleAt: (service: MeasuredService, time: number) => Sample,
): Promise<void> {
  const step = stepOf[granularity];
  let rows: MeasurementRow[] = [];
  for (const service of services) {
    for (let time = from - (from % step); time <= to; time += step) {
      rows.push({ serviceId: service.id, sampleTime: time, ...sampleAt(service, time) });
    }
    if (rows.length < ROWS_PER_STATEMENT) continue;
    await writeMeasurements(tx, granularity, rows);
    rows = [];
  }
  if (rows.length > 0) await writeMeasurements(tx, granularity, rows);
}

function probesOf(network: Network, service: MeasuredService, minute: number): Sample[] {
  return Array.from({ length: PROBES }, (_, index) =>
    network.sample(service, minute + (index * MINUTE) / PROBES),
  );
}

function averageOf(samples: readonly Sample[]): Sample {
  const entries = indicators.map(({ id }) => {
    const values = samples.map((sample) => sample[id]).filter((value) => value !== null);
    const sum = values.reduce((total, value) => total + value, 0);
    return [id, values.length > 0 ? Math.round((sum / values.length) * 100) / 100 : null];
  });
  return Object.fromEntries(entries) as Sample;
}
