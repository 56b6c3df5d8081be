import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import '@jioassist/core-sdk/define.js';
import type { JioAssist } from '@jioassist/core-sdk/lit';
import {
  buildAlarm,
  buildService,
  buildServiceTest,
  fakeAuth,
  FakeGateway,
} from '@jioassist/core-sdk/testing';
import { aTimeout, expect, fixture, fixtureCleanup, html, oneEvent, waitUntil } from '@open-wc/testing';
import './define.js';
import type { DiagnosticsStatus } from './diagnostics-widget.model.js';
import type { JioDiagnostics } from './diagnostics-widget.js';

const ALARMS = '/tmf-api/alarm/v4/alarm';
const MEASUREMENT = '/jioassist/v1/measurement';
const TESTS = '/tmf-api/serviceTestManagement/v4/serviceTest';
const SPECIFICATIONS = '/tmf-api/serviceTestManagement/v4/serviceTestSpecification';

/** A customer whose second service is ill, with a test of it and one that can be run. */
function illGateway(): FakeGateway {
  const since = new Date(Date.now() - 60_000).toISOString();
  const evidence = {
    performanceIndicatorSpecification: { id: 'packetLoss' },
    reason: 'level shift',
    value: 0.6,
    expected: 0.1,
    lower: 0,
    upper: 0.3,
    unit: '%',
    since,
    lastGood: new Date(Date.now() - 3_600_000).toISOString(),
  };
  const affected = { alarmedObject: { id: 'SVC-2' }, affectedService: [{ id: 'SVC-2' }] };
  const fibre = buildService({
    id: 'SVC-2',
    name: 'Home fibre',
    category: 'fibre',
    serviceCharacteristic: [],
  });
  return new FakeGateway({
    services: { 'C-1': [buildService(), fibre] },
    resources: {
      [ALARMS]: [buildAlarm({ id: 'ALM-1', specificProblem: 'packetLoss', evidence, ...affected })],
      [TESTS]: [buildServiceTest({ relatedService: { id: 'SVC-2', name: '' } })],
      [SPECIFICATIONS]: [{ id: 'TSP-2', name: 'Fibre speed test' }],
    },
  });
}
const clients: JioAssistClient[] = [];

async function setup(fake: FakeGateway) {
  const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
  clients.push(client);
  client.customer.set({ customerId: 'C-1' });
  const provider = await fixture<JioAssist>(
    html`<jio-assist .client=${client}><jio-diagnostics></jio-diagnostics></jio-assist>`,
  );
  return { fake, client, provider, element: provider.querySelector('jio-diagnostics')! };
}

/** Waits for something that a busy machine may take its time for. */
function until(holds: () => unknown, what?: string): Promise<void> {
  return waitUntil(() => Boolean(holds()), what, { timeout: 8_000 });
}

async function becomes(element: JioDiagnostics, state: DiagnosticsStatus): Promise<void> {
  await until(() => element.dataset['state'] === state, `the widget becomes ${state}`);
}

