import { expect, fixture, fixtureCleanup, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../define.js';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { buildCustomer, fakeAuth, FakeGateway, until } from '../testing/index.js';
import { isJioAssistError } from '../errors.js';
import { FakeSignIn } from '../testing/fake-sign-in.js';
import { clientContext, type ClientSlot } from './client-context.js';
import type { JioAssist } from './jio-assist.js';

/** What a widget inside the provider would be given, by the community's context protocol alone. */
function slotAt(provider: Element): { readonly value: ClientSlot } {
  const seen = { value: undefined as ClientSlot };
  const element = provider.appendChild(document.createElement('span'));
  const event = Object.assign(new Event('context-request', { bubbles: true, composed: true }), {
    context: clientContext,
    contextTarget: element,
    subscribe: true,
    callback: (value: ClientSlot) => Object.assign(seen, { value }),
  });
  element.dispatchEvent(event);
  element.remove();
  return seen;
}

function clientAt(element: Element): JioAssistClient {
  const { value } = slotAt(element);
  if (!value || isJioAssistError(value)) throw new Error('No client.');
  return value;
}

function errorAt(element: Element): string {
  const { value } = slotAt(element);
  return isJioAssistError(value) ? `${value.code} ${String(value.details['attribute'])}` : 'none';
}

describe('<jio-assist>', () => {
  let consoleError: typeof console.error;
  let errors: string[];
  const clients: JioAssistClient[] = [];

  beforeEach(() => {
    errors = [];
    consoleError = console.error;
    console.error = (line: string) => void errors.push(line);
  });

  afterEach(() => {
    fixtureCleanup();
    for (const client of clients.splice(0)) client.dispose();
    console.error = consoleError;
  });

  const provider = (
    markup = html`<jio-assist gateway=${location.origin} client-id="crm"><p></p></jio-assist>`,
  ) => fixture<JioAssist>(markup);

  it('offers a client to what is inside, under a key every copy of the SDK shares', async () => {
    const element = await provider();
    expect(clientContext).to.equal(Symbol.for('@jioassist/client/1'));
    expect(clientAt(element).customer.state.value.customerId).to.equal(null);
  });

  it('sets the customer from its attribute, and tells the page with ids only', async () => {
    const element = await provider();
    setTimeout(() => {
      element.setAttribute('customer-id', 'C-1001');
    });
    const event = await oneEvent(element, 'jio-customer-change');
    expect(event.detail).to.deep.equal({ customerId: 'C-1001', revision: 1 });
    expect(event.composed).to.equal(true);
    element.removeAttribute('customer-id');
    await element.updateComplete;
    expect(clientAt(element).customer.state.value.customerId).to.equal(null);
  });

  const wrong: [string, Record<string, string>, string][] = [
    ['no gateway', { 'client-id': 'crm' }, 'gateway'],
    ['a gateway that is no URL', { gateway: 'nowhere', 'client-id': 'crm' }, 'gateway'],
    ['no client id', { gateway: 'https://gateway.test' }, 'client-id'],
    [
      'a way to sign in that is none',
      { gateway: location.origin, 'client-id': 'crm', 'sign-in': 'frame' },
      'sign-in',
    ],
    [
      'an empty customer id',
      { gateway: location.origin, 'client-id': 'crm', 'customer-id': '' },
      'customer-id',
    ],
  ];
  for (const [name, attributes, attribute] of wrong) {
    it(`names the attribute for ${name}, inside and once on the console`, async () => {
      const element = document.createElement('jio-assist');
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      document.body.append(element);
      await element.updateComplete;
      expect(errorAt(element)).to.equal(`config/invalid-attribute ${attribute}`);
      const ours = errors.filter((line) => line.includes('config/invalid-attribute'));
      expect(ours).to.have.lengthOf(1);
      expect(ours[0]).to.contain(attribute);
      element.remove();
    });
  }

  it('tells the page once of what stays wrong, and again when it is wrong anew', async () => {
    const element = await provider();
    const codes: string[] = [];
    element.addEventListener('jio-error', ({ detail }) => codes.push(detail.code));
    const change = async (work: () => void) => {
      work();
      await element.updateComplete;
    };
    await change(() => (element.gateway = 'nonsense'));
    await change(() => (element.customerId = 'C-1'));
    await change(() => (element.customerId = 'C-2'));
    expect(codes).to.deep.equal(['config/invalid-attribute']);
    expect(errors).to.have.lengthOf(1);
    await change(() => (element.gateway = location.origin));
    await change(() => (element.gateway = 'nonsense'));
    expect(codes).to.have.lengthOf(2);
  });

  it('recovers when a wrong attribute is put right', async () => {
    const element = await provider(html`<jio-assist gateway="nowhere" client-id="crm"></jio-assist>`);
    expect(errorAt(element)).to.equal('config/invalid-attribute gateway');
    element.gateway = location.origin;
    element.customerId = 'C-1';
    await element.updateComplete;
    expect(clientAt(element).customer.state.value.customerId).to.equal('C-1');
  });

  it('keeps its client when it moves, and ends it when it goes', async () => {
    const element = await provider();
    const before = clientAt(element);
    const box = document.createElement('div');
    document.body.append(box);
    box.append(element);
    await element.updateComplete;
    expect(clientAt(element)).to.equal(before);
    box.remove();
    await waitUntil(() => slotAt(element).value === undefined);
    document.body.append(element);
    await waitUntil(() => slotAt(element).value !== undefined);
    expect(clientAt(element)).not.to.equal(before);
    element.remove();
  });

  describe('with an agent who signed in', () => {
    const [realFetch, realOpen] = [globalThis.fetch, globalThis.open];
    let server: FakeSignIn;

    beforeEach(() => {
      server = new FakeSignIn();
      const usual: typeof fetch = (input, init) => {
        const url = input instanceof Request ? input.url : String(input);
        return url.startsWith(server.config.gateway) ? server.fetch(input, init) : realFetch(input, init);
      };
      globalThis.fetch = usual;
      globalThis.open = () => server.popup as unknown as Window;
    });

    afterEach(() => {
      globalThis.fetch = realFetch;
      globalThis.open = realOpen;
    });

    const connect = () => {
      const { gateway, clientId = '' } = server.config;
      return provider(html`<jio-assist gateway=${gateway} client-id=${clientId}></jio-assist>`);
    };
    const signIn = async (element: Element) => {
      const done = clientAt(element).auth.signIn!();
      await server.answer({ code: 'one' });
      await done;
    };

    it('keeps the sign-in while it is out of the document, and gives it to the next of its kind', async () => {
      const element = await connect();
      await signIn(element);
      const { parentElement } = element;
      element.remove();
      await waitUntil(() => slotAt(element).value === undefined);
      parentElement?.append(element);
      await waitUntil(() => slotAt(element).value !== undefined);
      expect(clientAt(element).auth.state.value.status).to.equal('signed-in');
      element.remove();
      await waitUntil(() => slotAt(element).value === undefined);
      expect(clientAt(await connect()).auth.state.value.status).to.equal('signed-in');
    });

    it('closes the sign-in window when the last that could use it goes', async () => {
      const [one, two] = [await connect(), await connect()];
      const done = clientAt(one).auth.signIn!().catch((error: unknown) => error);
      await waitUntil(() => server.popup.location.href !== '');
      one.remove();
      await waitUntil(() => slotAt(one).value === undefined);
      expect(server.popup.closed).to.equal(false);
      two.remove();
      await waitUntil(() => server.popup.closed);
      expect(await done).to.include({ code: 'auth/cancelled' });
    });
  });

  it('offers the page’s own client again when it comes back, and never ends it', async () => {
    const fake = new FakeGateway();
    const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
    const element = await provider(html`<jio-assist .client=${client}></jio-assist>`);
    const { parentElement } = element;
    element.remove();
    await waitUntil(() => slotAt(element).value === undefined);
    parentElement?.append(element);
    expect(slotAt(element).value).to.equal(client);
    client.customer.watch('profile');
    client.customer.set({ customerId: 'C-1' });
    await until(client.customer.state, ({ profile }) => profile.status === 'ready');
    client.dispose();
  });

  it('tells what does not work before anybody signs in', async () => {
    // The test server answers the question with a page, as a wrong address does.
    const element = await provider();
    const client = clientAt(element);
    await waitUntil(() => client.gateway.state.value.status === 'failed');
    const state = client.gateway.state.value;
    expect(state.status === 'failed' && state.error.code).to.equal('api/not-json');
  });

  describe('jio-customer-change-request', () => {
    const switchable = async () => {
      const fake = new FakeGateway({ customers: ['C-1', 'C-2', 'C-3'].map((id) => buildCustomer({ id })) });
      const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
      clients.push(client);
      const element = await provider(html`<jio-assist .client=${client} customer-id="C-1"></jio-assist>`);
      return { fake, element, customer: client.customer };
    };

    it('lets the page keep its customer, and tells it ids and the reason only', async () => {
      const { element, customer } = await switchable();
      const details: unknown[] = [];
      element.addEventListener('jio-customer-change-request', (event) => {
        details.push({ ...event.detail });
        event.preventDefault();
      });
      customer.set({ customerId: 'C-2', reason: 'screen-pop' });
      customer.set({ msisdn: '+919812345210', reason: 'screen-pop' });
      customer.clear();
      expect(customer.state.value).to.include({ customerId: 'C-1', revision: 1 });
      expect(details).to.deep.equal([
        { customerId: 'C-2', reason: 'screen-pop' },
        { customerId: null, reason: 'screen-pop' },
        { customerId: null, reason: 'host' },
      ]);
    });

    it('lets the page send the agent to another customer', async () => {
      const { element, customer } = await switchable();
      element.addEventListener('jio-customer-change-request', ({ detail }) => {
        detail.customerId = 'C-3';
      });
      customer.set({ msisdn: '+919812345210', reason: 'screen-pop' });
      expect(customer.state.value).to.include({ customerId: 'C-3', reason: 'screen-pop' });
    });

    it('asks once before the one match of a search becomes current; the agent can still choose it', async () => {
      const { fake, element, customer } = await switchable();
      fake.answer('/jioassist/v1/customerSearch', () =>
        Response.json([{ customerId: 'C-2', name: 'Arjun', matchedBy: 'contact' }]),
      );
      let asked = 0;
      let veto = true;
      element.addEventListener('jio-customer-change-request', (event) => {
        if (event.detail.customerId === null) return;
        asked++;
        if (veto) event.preventDefault();
      });
      customer.set({ email: 'meera@example.com' });
      await until(customer.state, ({ matches }) => matches.status === 'ready');
      await customer.refresh();
      expect(customer.state.value.customerId).to.equal(null);
      expect(asked).to.equal(1);
      veto = false;
      customer.choose('C-2');
      expect(customer.state.value.customerId).to.equal('C-2');
    });

    it('is not for the page’s own attribute', async () => {
      const { element, customer } = await switchable();
      element.addEventListener('jio-customer-change-request', (event) => {
        event.preventDefault();
      });
      element.customerId = 'C-2';
      await element.updateComplete;
      expect(customer.state.value.customerId).to.equal('C-2');
      element.remove();
      await waitUntil(() => slotAt(element).value === undefined);
      customer.set({ customerId: 'C-3' });
      expect(customer.state.value.customerId, 'a provider that is gone asks nobody').to.equal('C-3');
    });
  });
});
