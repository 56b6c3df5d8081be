import type { FakeGateway } from './fake-gateway.js';

/** The part of msw's `http` (from `msw/http`) that is needed here; msw stays the caller's. */
export interface MswHttp<Handler> {
  all(path: string, resolver: (info: { readonly request: Request }) => Promise<Response>): Handler;
}

/**
 * Handlers of Mock Service Worker for everything a gateway serves, answered by a fake one: for tests of a page that makes
 * its own client, where `fetch` cannot be given.
 *
 * @example
 * const gateway = new FakeGateway({ customers: [buildCustomer({ name: 'Meera Nair' })] });
 * await setupWorker(...gatewayHandlers(http, gateway)).start();
 * @param http `http` of `msw/http`.
 * @group Testing
 */
export function gatewayHandlers<Handler>(http: MswHttp<Handler>, gateway: FakeGateway): Handler[] {
  return [http.all(`${gateway.url}/*`, ({ request }) => answer(request, gateway))];
}

async function answer(request: Request, gateway: FakeGateway): Promise<Response> {
  const { url, method, headers, signal } = request;
  try {
    if (method === 'GET') return await gateway.fetch(url, { headers, signal });
    return await gateway.fetch(url, { method, headers, signal, body: await request.text() });
  } catch {
    // A gateway that is down gives a page no answer, and a page that has gone away wants none.
    return Response.error();
  }
}
