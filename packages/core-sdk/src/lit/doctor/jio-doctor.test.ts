import { expect, fixture, fixtureCleanup, html, oneEvent, waitUntil } from '@open-wc/testing';
import { createJioAssist, type JioAssistClient } from '../../client.js';
import { setDefaultClient } from '../../default-client.js';
import '../../define.js';
import '../../define-doctor.js';
import { DOCTOR_CHECKS } from '../../doctor/report.js';
import { elementTests, fakeAuth, FakeGateway } from '../../testing/index.js';
import { TARGET_LOCALES, useLanguage, type JioAssist } from '../index.js';
import type { JioDoctor } from './jio-doctor.js';

const clients: JioAssistClient[] = [];

async function setup(fake = new FakeGateway()) {
  const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
  clients.push(client);
  const provider = await fixture<JioAssist>(
    html`<jio-assist .client=${client}><jio-doctor></jio-doctor></jio-assist>`,
  );
  return { fake, client, provider, element: provider.querySelector('jio-doctor')! };
}

const failing = () => {
  const fake = new FakeGateway();
  fake.goDown();
  return setup(fake);
};
const becomes = (element: JioDoctor, ...states: string[]) =>
  waitUntil(() => states.includes(element.dataset['state'] ?? ''), states.join(), { timeout: 10_000 });
const find = (element: JioDoctor, selector: string) =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!;
const status = (element: JioDoctor) => find(element, '[role=status]').textContent.trim();

describe('<jio-doctor>', () => {
  let clipboard: string[];
  let allowCopy: boolean;

  beforeEach(() => {
    clipboard = [];
    allowCopy = true;
    navigator.clipboard.writeText = (text) => {
      if (!allowCopy) return Promise.reject(new DOMException('Not here.', 'NotAllowedError'));
      clipboard.push(text);
      return Promise.resolve();
    };
  });

  afterEach(async () => {
    Reflect.deleteProperty(navigator.clipboard, 'writeText');
    fixtureCleanup();
    for (const client of clients.splice(0)) client.dispose();
    await useLanguage('en');
  });

  const common = elementTests('jio-doctor', {
    states: { 'ok|warning': () => setup(), failed: failing },
    main: 'ok|warning',
    other: 'failed',
    withoutClient: 'failed',
    accessible: async (element) => {
      await expect(element).to.be.accessible();
    },
    useLanguage,
  });
  for (const { name, run } of common) it(name, run);

  describe('accessibility', () => {
    it('has no finding of axe while it runs', async () => {
      const fake = new FakeGateway();
      fake.answer('/jioassist/v1/origin-check', () => new Promise(() => undefined));
      const running = await setup(fake);
      await expect(running.element).to.be.accessible();
      expect(find(running.element, 'progress').getAttribute('aria-label')).to.match(/^Checked: \d+ of \d+$/);
    });

    it('has no finding of axe when something fails, and with text to copy by hand', async () => {
      const { element } = await failing();
      await becomes(element, 'failed');
      allowCopy = false;
      find(element, '[part=copy]').click();
      await waitUntil(() => element.shadowRoot!.querySelector('textarea'));
      await expect(element).to.be.accessible();
    });

    it('says in a status region what it does and what it found', async () => {
      const { element } = await failing();
      expect(status(element)).to.equal('Checking…');
      await becomes(element, 'failed');
      expect(status(element)).to.match(/^Does not work: [1-9]\d*\. To look at: \d+\.$/);
    });
  });

  describe('report', () => {
    it('shows every check, what is wrong first, with what to do', async () => {
      const { element } = await failing();
      await becomes(element, 'failed');
      const checks = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=check]')];
      expect(checks).to.have.lengthOf(DOCTOR_CHECKS.length);
      expect(checks[0]?.dataset['check']).to.equal('gateway');
      expect(checks[0]?.querySelector('.advice')?.textContent).to.contain('Is it running');
    });

    it('looks at the page when there is no client, and again when one comes', async () => {
      const element = await fixture<JioDoctor>(html`<jio-doctor></jio-doctor>`);
      await becomes(element, 'failed');
      expect(find(element, '[data-check=client]').textContent).to.contain('client/missing');
      const fake = new FakeGateway();
      const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
      clients.push(client);
      setDefaultClient(client);
      await becomes(element, 'ok', 'warning');
      expect(find(element, '[data-check=client]').classList.contains('ok')).to.equal(true);
      setDefaultClient(undefined);
    });

    it('names the attribute of <jio-assist> that is wrong', async () => {
      const { error } = console;
      console.error = () => undefined;
      const provider = await fixture<JioAssist>(
        html`<jio-assist gateway="nowhere" client-id="crm"><jio-doctor></jio-doctor></jio-assist>`,
      );
      console.error = error;
      const element = provider.querySelector('jio-doctor')!;
      await becomes(element, 'failed');
      expect(find(element, '[data-check=client]').textContent).to.contain('gateway');
    });
  });

  describe('interaction', () => {
    it('copies the report, tells so, and tells the page', async () => {
      const { element, provider } = await setup();
      await becomes(element, 'ok', 'warning');
      setTimeout(() => {
        find(element, '[part=copy]').click();
      });
      const event = await oneEvent(provider, 'jio-report-copy');
      expect(event.detail).to.deep.equal({});
      expect(clipboard[0]).to.contain('JioAssist doctor').and.to.contain('live-stream');
      await element.updateComplete;
      expect(status(element)).to.equal('Copied.');
    });

    it('shows the text, selected, where copying is not allowed', async () => {
      allowCopy = false;
      const { element } = await setup();
      await becomes(element, 'ok', 'warning');
      find(element, '[part=copy]').click();
      await waitUntil(() => element.shadowRoot!.querySelector('textarea'));
      const textarea = find(element, 'textarea') as HTMLTextAreaElement;
      expect(textarea.readOnly).to.equal(true);
      await waitUntil(() => textarea.selectionEnd === textarea.value.length && textarea.value.length > 0);
    });

    it('checks again by keyboard, keeps the focus inside, and lets the page veto', async () => {
      const { fake, element } = await failing();
      await becomes(element, 'failed');
      element.addEventListener(
        'jio-report-renew-request',
        (event) => {
          event.preventDefault();
        },
        { once: true },
      );
      find(element, '[part=renew]').click();
      expect(element.dataset['state']).to.equal('failed');
      fake.comeBack();
      find(element, '[part=renew]').focus();
      find(element, '[part=renew]').click();
      await becomes(element, 'ok', 'warning');
      expect(document.activeElement).to.equal(element);
    });
  });

  for (const locale of TARGET_LOCALES) {
    it(`speaks ${locale}, with what was found in English`, async () => {
      const { element } = await failing();
      await becomes(element, 'failed');
      const english = status(element);
      await useLanguage(locale);
      await waitUntil(() => status(element) !== english);
      expect(find(element, '.check p').lang).to.equal('en');
      expect(find(element, '[part=copy]').textContent).not.to.contain('Copy');
    });
  }
});
