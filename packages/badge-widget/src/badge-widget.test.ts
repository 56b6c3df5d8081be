import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { fakeAuth, FakeGateway } from '@jioassist/core-sdk/testing';
import type { JioAssist } from '@jioassist/core-sdk/lit';
import { expect, fixture, fixtureCleanup, html, oneEvent, waitUntil } from '@open-wc/testing';
import '@jioassist/core-sdk/define.js';
import './define.js';
import type { JioBadges } from './badge-widget.js';

const rule = (id: string, when: string, more: object = {}) => ({
  id,
  when,
  severity: 'warning',
  confidence: 0.9,
  title: { en: `Badge ${id}`, hi: `बैज ${id}` },
  why: { en: 'Because {billing.overdueAmount}.', hi: '{billing.overdueAmount} के कारण।' },
  evidence: ['billing.overdueAmount'],
  actions: [{ id: 'pay', kind: 'journey', target: 'pay-bill', label: { en: 'Help to pay', hi: 'मदद करें' } }],
  expires: 'P1D',
  coolDown: 'PT4H',
  ...more,
});
const ruleSet = (...rules: object[]) => ({ schemaVersion: 1, version: '1', rules });
const RULES = ruleSet(
  rule('overdue', 'billing.overdueDays > 3'),
  rule('outage', 'network.isOutage', { severity: 'critical' }),
  rule('vip', 'customer.segment == "vip"', { severity: 'info' }),
);
/** The code of an element comes with its first need of it. */
const PATIENT = { timeout: 10_000 };
const FACTS = { billing: { overdueDays: 5, overdueAmount: 1_234 } };

