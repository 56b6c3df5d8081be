/* global document, performance, requestAnimationFrame, setTimeout, fetch, MessageChannel */
// A page of an agent: phone, badges and diagnostics on one client. A call rings, and the time is taken until all of them show
// the customer.
import '@jioassist/badge-widget/define.js';
import { createJioAssist, hostToken } from '@jioassist/core-sdk';
import '@jioassist/core-sdk/define.js';
import '@jioassist/cti-phone/define.js';
import '@jioassist/diagnostics-widget/define.js';

const { gateway, token, number } = document.body.dataset;
const PATIENCE = 20_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A telephone system of one line: it rings when it is told to. */
class Line {
  name = 'bench';
  capabilities = { media: 'external', canDial: false, hasAgentState: false };
  start(tell) {
    this.tell = tell;
    tell({ type: 'connection', connection: { state: 'connecting' } });
    tell({ type: 'connection', connection: { state: 'online' } });
  }
  async stop() {}
  resync() {}
  async perform() {}
}

/** Waits for what a frame shows, and for that frame to be painted. */
async function until(holds) {
  const end = performance.now() + PATIENCE;
  while (!holds()) {
    if (performance.now() > end) throw new Error('Waited in vain.');
    await new Promise(requestAnimationFrame);
  }
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
}

const stateOf = (tag) => document.querySelector(tag)?.dataset.state;
const shows = (selector) =>
  document.querySelector('jio-cti-phone')?.shadowRoot?.querySelector(selector) != null;

globalThis.callBench = {
  /** Milliseconds from the ring event to the first frame in which every widget shows the customer. */
  async ring(delay) {
    const client = createJioAssist({
      gateway,
      auth: hostToken(() => Promise.resolve({ value: token, expiresAt: Date.now() + 3_600_000 })),
      fetch: async (input, init) => {
        if (delay > 0) await pause(delay);
        return fetch(input, init);
      },
    });
    await client.auth.getToken();
    const line = new Line();
    const page = document.createElement('jio-assist');
    page.client = client;
    const phone = document.createElement('jio-cti-phone');
    phone.provider = line;
    phone.ring = '';
    page.append(phone, document.createElement('jio-badges'), document.createElement('jio-diagnostics'));
    document.body.append(page);
    await until(() => stateOf('jio-cti-phone') === 'ready' && stateOf('jio-badges') === 'no-customer');
    const start = performance.now();
    line.tell({
      type: 'call',
      callId: '1',
      event: 'ringing',
      facts: { direction: 'inbound', number, capabilities: ['answer'] },
    });
    await until(
      () =>
        shows('.incoming .brief') &&
        stateOf('jio-badges') === 'ready' &&
        stateOf('jio-diagnostics') === 'ready',
    );
    const time = performance.now() - start;
    const isBeforeAnswer = stateOf('jio-cti-phone') === 'alerting';
    page.remove();
    client.dispose();
    await pause(50);
    return { time, isBeforeAnswer };
  },
};
