import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Delivery {
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly lookup: LookupFunction;
  readonly signal: AbortSignal;
}

/** Posts an event and resolves to the status of the answer. Redirects are not followed: they could lead anywhere. */
export function post({ url, body, headers, lookup, signal }: Delivery): Promise<number> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      lookup,
      signal,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      // What the listener says is of no interest, but has to be read for the connection to be used again.
      response.on('error', () => undefined).resume();
      resolve(response.statusCode ?? 0);
    });
    request.end(body);
  });
}
