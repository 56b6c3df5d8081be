import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { declarations } from '../tmf/apis/index.ts';
import { Representation } from '../tmf/representation.ts';
import { EventEncoding, message } from './encoding.ts';

const source = 'http://gateway.test';
const encoding = new EventEncoding({
  declarations,
  representation: new Representation(source, declarations),
  source,
});
const event = {
  sequence: 7,
  eventId: 'e-7',
  eventTime: '2026-01-01T00:00:00.000Z',
  eventType: 'CustomerCreateEvent',
  topic: 'customer',
  correlationId: 'c-1',
  customerIds: ['C-1'],
  circles: [],
  document: { id: 'C-1', name: 'One' },
};

describe('the encoding of events', () => {
  it('writes one message', () => {
    assert.equal(message('gap', {}).toString(), 'event: gap\ndata: {}\n\n');
    const text = encoding.event(event).toString();
    assert.match(text, /^id: 7\nevent: CustomerCreateEvent\ndata: \{"eventId":"e-7".*"name":"One".*\}\n\n$/);
  });

  it('writes an event once, for however many clients', () => {
    assert.equal(encoding.event(event), encoding.event(event));
    assert.notEqual(encoding.event({ ...event }), encoding.event(event));
  });
});
