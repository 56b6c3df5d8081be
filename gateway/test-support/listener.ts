import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a listener was sent. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly eventId: string;
    readonly eventType: string;
    readonly event: Readonly<Record<string, { readonly id: string; readonly name?: string }>>;
  };
}

/** A status, or null to give no answer at all. */
export type Reply = number | null;

export interface TestListener {
  readonly url: string;
  readonly received: readonly Received[];
  /** How to answer from now on, in turn; the last of these goes on. Begins with 201. */
  answer(...replies: [Reply, ...Reply[]]): void;
  /** Resolves when so many deliveries have come. */
  until(count: number): Promise<readonly Received[]>;
  close(): Promise<void>;
}

/** An HTTP server that takes deliveries of events. */
export async function startListener(): Promise<TestListener> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let replies: Reply[] = [201];
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      const { url: path = '', headers } = request;
      received.push({ path, headers, text, body: JSON.parse(text) as Received['body'] });
      if (typeof reply === 'number') response.writeHead(reply, { location: '/elsewhere' }).end();
      for (const look of waiting) look();
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (...next) => {
      replies = next;
    },
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve(received);
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
