import {
  createJioAssist,
  JioAssistError,
  type AuthProvider,
  type JioAssistClient,
} from '@jioassist/core-sdk';
import '@jioassist/core-sdk/define.js';
import { useLanguage, type JioAssist } from '@jioassist/core-sdk/lit';
import {
  buildAlarm,
  buildCustomer,
  buildService,
  elementTests,
  fakeAuth,
  FakeGateway,
} from '@jioassist/core-sdk/testing';
import { aTimeout, expect, fixture, fixtureCleanup, html, oneEvent, waitUntil } from '@open-wc/testing';
import './define.js';
import type { DiagnosticsStatus } from './diagnostics-widget.model.js';
import type { JioDiagnostics } from './diagnostics-widget.js';

const SERVICES = '/tmf-api/serviceInventory/v4/service';
const ALARMS = '/tmf-api/alarm/v4/alarm';
const BILLS = '/tmf-api/customerBillManagement/v4/customerBill';
const clients: JioAssistClient[] = [];

function makeClient(fake: FakeGateway, auth: AuthProvider = fakeAuth()): JioAssistClient {
  const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth });
  clients.push(client);
  return client;
}

async function setup({ fake = new FakeGateway(), auth = fakeAuth(), customerId = 'C-1' } = {}) {
  const client = makeClient(fake, auth);
  if (customerId) client.customer.set({ customerId });
  const provider = await fixture<JioAssist>(
    html`<jio-assist .client=${client}><jio-diagnostics></jio-diagnostics></jio-assist>`,
  );
  const element = provider.querySelector('jio-diagnostics')!;
  return { fake, client, provider, element };
}

async function becomes(element: JioDiagnostics, state: DiagnosticsStatus): Promise<void> {
  await waitUntil(() => element.dataset['state'] === state, `the widget becomes ${state}`, {
    timeout: 10_000,
  });
}