function text(element: JioDiagnostics, selector: string): string {
  const found = element.shadowRoot!.querySelector(selector);
  return (found?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

describe('the cards of <jio-diagnostics>', () => {
  let consoleError: typeof console.error;

  beforeEach(() => {
    consoleError = console.error;
    console.error = () => undefined;
  });

  afterEach(() => {
    console.error = consoleError;
    for (const client of clients.splice(0)) client.dispose();
    fixtureCleanup();
  });

  const ill = async () => {
    const made = await setup(illGateway());
    await becomes(made.element, 'ready');
    const find = (selector: string): HTMLElement | null =>
      made.element.shadowRoot!.querySelector<HTMLElement>(selector);
    await until(() => find('[data-health=ill]'));
    return { ...made, find };
  };

  describe('accessibility', () => {
    for (const [panel, part] of [
      ['why', '.causes'],
      ['tests', '[part=test]'],
      ['chart', '[part=plot]'],
    ] as const) {
      it(`has no finding of axe with ${panel} unfolded`, async () => {
        const { element, find } = await ill();
        find(`[data-panel=${panel}]`)!.click();
        await until(() => find(part));
        await expect(element).to.be.accessible();
      });
    }
  });

  describe('cards', () => {
    it('has the ill service first, and says in a sentence what is wrong', async () => {
      const { element, find } = await ill();
      expect(find('[part=service]')?.dataset['service']).to.equal('SVC-2');
      await until(() => text(element, '[part=verdict]').includes('area is healthy'));
      expect(text(element, '[part=verdict]')).to.match(
        /^Packet loss is 6× normal since .+; area is healthy; last good .+$/,
      );
      expect(text(element, '.health')).to.equal('Needs attention');
    });

    it('says what is normal, marks what is not, and tells how old a value is', async () => {
      const { fake, element, find } = await ill();
      const row = '[data-service=SVC-2] [data-indicator=packetLoss]';
      expect(text(element, `${row} .note`)).to.equal('usual 0 to 0.3');
      expect(find(row)?.className).to.contain('odd');
      await until(() => fake.streams > 0);
      fake.tick('SVC-2', Date.now() + 90_000, { latency: null });
      await until(() => /ago$/.test(text(element, '[data-service=SVC-2] [data-indicator=latency] .note')));
    });

    it('unfolds one panel of a card at a time, and folds it again', async () => {
      const { find } = await ill();
      const button = (name: string) => find(`[data-service=SVC-2] [data-panel=${name}]`)!;
      button('why').click();
      await until(() => find('.causes'));
      expect(button('why').getAttribute('aria-expanded')).to.equal('true');
      button('tests').click();
      await until(() => find('[part=test]'));
      expect(find('.causes')).to.equal(null);
      expect(button('why').getAttribute('aria-expanded')).to.equal('false');
      button('tests').click();
      await until(() => !find('[part=panel]'));
    });

    it('ranks what may be the cause, with what was ruled out and why', async () => {
      const { element, find } = await ill();
      find('[data-panel=why]')!.click();
      await until(() => find('[data-cause=area-outage][data-standing=ruled-out]'));
      const standings = [...element.shadowRoot!.querySelectorAll<HTMLElement>('.cause')].map(
        ({ dataset }) => dataset['standing'],
      );
      expect(standings).to.have.lengthOf(6);
      expect(standings[0]).to.equal('possible');
      expect(text(element, '[data-cause=area-outage] .cause-why')).to.equal('No open problem in the area');
    });

    it('does not move the cards while the agent is at work in them', async () => {
      const { fake, element, find } = await ill();
      find('[data-service=SVC-1] [data-panel=why]')!.focus();
      fake.answer(ALARMS, () => Response.json([buildAlarm({ affectedService: [{ id: 'SVC-1' }] })]));
      fake.change('alarm', 'ALM-1', 'C-1');
      await until(() => find('[data-service=SVC-1][data-health=ill]'));
      const order = () =>
        [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=service]')].map(
          ({ dataset }) => dataset['service'],
        );
      expect(order()).to.deep.equal(['SVC-2', 'SVC-1']);
      find('[data-service=SVC-1] [data-panel=why]')!.blur();
      fake.tick('SVC-1', Date.now() + 2000);
      await until(() => order()[0] === 'SVC-1');
    });

    it('draws many services, the first of them at once', async () => {
      const many = Array.from({ length: 40 }, (_, index) => buildService({ id: `SVC-${index}` }));
      const { element } = await setup(new FakeGateway({ services: { 'C-1': many } }));
      await becomes(element, 'ready');
      const cards = () => element.shadowRoot!.querySelectorAll('[part=service]').length;
      expect(cards()).to.be.below(40);
      await until(() => cards() === 40);
    });

    it('says of services without live values that nothing is measured', async () => {
      const fake = new FakeGateway();
      fake.answer(MEASUREMENT, () => new Response(null, { status: 400 }));
      const { element } = await setup(fake);
      await becomes(element, 'ready');
      await until(() => text(element, '[part=failures]').includes('live values'));
      expect(text(element, '[part=verdict]')).to.equal('Nothing is measured now');
    });
  });

  describe('tests', () => {
    it('runs a test, shows it, and tells the page', async () => {
      const { fake, provider, find } = await ill();
      find('[data-panel=tests]')!.click();
      await until(() => find('[part=run-test]'));
      setTimeout(() => {
        find('[part=run-test]')!.click();
      });
      const event = await oneEvent(provider, 'jio-service-test');
      expect(event.detail).to.deep.equal({ serviceId: 'SVC-2', testSpecificationId: 'TSP-2' });
      await until(() => fake.changes.length === 1);
    });

    it('runs nothing when the page says no', async () => {
      const { fake, provider, find } = await ill();
      find('[data-panel=tests]')!.click();
      await until(() => find('[part=run-test]'));
      provider.addEventListener('jio-service-test-request', (event) => {
        event.preventDefault();
      });
      find('[part=run-test]')!.click();
      await aTimeout(0);
      expect(fake.changes).to.deep.equal([]);
    });

    it('shows each measure with its limit and whether it passed', async () => {
      const { element, find } = await ill();
      find('[data-panel=tests]')!.click();
      await until(() => find('.measures'));
      expect(text(element, '.measures tbody tr')).to.match(/^Latency 42 ms – Pass$/);
    });
  });

  describe('feedback', () => {
    it('says whether an alarm was of use, and shows what was said', async () => {
      const { fake, element, provider, find } = await ill();
      setTimeout(() => {
        find('[data-verdict=noise]')!.click();
      });
      const event = await oneEvent(provider, 'jio-anomaly-feedback');
      expect(event.detail).to.deep.equal({ alarmId: 'ALM-1', verdict: 'noise' });
      await until(() => text(element, '.feedback-state') === 'Thank you');
      expect(fake.changes.map(({ path, body }) => [path, body])).to.deep.equal([
        ['/jioassist/v1/anomalyFeedback', { alarm: { id: 'ALM-1' }, verdict: 'noise' }],
      ]);
      expect(find('[data-verdict=noise]')?.getAttribute('aria-pressed')).to.equal('true');
      expect(find('[data-verdict=useful]')?.getAttribute('aria-pressed')).to.equal('false');
    });
  });

  describe('chart', () => {
    const unfold = async () => {
      const made = await ill();
      made.find('[data-service=SVC-2] [data-panel=chart]')!.click();
      await until(() => made.find('.u-over'));
      const plot = made.find('[part=plot]')!;
      const press = (key: string) => {
        plot.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      };
      return { ...made, plot, press };
    };

    it('begins with the KPI that is ill', async () => {
      const { plot } = await unfold();
      expect(plot.getAttribute('aria-label')).to.match(/^Packet loss/);
    });

    it('moves its crosshair by keyboard and says the value', async () => {
      const { plot, press } = await unfold();
      press('Home');
      await until(() => plot.getAttribute('aria-valuenow') === '0');
      const first = plot.getAttribute('aria-valuetext');
      expect(first).to.match(/^.+: [\d.]+ %$/);
      press('ArrowRight');
      await until(() => plot.getAttribute('aria-valuenow') === '1');
      expect(plot.getAttribute('aria-valuetext')).not.to.equal(first);
      press('End');
      await until(() => plot.getAttribute('aria-valuenow') === plot.getAttribute('aria-valuemax'));
    });

    it('zooms, and has the same values as a table', async () => {
      const { element, find, press } = await unfold();
      const button = (name: string) =>
        [...element.shadowRoot!.querySelectorAll('button')].find((each) => each.textContent.trim() === name)!;
      button('Table').click();
      await until(() => find('.table tbody tr'));
      const rows = () => text(element, '.table tbody');
      const whole = rows();
      press('+');
      await until(() => rows() !== whole);
      press('0');
      await until(() => rows().slice(0, 20) === whole.slice(0, 20));
    });

    it('reads an hour when asked, of the KPI that is chosen', async () => {
      const { fake, element } = await unfold();
      const before = fake.requests.length;
      [...element.shadowRoot!.querySelectorAll('button')]
        .find((each) => each.textContent.trim() === '24 hours')!
        .click();
      await until(() => fake.requests.slice(before).some((request) => request.includes('granularity=g_1mn')));
    });

    it('exports what is in sight as comma-separated values', async () => {
      const { find } = await unfold();
      const files: Blob[] = [];
      const create = URL.createObjectURL.bind(URL);
      // Answered with a page that is none: a test saves no file.
      URL.createObjectURL = (file: Blob) => {
        files.push(file);
        return '#';
      };
      find('[part=export]')!.click();
      URL.createObjectURL = create;
      expect(await files[0]?.text()).to.match(/^timestamp,value\r\n\d{4}-\d{2}-\d{2}T[\d:.]+Z,[\d.]+\r\n/);
    });
  });
});
