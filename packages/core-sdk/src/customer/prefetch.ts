import type { QueryClient } from '@tanstack/query-core';
import type { Service } from '../api/resources/customer.js';
import type { PartName } from './customer-parts.js';
import { queryOf, type PartSources } from './part-queries.js';

/** So many requests at a time: the customer who is on the screen comes first. */
const AT_A_TIME = 2;

/** After this many milliseconds no more is begun: by then the agent has answered, or will not. */
const BUDGET = 8_000;

/**
 * Reads parts of a customer who is not current, and keeps them at hand. What fails is read again when the customer is
 * current; nobody waits for it.
 */
export async function prefetch(
  queries: QueryClient,
  sources: PartSources,
  customerId: string,
  names: readonly PartName[],
  signal: AbortSignal,
): Promise<void> {
  const { definitions } = sources;
  const byServices = names.filter((name) => definitions[name].byServices);
  const first = new Set<PartName>(byServices.length > 0 ? ['services', ...names] : names);
  const ending = AbortSignal.any([signal, AbortSignal.timeout(BUDGET)]);
  const read = (name: PartName, ids: readonly string[]) => () =>
    queries.query(queryOf(sources, name, customerId, ids)).catch(() => undefined);
  const own = [...first].filter((name) => !definitions[name].byServices);
  await runAll(
    own.map((name) => read(name, [customerId])),
    ending,
  );
  const services = queries.getQueryData<readonly Service[]>([customerId, 'services']);
  const ids = services?.map(({ id }) => id).sort();
  if (ids) {
    await runAll(
      byServices.map((name) => read(name, ids)),
      ending,
    );
  }
}

async function runAll(tasks: (() => Promise<unknown>)[], ending: AbortSignal): Promise<void> {
  const waiting = tasks.values();
  const runner = async (): Promise<void> => {
    for (const task of waiting) {
      if (ending.aborted) return;
      await task();
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, runner));
}
