// Makes requests from a process of its own, so that making them does not slow down what answers them.
import autocannon from 'autocannon';
import type { Load, LoadResult } from './load.ts';

const load = JSON.parse(process.argv[2] ?? '') as Load;
const times: number[] = [];
let refused = 0;

const instance = autocannon({
  url: load.url,
  connections: load.connections,
  duration: load.seconds,
  headers: { ...(load.token !== undefined && { authorization: `Bearer ${load.token}` }) },
  requests: load.paths.map((path) => ({
    path,
    method: load.body === undefined ? 'GET' : 'POST',
    ...(load.body !== undefined && {
      body: JSON.stringify(load.body),
      headers: { 'content-type': 'application/json' },
    }),
  })),
});
instance.on('response', (_client, status, _bytes, milliseconds) => {
  if (status >= 300) refused += 1;
  times.push(milliseconds);
});
instance.on('done', (result) => {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const measured: LoadResult = {
    rate: times.length / result.duration,
    p50: at(0.5),
    p99: at(0.99),
    refused: refused + result.errors + result.timeouts,
  };
  process.stdout.write(JSON.stringify(measured));
});
