import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const HOST = '127.0.0.1';

/** What may happen to a request on its way; each as often as the others when the proxy is at it. */
const FAULTS = [
  'drop',
  'lose-answer',
  'cut-answer',
  'send-twice',
  'late',
  '500',
  '503',
  '429',
  'garbage',
] as const;
type Fault = (typeof FAULTS)[number];

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A bad network between browser and gateway, the same one for the same seed. */
export class FaultProxy {
  readonly counts: Partial<Record<Fault, number>> = {};
  /** The share of requests that something happens to, from 0 to 1. */
  faultRate = 0;
  readonly #server: Server;
  readonly #gatewayPort: number;
  #random: number;

  private constructor(gatewayPort: number, seed: number) {
    this.#gatewayPort = gatewayPort;
    this.#random = seed;
    this.#server = createServer((incoming, outgoing) => {
      this.#handle(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  static async open(gatewayPort: number, seed: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(gatewayPort, seed);
    await new Promise<void>((resolve) => proxy.#server.listen(0, HOST, resolve));
    return proxy;
  }

  get url(): string {
    return `http://${HOST}:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const fault = this.#draw();
    if (incoming.url?.startsWith('/events')) {
      this.#stream(incoming, outgoing, fault !== undefined);
      return;
    }
    const body = await readAll(incoming);
    switch (fault) {
      case '500':
      case '503':
      case '429':
        refuse(incoming, outgoing, Number(fault));
        return;
      case 'garbage':
        outgoing.writeHead(200, allowOrigin(incoming)).end('<html>\u0000{[');
        return;
      case 'drop':
        outgoing.destroy();
        return;
      default:
        await this.#deliver(incoming, body, outgoing, fault);
    }
  }

  /** The gateway gets the request, whatever becomes of its answer. */
  async #deliver(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    fault?: Fault,
  ): Promise<void> {
    if (fault === 'late') await delay(200);
    if (fault === 'send-twice') void this.#forward(incoming, body).catch(() => undefined);
    const answer = await this.#forward(incoming, body);
    if (fault === 'lose-answer') {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.status, answer.headers);
    if (fault === 'cut-answer' && answer.body.length > 1) {
      outgoing.write(answer.body.subarray(0, answer.body.length / 2), () => outgoing.destroy());
    } else {
      outgoing.end(answer.body);
    }
  }

  /** The live stream is passed on as it comes, and cut after a while when it is its turn. */
  #stream(incoming: IncomingMessage, outgoing: ServerResponse, cut: boolean): void {
    const upstream = this.#request(incoming, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      if (cut) answer.once('data', () => outgoing.destroy());
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    upstream.end();
  }

  #forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const upstream = this.#request(incoming, (answer) => {
        const { statusCode: status = 502, headers } = answer;
        readAll(answer).then((read) => {
          resolve({ status, headers, body: read });
        }, reject);
      });
      upstream.on('error', reject);
      upstream.end(body);
    });
  }

  #request(incoming: IncomingMessage, onAnswer: (answer: IncomingMessage) => void) {
    const { method, url, headers } = incoming;
    return request({ host: HOST, port: this.#gatewayPort, method, path: url, headers }, onAnswer);
  }

  #draw(): Fault | undefined {
    if (this.#next() >= this.faultRate) return undefined;
    const fault = FAULTS[Math.floor(this.#next() * FAULTS.length)];
    if (fault) this.counts[fault] = (this.counts[fault] ?? 0) + 1;
    return fault;
  }

  /** Mulberry32. */
  #next(): number {
    this.#random = (this.#random + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#random ^ (this.#random >>> 15), 1 | this.#random);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number): void {
  const headers = { ...allowOrigin(incoming), 'content-type': 'application/json' };
  outgoing.writeHead(status, status === 429 ? { ...headers, 'retry-after': '0' } : headers);
  outgoing.end(JSON.stringify({ code: 'injected', reason: 'A fault of the test', '@type': 'Error' }));
}

/** Without it the browser would hide the answer, and every fault would look the same to the SDK. */
function allowOrigin({ headers }: IncomingMessage): Record<string, string> {
  return {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-expose-headers': 'retry-after',
  };
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