describe('<jio-badges>', () => {
  let gateway: FakeGateway;
  let client: JioAssistClient;
  let facts: object;
  let dealings: object[];

  beforeEach(() => {
    dealings = [];
    gateway = new FakeGateway({
      resources: { '/jioassist/v1/badgeDealing': dealings, '/jioassist/v1/badgeExperience': [] },
    });
    facts = FACTS;
    gateway.answer('/jioassist/v1/badgeRuleSet', () => Response.json(RULES));
    gateway.answer('/jioassist/v1/customerFacts', () => Response.json({ facts }));
    const { url, fetch } = gateway;
    client = createJioAssist({ gateway: url, auth: fakeAuth(), fetch });
  });
  afterEach(() => {
    fixtureCleanup();
    client.dispose();
  });

  async function setUp(customerId: string | null = 'C-1'): Promise<JioBadges> {
    if (customerId !== null) client.customer.set({ customerId });
    const page = await fixture<JioAssist>(
      html`<jio-assist .client=${client}><jio-badges></jio-badges></jio-assist>`,
    );
    return page.querySelector('jio-badges') as JioBadges;
  }
  const buttons = (element: Element) => [
    ...(element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.badge') ?? []),
  ];
  const titles = (element: Element) => buttons(element).map((button) => button.dataset['badge']);
  const shows = (element: Element, ...ids: string[]) =>
    waitUntil(() => titles(element).join() === ids.join(), `shows ${ids.join()}`, PATIENT);
  const popover = (element: Element) => element.shadowRoot?.querySelector<HTMLElement>('[popover]');
  const isOpen = (element: Element) => popover(element)?.matches(':popover-open') === true;
  const press = (text: string, element: Element) => {
    const found = [...(popover(element)?.querySelectorAll('button') ?? [])].find((each) =>
      each.textContent.includes(text),
    );
    if (!found) throw new Error(`no button ${text}`);
    found.click();
  };
  const noted = () =>
    gateway.changes.filter(({ path }) => path.endsWith('/badgeDealing')).map(({ body }) => body);

  it('shows the badges whose rules hold, the most urgent first', async () => {
    facts = { ...FACTS, network: { isOutage: true } };
    const element = await setUp();
    await shows(element, 'outage', 'overdue');
    expect(element.dataset['state']).to.equal('ready');
    await expect(element).to.be.accessible();
  });

  it('follows the customer: a badge comes with an event, and goes', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    await waitUntil(() => gateway.streams > 0, 'the stream is open', PATIENT);
    facts = { ...FACTS, network: { isOutage: true } };
    gateway.change('serviceProblem', 'PRB-1', 'C-1');
    await shows(element, 'outage', 'overdue');
    facts = { network: { isOutage: false } };
    gateway.change('serviceProblem', 'PRB-1', 'C-1');
    await waitUntil(() => titles(element).length === 0, 'none is left', PATIENT);
    expect(element.shadowRoot?.textContent).to.contain('Nothing to point out.');
  });

  it('says why, and what it is concluded from', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    buttons(element)[0]?.click();
    await waitUntil(() => isOpen(element), 'the popover is open', PATIENT);
    const text = popover(element)?.textContent ?? '';
    for (const part of ['Because ₹1,234.', 'Overdue', '90%', 'Help to pay']) expect(text).to.contain(part);
    await expect(element).to.be.accessible();
  });

  it('lets the page do the action, and notes it once', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    buttons(element)[0]?.click();
    await waitUntil(() => isOpen(element), 'open', PATIENT);
    const acted = oneEvent(element, 'jio-badge-action');
    press('Help to pay', element);
    const event: CustomEvent<unknown> = await acted;
    expect(event.detail).to.deep.equal({
      badge: 'overdue',
      action: 'pay',
      kind: 'journey',
      target: 'pay-bill',
    });
    await waitUntil(() => titles(element).length === 0, 'it is gone', PATIENT);
    await waitUntil(() => noted().length === 1, 'the gateway was told', PATIENT);
    expect(noted()[0]).to.include({ customerId: 'C-1', badge: 'overdue', outcome: 'acted' });
  });

  it('stays when the page vetoes', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    element.addEventListener('jio-badge-action-request', (event) => {
      event.preventDefault();
    });
    buttons(element)[0]?.click();
    await waitUntil(() => isOpen(element), 'open', PATIENT);
    press('Help to pay', element);
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['overdue']);
    expect(noted()).to.deep.equal([]);
  });

  it('asks why a badge does not fit', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    buttons(element)[0]?.click();
    await waitUntil(() => isOpen(element), 'open', PATIENT);
    press('Does not fit', element);
    await waitUntil(
      () => popover(element)?.textContent.includes('Already talked about') === true,
      'asks',
      PATIENT,
    );
    press('Already talked about', element);
    await waitUntil(() => noted().length === 1, 'told', PATIENT);
    expect(noted()[0]).to.include({ outcome: 'dismissed', reason: 'already-known' });
  });

  it('stays away when what was dealt with is read before the gateway has heard of it', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    await waitUntil(() => gateway.streams > 0, 'the stream is open', PATIENT);
    buttons(element)[0]?.click();
    await waitUntil(() => isOpen(element), 'open', PATIENT);
    press('Not now', element);
    await shows(element);
    facts = { ...FACTS, network: { isOutage: true } };
    gateway.change('serviceProblem', 'PRB-1', 'C-1');
    await shows(element, 'outage');
  });

  it('does not show again what was dealt with before', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    dealings.push({ id: 'BDG-1', badge: 'overdue', outcome: 'dismissed', at, agentId: 'asha' });
    const element = await setUp();
    await waitUntil(() => element.dataset['state'] === 'ready', 'ready', PATIENT);
    await element.updateComplete;
    expect(titles(element)).to.deep.equal([]);
  });

  it('folds what is too much', async () => {
    facts = { ...FACTS, network: { isOutage: true }, customer: { segment: 'vip' } };
    const element = await setUp();
    element.max = 1;
    await shows(element, 'outage');
    const more = element.shadowRoot?.querySelector<HTMLButtonElement>('.more');
    expect(more?.textContent.trim()).to.equal('2 more');
    more?.click();
    await shows(element, 'outage', 'overdue', 'vip');
  });

  it('has one stop for Tab, and arrows between the badges', async () => {
    facts = { ...FACTS, network: { isOutage: true }, customer: { segment: 'vip' } };
    const element = await setUp();
    await shows(element, 'outage', 'overdue', 'vip');
    const stops = () =>
      buttons(element)
        .filter(({ tabIndex }) => tabIndex === 0)
        .map(({ dataset }) => dataset['badge']);
    expect(stops()).to.deep.equal(['outage']);
    const press = (key: string) => {
      element.shadowRoot?.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return element.updateComplete;
    };
    const focused = () => (element.shadowRoot?.activeElement as HTMLElement | null)?.dataset['badge'];
    buttons(element)[0]?.focus();
    await press('ArrowRight');
    expect([focused(), stops().join()]).to.deep.equal(['overdue', 'overdue']);
    await press('End');
    expect(focused()).to.equal('vip');
    await press('ArrowRight');
    expect(focused()).to.equal('outage');
    await press('x');
    expect(focused()).to.equal('outage');
  });

  it('tells a screen reader once, the urgent at once', async () => {
    facts = { ...FACTS, network: { isOutage: true } };
    const element = await setUp();
    await shows(element, 'outage', 'overdue');
    const said = (role: string) => element.shadowRoot?.querySelector(`p[role=${role}]`)?.textContent;
    expect([said('alert'), said('status')]).to.deep.equal(['Urgent: Badge outage', 'New: Badge overdue']);
  });

  it('notes once what was shown, and not among the agent’s commands', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    const noted = () => gateway.changes.filter(({ path }) => path.endsWith('/badgeShowing'));
    await waitUntil(() => noted().length > 0, 'the gateway was told', PATIENT);
    await client.customer.refresh();
    await element.updateComplete;
    expect(noted().map(({ body }) => (body as { badges: string[] }).badges)).to.deep.equal([['overdue']]);
    expect(client.commands.state.value.commands).to.deep.equal([]);
  });

  it('never shows the badges of the customer before', async () => {
    const element = await setUp();
    await shows(element, 'overdue');
    facts = {};
    client.customer.set({ customerId: 'C-2' });
    await element.updateComplete;
    expect(titles(element)).to.deep.equal([]);
  });

  it('says what is wrong, and tries again', async () => {
    gateway.answer('/jioassist/v1/customerFacts', () =>
      Response.json({ code: 'x', reason: 'x' }, { status: 503 }),
    );
    const element = await setUp();
    await waitUntil(() => element.dataset['state'] === 'error', 'error', PATIENT);
    await expect(element).to.be.accessible();
    gateway.answer('/jioassist/v1/customerFacts', () => Response.json({ facts: FACTS }));
    element.shadowRoot?.querySelector<HTMLButtonElement>('[part=retry]')?.click();
    await shows(element, 'overdue');
  });

  it('says that there is no such customer in the words of the customer', async () => {
    gateway.answer('/jioassist/v1/customerFacts', () =>
      Response.json({ code: 'notFound', reason: 'x' }, { status: 404 }),
    );
    const element = await setUp('C-9999');
    await waitUntil(() => element.dataset['state'] === 'error', 'error', PATIENT);
    expect(element.shadowRoot?.querySelector('[part~=error-code]')?.textContent).to.contain(
      'customer/not-found',
    );
  });

  it('goes on without a rule that is wrong', async () => {
    gateway.answer('/jioassist/v1/badgeRuleSet', () =>
      Response.json(ruleSet(rule('wrong', 'weather.rain'), rule('overdue', 'billing.overdueDays > 3'))),
    );
    await shows(await setUp(), 'overdue');
  });

  it('waits for a customer', async () => {
    const element = await setUp(null);
    await waitUntil(() => element.dataset['state'] === 'no-customer', 'waits', PATIENT);
    await expect(element).to.be.accessible();
  });

  it('shows one badge in a place of its own, and nothing while it does not hold', async () => {
    client.customer.set({ customerId: 'C-1' });
    const page = await fixture<JioAssist>(html`
      <jio-assist .client=${client}
        ><jio-badge rule="overdue"></jio-badge><jio-badge rule="vip"></jio-badge
      ></jio-assist>
    `);
    const [overdue, vip] = page.querySelectorAll('jio-badge');
    if (!overdue || !vip) throw new Error('no badges');
    await shows(overdue, 'overdue');
    expect(vip.shadowRoot?.textContent.trim()).to.equal('');
    expect(
      gateway.requests.filter((path) => path.includes('customerFacts')),
      'one request for both',
    ).to.have.length(1);
  });
});
