import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { makeHome, type Home } from '../../test-support/database.ts';
import { startProcess, type GatewayProcess } from '../../test-support/process.ts';
import { signIn } from '../auth/headless-sign-in.ts';

interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

/** What an OTLP collector would get. */
const spans: ReceivedSpan[] = [];
let wake: () => void = () => undefined;
const receiver = createServer((request, response) => {
  void json(request).then((body) => {
    const { resourceSpans } = body as {
      resourceSpans: { scopeSpans: { spans: ReceivedSpan[] }[] }[];
    };
    for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
    response.end('{}');
    wake();
  });
});

let home: Home;
let gateway: GatewayProcess;
before(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  home = await makeHome();
  gateway = await startProcess({
    ...home.env,
    JIOASSIST_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    OTEL_BSP_SCHEDULE_DELAY: '50',
  });
});
after(async () => {
  await gateway.end('SIGTERM');
  receiver.close();
  receiver.closeAllConnections();
  await home.remove();
});

/** The spans of our trace, once one of each of these names has come. */
async function received(...names: string[]): Promise<ReceivedSpan[]> {
  const ours = () => spans.filter(({ traceId }) => traceId === TRACE);
  while (!names.every((name) => ours().some((span) => span.name === name))) {
    await new Promise<void>((resolve) => (wake = resolve));
  }
  return ours();
}

describe('tracing', () => {
  it('continues the caller’s trace through the request, its statements and its event', async () => {
    const { accessToken } = await signIn(gateway.url, { name: 'asha', password: 'welcome-asha' });
    const path = '/tmf-api/customerManagement/v4/customer';
    const answer = await fetch(`${gateway.url}${path}/C-1001`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/json',
        traceparent: `00-${TRACE}-${PARENT}-01`,
      },
      body: JSON.stringify({ name: 'Secret Name' }),
    });
    assert.equal(answer.status, 200);
    const request = `PATCH ${path}/:id`;
    const ours = await received(request, 'transaction', 'event append', 'update');
    const root = ours.find(({ name }) => name === request)!;
    assert.equal(root.parentSpanId, PARENT);
    const transaction = ours.find(({ name }) => name === 'transaction')!;
    assert.equal(transaction.parentSpanId, root.spanId);
    const statement = ours
      .find(({ name }) => name === 'update')!
      .attributes.find(({ key }) => key === 'db.query.text')?.value.stringValue;
    assert.match(statement ?? '', /^update resource set document = \$3/);
    assert.doesNotMatch(JSON.stringify(ours), /Secret Name|C-1001/);
  });
});
