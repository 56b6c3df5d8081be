import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface FanOut {
  url: string;
  token: string;
  clients: number;
  topic: string;
}

export interface FanOutResult {
  /** Events that arrived, over all clients. */
  delivered: number;
  /** Milliseconds from the write to a client. */
  p50: number;
  p99: number;
  /** Clients that were cut off. */
  lost: number;
}

export interface FanOutReport extends FanOutResult {
  expected: number;
  /** Bytes of the gateway's memory for each client that is connected and still. */
  bytesPerClient: number;
  /** The same while events flow. */
  busyBytesPerClient: number;
}

/** How the load is made: `write` makes one event that holds the given mark. */
export interface FanOutLoad {
  pid: number;
  perSecond: number;
  seconds: number;
  write(mark: string): Promise<void>;
}

/** Connects the clients, writes at a steady rate, and takes the times and the memory. */
export async function fanOut(settings: FanOut, load: FanOutLoad): Promise<FanOutReport> {
  const before = await settledMemory(load.pid);
  const child = fork(new URL('fan-out-process.ts', import.meta.url), [JSON.stringify(settings)]);
  const failed = once(child, 'exit').then(() =>
    Promise.reject(new Error('the clients of the streams ended')),
  );
  failed.catch(() => undefined);
  await Promise.race([once(child, 'message'), failed]);
  const still = await settledMemory(load.pid);
  const writes: Promise<void>[] = [];
  const startedAt = performance.now();
  const count = load.perSecond * load.seconds;
  let busy = 0;
  for (let event = 0; event < count; event += 1) {
    await delay(Math.max(0, startedAt + (event * 1_000) / load.perSecond - performance.now()));
    writes.push(load.write(`sent-${Date.now()}-${event}`));
    if (event % load.perSecond === 0) busy = Math.max(busy, memoryOf(load.pid));
  }
  await Promise.all(writes);
  // What is on its way may arrive.
  await delay(1_000);
  child.send('report');
  const [result] = (await Promise.race([once(child, 'message'), failed])) as [FanOutResult];
  return {
    ...result,
    expected: count * settings.clients,
    bytesPerClient: (still - before) / settings.clients,
    busyBytesPerClient: (busy - before) / settings.clients,
  };
}

/** The smallest of some readings: collections of garbage come when they come. */
async function settledMemory(pid: number): Promise<number> {
  let least = memoryOf(pid);
  for (let reading = 0; reading < 8; reading += 1) {
    await delay(500);
    least = Math.min(least, memoryOf(pid));
  }
  return least;
}

/** Resident memory, as Linux counts it. */
function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}
