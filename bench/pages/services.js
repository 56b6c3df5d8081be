/* global document, location, setInterval, requestAnimationFrame, performance, URLSearchParams */
// The widget over a gateway in memory, with as many services as the address asks for.
import { createJioAssist } from '@jioassist/core-sdk';
import { buildService, fakeAuth, FakeGateway } from '@jioassist/core-sdk/testing';
import '@jioassist/diagnostics-widget/define.js';

const count = Number(new URLSearchParams(location.search).get('services'));
const services = Array.from({ length: count }, (_, index) =>
  buildService({ id: `SVC-${index}`, name: `Connection ${index + 1}` }),
);
const gateway = new FakeGateway({ services: { 'C-1': services } });

let frames = 0;
const countFrames = () => {
  frames += 1;
  requestAnimationFrame(countFrames);
};
requestAnimationFrame(countFrames);

/** The last of the data that a first card needs; until it is given to the SDK, there is none. */
let data;
const fetch = async (input, init) => {
  const response = await gateway.fetch(input, init);
  if (String(input).includes('/measurement?')) data = { at: performance.now(), frame: frames };
  return response;
};

const client = createJioAssist({ gateway: gateway.url, fetch, auth: fakeAuth() });
client.customer.set({ customerId: 'C-1' });
const assist = document.querySelector('jio-assist');
const widget = assist.firstElementChild;
assist.client = client;

const look = () => {
  if (!widget.shadowRoot?.querySelector('[part=kpi]')) return requestAnimationFrame(look);
  // In the frame that paints it.
  const card = { milliseconds: performance.now() - data.at, frames: frames - data.frame };
  document.documentElement.dataset.card = JSON.stringify(card);
};
requestAnimationFrame(look);

setInterval(() => {
  for (const { id } of services) gateway.tick(id, Date.now());
}, 1000);
