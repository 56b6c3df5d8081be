import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEvents } from '../../test-support/event-stream.ts';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';

let test: TestGateway;
before(async () => {
  test = await startTestGateway({ metrics: { host: '127.0.0.1', port: 0 } });
});
after(() => test.close());

const read = async (path = '/metrics') => {
  const response = await fetch(`http://127.0.0.1:${test.gateway.metricsPort}${path}`);
  return { status: response.status, text: await response.text() };
};

describe('the metrics', () => {
  it('time requests by the pattern of their route, and name no customer', async () => {
    await test.call(`${CUSTOMER}/C-1001`);
    await test.call(`${CUSTOMER}?name=Nobody`);
    const { text } = await read();
    assert.match(
      text,
      /http_request_duration_seconds_count\{method="GET",route="[^"]*\/customer\/:id",status="200"\} 1/,
    );
    assert.doesNotMatch(text, /C-1001|Nobody/);
  });

  it('count streams and events', async () => {
    const events = await openEvents(test.url, test.token, '?topic=customer');
    await events.next();
    await test.call(`${CUSTOMER}/C-1001`, { method: 'PATCH', body: { name: 'Counted' } });
    const { id } = (await events.next())!;
    const { text } = await read();
    assert.match(text, /^event_stream_clients 1$/m);
    assert.match(text, new RegExp(`^event_log_sequence ${id}$`, 'm'));
    assert.match(text, /^event_stream_cut_offs_total 0$/m);
    assert.match(text, /^database_connections\{state="open"\} \d+$/m);
    assert.match(text, /^process_resident_memory_bytes \d+$/m);
    await events.close();
  });

  it('are all there is at that address, and are not at the public one', async () => {
    assert.equal((await read('/other')).status, 404);
    assert.equal((await fetch(`${test.url}/metrics`)).status, 404);
  });
});
