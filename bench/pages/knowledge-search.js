import { SearchClient } from '@jioassist/km-panel/search.js';

const { Worker, MessageChannel, performance, fetch } = globalThis;
const KEY = 'bench';
const LIMIT = 10;

function open() {
  const worker = new Worker('/search-worker.js', { type: 'module' });
  return { worker, client: new SearchClient(worker) };
}

/** Runs `work` and tells how long it took and for how long the page's own thread was held at most, in milliseconds. */
async function watched(work) {
  const { port1, port2 } = new MessageChannel();
  let held = 0;
  let last = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    held = Math.max(held, now - last);
    last = now;
    port2.postMessage(0);
  };
  port2.postMessage(0);
  const started = performance.now();
  await work();
  const time = performance.now() - started;
  port1.close();
  return { time, held };
}

async function start(load) {
  const { worker, client } = open();
  const measured = await watched(async () => {
    await load(client);
    await client.search('transol', { limit: LIMIT });
  });
  return { ...measured, worker, client };
}

globalThis.measure = async (queries) => {
  const cold = await start(async (client) => client.load(await (await fetch('/index.bin')).bytes()));
  await cold.client.keep(KEY, 1);
  cold.worker.terminate();
  const starts = [];
  for (let time = 0; time < 5; time++) {
    const cached = await start((client) => client.restore(KEY));
    starts.push({ time: cached.time, held: cached.held });
    cached.worker.terminate();
  }
  const { client } = await start((other) => other.restore(KEY));
  const once = async (query) => {
    const started = performance.now();
    const hits = await client.search(query, { limit: LIMIT });
    await client.excerpts(
      query,
      hits.map(({ id }) => id),
    );
    return performance.now() - started;
  };
  for (const query of queries.slice(0, queries.length / 2)) await once(`${query} x`);
  const times = [];
  const typed = await watched(async () => {
    for (const query of queries) times.push(await once(query));
  });
  return { cold: { time: cold.time, held: cold.held }, starts, times, held: typed.held };
};
