// Many clients of the event stream in a process of their own: each event's way from its write to each client is timed.
import { connect } from 'node:net';
import type { FanOut, FanOutResult } from './fan-out.ts';

const { url, token, clients, topic } = JSON.parse(process.argv[2] ?? '') as FanOut;
const { hostname, port } = new URL(url);
const mark = /sent-(\d+)-/g;
const times: number[] = [];
let open = 0;
let lost = 0;

function follow(): void {
  const socket = connect(Number(port), hostname);
  let rest = '';
  let isOpen = false;
  socket.setEncoding('latin1');
  socket.write(
    `GET /events?topic=${topic} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  socket.on('data', (chunk: string) => {
    const now = Date.now();
    const text = rest + chunk;
    if (!isOpen && text.includes('event: ready')) {
      isOpen = true;
      open += 1;
      if (open === clients) process.send?.('open');
    }
    let end = 0;
    for (const found of text.matchAll(mark)) {
      times.push(now - Number(found[1]));
      end = found.index + found[0].length;
    }
    // A mark may be cut in two by the packets.
    rest = text.slice(Math.max(end, text.length - 40));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => (lost += 1));
}

for (let client = 0; client < clients; client += 1) follow();

process.on('message', () => {
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  const result: FanOutResult = { delivered: times.length, p50: at(0.5), p99: at(0.99), lost };
  process.send?.(result, undefined, undefined, () => process.exit());
});
