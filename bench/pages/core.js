/* global performance, ReadableStream, Response, setTimeout, TextEncoder */
// The core in a page, with a gateway of its own that answers after a given time: what is measured is the SDK, and not a
// network, a database or how many connections a browser opens.
import { createJioAssist, hostToken, PART_NAMES } from '@jioassist/core-sdk';

const WIDGETS = 5;
const encoder = new TextEncoder();
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Gateway {
  requests = [];
  delay = 0;
  #streams = new Set();
  #position = 1;

  fetch = async (input) => {
    const url = new URL(input);
    if (url.pathname === '/events') return this.#openStream();
    this.requests.push(url.pathname);
    if (this.delay > 0) await wait(this.delay);
    return Response.json(contentOf(url), { headers: { 'last-event-id': String(this.#position) } });
  };

  /** Sends messages in one piece, as they come when a network brings several at once. */
  send(count, toMessage) {
    let text = '';
    for (let index = 0; index < count; index++) {
      const [event, data] = toMessage(index);
      const id = event === 'MeasurementEvent' ? '' : `id: ${++this.#position}\n`;
      text += `${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    }
    const bytes = encoder.encode(text);
    for (const stream of this.#streams) stream.enqueue(bytes);
    return bytes.length;
  }

  #openStream() {
    let controller;
    const body = new ReadableStream({
      start: (created) => {
        controller = created;
        this.#streams.add(created);
        created.enqueue(encoder.encode(`id: ${this.#position}\nevent: ready\ndata: {}\n\n`));
      },
      cancel: () => this.#streams.delete(controller),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }
}

/** Four records of every kind, about as large as real ones. */
function contentOf({ pathname, searchParams }) {
  const kind = pathname.split('/').at(-1);
  const customer = /\/customer\/(.+)$/.exec(pathname)?.[1];
  if (customer) return { id: customer, name: 'Meera Nair', contactMedium: [], characteristic: [] };
  const of = [...searchParams.values()][0] ?? '';
  return Array.from({ length: 4 }, (_, index) => ({
    id: `${kind}-${of.split(',')[0]}-${index}`,
    name: `${kind} ${index}`,
    description: 'Something an agent would read about this, in a sentence or two of the usual length.',
    state: 'active',
    category: 'mobile',
    relatedParty: [{ id: of, role: 'customer', name: 'Meera Nair' }],
    note: [{ author: 'asha', text: 'Called back.' }],
  }));
}

const gateway = new Gateway();
const client = createJioAssist({
  gateway: 'https://gateway.bench',
  fetch: gateway.fetch,
  auth: hostToken(() => Promise.resolve({ value: 'bench', expiresAt: Date.now() + 3_600_000 })),
});
for (let widget = 0; widget < WIDGETS; widget++) client.customer.watch(...PART_NAMES);

const isReady = (state) => PART_NAMES.every((name) => state[name].status === 'ready');

function shown(customerId) {
  return new Promise((resolve) => {
    const release = client.customer.state.subscribe((state) => {
      if (!isReady(state)) return;
      release();
      resolve();
    });
    client.customer.set({ customerId });
    if (isReady(client.customer.state.value)) {
      release();
      resolve();
    }
  });
}

let customers = 0;

globalThis.bench = {
  /** The files that come with the first customer are not part of a switch. */
  start: () => shown('first'),

  /** Milliseconds from the switch to the last part, and the most requests for one resource. */
  async load(delay) {
    gateway.delay = delay;
    gateway.requests = [];
    const begun = performance.now();
    await shown(`C-${++customers}`);
    const time = performance.now() - begun;
    const counts = Object.values(Object.groupBy(gateway.requests, (path) => path)).map(
      ({ length }) => length,
    );
    return { time, most: Math.max(...counts), requests: gateway.requests.length };
  },

  /** The same requests without the SDK: what depends on nothing, and then what needs the services. */
  async floor(delay) {
    gateway.delay = delay;
    const read = async (path) => (await gateway.fetch(`https://gateway.bench/${path}`)).json();
    const begun = performance.now();
    const services = read('service?relatedParty.id=C');
    await Promise.all([
      ...Array.from({ length: 8 }, (_, index) => read(`part${index}?relatedParty.id=C`)),
      ...Array.from({ length: 3 }, async (_, index) => {
        const ids = (await services).map(({ id }) => id).join();
        return read(`of${index}?affectedService.id=${ids}`);
      }),
    ]);
    return performance.now() - begun;
  },

  /** Milliseconds of a switch to a customer of a moment ago, until everything is there. */
  async back() {
    gateway.delay = 0;
    const to = client.customer.state.value.customerId === 'first' ? 'second' : 'first';
    const begun = performance.now();
    await shown(to);
    return performance.now() - begun;
  },

  /** Messages for so many seconds, a hundredth of each second at a time; `listen` is false for the floor. */
  async stream(kind, perSecond, seconds, listen) {
    const { customerId } = client.customer.state.value;
    let heard = 0;
    const topic = kind === 'measurement' ? 'measurement' : 'service';
    const release = listen ? client.events.subscribe(topic, () => heard++) : () => undefined;
    await wait(500);
    const relatedParty = [{ id: customerId, role: 'customer' }];
    const message = (index) =>
      kind === 'measurement'
        ? ['MeasurementEvent', { relatedParty, event: { measurement: tick(index) } }]
        : [
            'ServiceStateChangeEvent',
            {
              eventId: `${index}`,
              eventType: 'ServiceStateChangeEvent',
              relatedParty,
              event: { service: { id: 'SVC-1' } },
            },
          ];
    const begun = performance.now();
    let sent = 0;
    while (sent < perSecond * seconds) {
      const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - begun) * perSecond) / 1000));
      gateway.send(due - sent, message);
      sent = due;
      await wait(10);
    }
    await wait(100);
    release();
    return { heard, sent };
  },

  async switches(count) {
    gateway.delay = 0;
    for (let index = 0; index < count; index++) {
      // What the page itself keeps is not the SDK's.
      gateway.requests = [];
      await shown(`S-${++customers}`);
    }
  },
};

function tick(index) {
  const value = { latency: 40 + (index % 7), packetLoss: 0.1, signal: -88, throughput: 38.5 };
  return { monitoredObject: { id: `SVC-${index % 8}` }, sampleTime: Date.now(), value };
}