function text(element: JioDiagnostics, selector: string): string {
  const found = element.shadowRoot!.querySelector(selector);
  return (found?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Each state an agent can meet, and how to get there. */
const STATES: Record<DiagnosticsStatus, () => ReturnType<typeof setup>> = {
  'signed-out': () => setup({ auth: fakeAuth('signed-out') }),
  'no-customer': () => setup({ customerId: '' }),
  loading: () => {
    const fake = new FakeGateway();
    fake.answer(SERVICES, () => new Promise(() => undefined));
    return setup({ fake });
  },
  ready: () => setup(),
  stale: async () => {
    const made = await setup();
    await becomes(made.element, 'ready');
    made.fake.goDown();
    return made;
  },
  error: () => setup({ customerId: 'C-404' }),
};

describe('<jio-diagnostics>', () => {
  let consoleError: typeof console.error;
  let errors: string[];

  beforeEach(() => {
    errors = [];
    consoleError = console.error;
    console.error = (...parts: unknown[]) => void errors.push(parts.join(' '));
  });

  afterEach(async () => {
    console.error = consoleError;
    for (const client of clients.splice(0)) client.dispose();
    fixtureCleanup();
    await useLanguage('en');
  });

  const common = elementTests('jio-diagnostics', {
    states: STATES,
    main: 'ready',
    other: 'signed-out',
    withoutClient: 'error',
    accessible: async (element) => {
      await expect(element).to.be.accessible();
    },
    useLanguage,
  });
  for (const { name, run } of common) it(name, run);

  describe('accessibility', () => {
    it('has no finding of axe when a part of it could not be read', async () => {
      const fake = new FakeGateway();
      fake.answer(ALARMS, () => new Response(null, { status: 400 }));
      fake.answer(BILLS, () => new Response(null, { status: 403 }));
      const { element } = await setup({ fake });
      await becomes(element, 'ready');
      await waitUntil(() => element.shadowRoot!.querySelectorAll('[part=failures]').length === 2);
      await expect(element).to.be.accessible();
    });

    it('tells a new anomaly once, politely, and not while the agent must not be interrupted', async () => {
      const { fake, client, element } = await setup({ fake: new FakeGateway() });
      await becomes(element, 'ready');
      await waitUntil(() => fake.streams > 0);
      const news = element.shadowRoot!.querySelector('[part=news]')!;
      const heard: string[] = [];
      new MutationObserver(() => heard.push(news.textContent)).observe(news, {
        subtree: true,
        characterData: true,
        childList: true,
      });
      client.quiet.set(true);
      const alarm = buildAlarm({ specificProblem: 'latency', affectedService: [{ id: 'SVC-1' }] });
      fake.answer(ALARMS, () => Response.json([alarm]));
      fake.change('alarm', 'ALM-1', 'C-1');
      await waitUntil(() => element.shadowRoot!.querySelector('[data-health=ill]'));
      expect(heard, 'while the phone rings').to.deep.equal([]);
      expect(element.shadowRoot!.querySelector('.freshness')?.getAttribute('aria-live')).to.equal('off');
      client.quiet.set(false);
      await waitUntil(() => heard.length > 0);
      fake.tick('SVC-1', Date.now() + 1000);
      await waitUntil(() => text(element, '[data-indicator=latency] [part=value]') !== '');
      expect(heard).to.have.lengthOf(1);
      expect(news.getAttribute('role')).to.equal('status');
      expect(heard[0]).to.match(/^Mobile Plus 5G: Latency/);
    });

    it('is a region with a heading, and each service is a list item with a heading', async () => {
      const { element } = await setup();
      await becomes(element, 'ready');
      expect(element.shadowRoot!.querySelector('section')?.getAttribute('aria-label')).to.equal(
        'Diagnostics',
      );
      expect(text(element, 'h2')).to.equal('Diagnostics');
      expect(text(element, 'li h3')).to.contain('Mobile Plus 5G');
    });

    it('says in words what a sparkline shows', async () => {
      const { element } = await setup();
      await becomes(element, 'ready');
      const canvas = element.shadowRoot!.querySelector('canvas')!;
      expect(canvas.getAttribute('role')).to.equal('img');
      expect(canvas.getAttribute('aria-label')).to.match(/^Last 5 minutes: between [\d.]+ and [\d.]+$/);
    });

    it('tells in a status region that data is old, and since when', async () => {
      const { element } = await STATES.stale();
      await becomes(element, 'stale');
      expect(text(element, '.freshness')).to.match(/^Offline; last data from \d{1,2}:\d{2}:\d{2}/);
    });
  });

  describe('interaction', () => {
    it('signs in by keyboard', async () => {
      const { element } = await setup({ auth: fakeAuth('signed-out') });
      await becomes(element, 'signed-out');
      const button = element.shadowRoot!.querySelector<HTMLButtonElement>('[part=sign-in]')!;
      button.focus();
      expect(element.shadowRoot!.activeElement).to.equal(button);
      button.click();
      await becomes(element, 'ready');
      expect(element.shadowRoot!.activeElement?.className, 'the focus stays in the widget').to.equal('base');
    });

    it('tries again after an error', async () => {
      const fake = new FakeGateway();
      fake.answer(SERVICES, () => new Response('no', { status: 400 }));
      const { element } = await setup({ fake });
      await becomes(element, 'error');
      fake.answerAsUsual();
      element.shadowRoot!.querySelector<HTMLButtonElement>('[part=retry]')!.click();
      await becomes(element, 'ready');
    });

    it('reads again what is old, and does not say another time each second meanwhile', async () => {
      const { fake, client, element } = await setup();
      await becomes(element, 'ready');
      await waitUntil(() => fake.streams > 0);
      fake.answer(SERVICES, () => Response.json({ code: 'x', reason: 'no' }, { status: 400 }));
      await client.customer.refresh('services');
      await becomes(element, 'stale');
      const said = text(element, '[role=status]');
      expect(said).to.match(/^Not up to date since/);
      fake.tick('SVC-1', Date.now() + 60_000, { latency: 4321 });
      await waitUntil(() => text(element, '[data-indicator=latency] [part=value]') === '4,321');
      expect(text(element, '[role=status]')).to.equal(said);
      fake.answerAsUsual();
      element.shadowRoot!.querySelector<HTMLButtonElement>('[part=retry]')!.click();
      await becomes(element, 'ready');
    });

    it('shows why sign-in did not work', async () => {
      const failure = new JioAssistError('auth/cancelled', 'closed');
      const { element } = await setup({ auth: fakeAuth('signed-out', failure) });
      await becomes(element, 'signed-out');
      element.shadowRoot!.querySelector<HTMLButtonElement>('[part=sign-in]')!.click();
      await waitUntil(() => text(element, '[part=error-code]') === 'auth/cancelled');
      expect(text(element, '.notice')).to.contain('Sign-in was not finished.');
    });
  });

  describe('events', () => {
    const press = (element: JioDiagnostics, part: string) => {
      element.shadowRoot!.querySelector<HTMLElement>(`[part=${part}]`)!.click();
    };

    it('lets the page sign in its own way, and tells when the agent is in', async () => {
      const auth = fakeAuth('signed-out');
      const { element, provider } = await setup({ auth });
      await becomes(element, 'signed-out');
      let own = 0;
      provider.addEventListener('jio-sign-in-request', (event) => {
        event.replaceWith(Promise.resolve().then(() => own++));
      });
      setTimeout(() => {
        press(element, 'sign-in');
      });
      const event = await oneEvent(provider, 'jio-sign-in');
      expect(event.detail).to.deep.equal({});
      expect(own).to.equal(1);
      expect(auth.state.value.status, 'the page’s way, not ours').to.equal('signed-out');
    });

    it('does not tell of a sign-in that did not work', async () => {
      const failure = new JioAssistError('auth/cancelled', 'closed');
      const { element, provider } = await setup({ auth: fakeAuth('signed-out', failure) });
      await becomes(element, 'signed-out');
      let told = 0;
      provider.addEventListener('jio-sign-in', () => told++);
      press(element, 'sign-in');
      await waitUntil(() => text(element, '[part=error-code]') === 'auth/cancelled');
      expect(told).to.equal(0);
    });

    it('asks before it tries again, and names the code of what failed', async () => {
      const fake = new FakeGateway();
      fake.answer(SERVICES, () => new Response('no', { status: 400 }));
      const { element, provider } = await setup({ fake });
      await becomes(element, 'error');
      fake.answerAsUsual();
      let veto = true;
      provider.addEventListener('jio-retry-request', (event) => {
        expect(event.detail).to.deep.equal({ code: 'api/refused' });
        if (veto) event.preventDefault();
      });
      press(element, 'retry');
      expect(element.dataset['state']).to.equal('error');
      veto = false;
      press(element, 'retry');
      await becomes(element, 'ready');
    });
  });

  describe('states', () => {
    it('shows value, unit and name of each KPI, and new values as they come', async () => {
      const { fake, element } = await setup();
      await becomes(element, 'ready');
      expect(text(element, '[data-indicator=latency]')).to.match(/^Latency [\d.]+ ms/);
      await waitUntil(() => fake.streams > 0);
      fake.tick('SVC-1', Date.now() + 1000, { latency: 1234 });
      await waitUntil(() => text(element, '[data-indicator=latency] [part=value]') === '1,234');
    });

    it('draws a sparkline', async () => {
      const { element } = await setup();
      await becomes(element, 'ready');
      const canvas = element.shadowRoot!.querySelector('canvas')!;
      const painted = () => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((channel) => channel > 0);
      };
      await waitUntil(painted, 'the canvas has a line');
    });

    it('says what is wrong in words, with the code, once on the console', async () => {
      const { element } = await STATES.error();
      await becomes(element, 'error');
      expect(text(element, '.notice')).to.contain('JioAssist does not know this customer.');
      expect(text(element, '[part=error-code]')).to.equal('customer/not-found');
      expect(errors.filter((line) => line.includes('customer/not-found'))).to.have.lengthOf(1);
    });

    it('says that a customer has no services', async () => {
      const fake = new FakeGateway({ customers: [buildCustomer()], services: {} });
      const { element } = await setup({ fake });
      await becomes(element, 'ready');
      expect(text(element, '.notice')).to.equal('This customer has no services.');
    });

    it('shows a service that is not active without values', async () => {
      const fake = new FakeGateway({ services: { 'C-1': [buildService({ state: 'inactive' })] } });
      const { element } = await setup({ fake });
      await becomes(element, 'ready');
      expect(text(element, '[part=verdict]')).to.equal('Not active');
      expect(element.shadowRoot!.querySelector('[part=kpi]')).to.equal(null);
    });

    it('speaks Hindi, and Urdu from right to left', async () => {
      const { element, provider } = await setup();
      await becomes(element, 'ready');
      provider.lang = 'hi';
      await waitUntil(() => text(element, 'h2') === 'निदान');
      provider.lang = 'ur';
      await waitUntil(() => text(element, 'h2') === 'تشخیص');
      await waitUntil(
        () => getComputedStyle(element.shadowRoot!.querySelector('.base')!).direction === 'rtl',
      );
      await expect(element).to.be.accessible();
    });
  });

  describe('in the page', () => {
    it('goes on when it is moved within its provider', async () => {
      const { fake, provider, element } = await setup();
      await becomes(element, 'ready');
      const box = document.createElement('div');
      provider.append(box);
      box.append(element);
      await becomes(element, 'ready');
      await waitUntil(() => fake.streams > 0);
      fake.tick('SVC-1', Date.now() + 1000, { latency: 777 });
      await waitUntil(() => text(element, '[data-indicator=latency] [part=value]') === '777');
    });

    it('loses its model when it is moved out of every provider', async () => {
      const { provider, element } = await setup();
      await becomes(element, 'ready');
      provider.after(element);
      await becomes(element, 'error');
      expect(text(element, '[part=error-code]')).to.equal('client/missing');
      element.remove();
    });

    it('is not changed by what the page styles', async () => {
      const style = document.createElement('style');
      style.textContent = `* { letter-spacing: 9px; text-transform: uppercase; color: red; font-size: 30px; }`;
      document.head.append(style);
      const { element } = await setup();
      await becomes(element, 'ready');
      const inside = getComputedStyle(element.shadowRoot!.querySelector('h3')!);
      expect(inside.letterSpacing).to.equal('normal');
      expect(inside.textTransform).to.equal('none');
      expect(inside.fontSize).to.equal('14px');
      style.remove();
    });

    it('does nothing while it is not connected', async () => {
      const { fake, client, element } = await setup();
      await becomes(element, 'ready');
      element.remove();
      await aTimeout(0);
      const before = fake.requests.length;
      client.events.state.subscribe(() => undefined);
      fake.tick('SVC-1', Date.now() + 1000);
      await aTimeout(0);
      expect(fake.requests.filter((request) => request.includes('measurement')).length).to.be.at.most(before);
    });
  });
});
