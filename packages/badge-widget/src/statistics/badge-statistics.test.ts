import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { elementTests, fakeAuth, FakeGateway, type ElementSetup } from '@jioassist/core-sdk/testing';
import { useLanguage, type JioAssist } from '@jioassist/core-sdk/lit';
import { expect, fixture, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import '../define-statistics.js';
import type { JioBadgeStatistics } from './index.js';

const STATISTICS = '/jioassist/v1/badgeStatistics';
const RULES = '/jioassist/v1/badgeRuleSet';
const row = (
  badge: string,
  shown: number,
  acted: number,
  later: number,
  dismissed: number,
  repeatContact: number,
) => ({
  badge,
  shown,
  acted,
  later,
  dismissed,
  repeatContact,
});
const ROWS = [
  row('outage', 12, 9, 1, 2, 3),
  row('bill-shock', 40, 10, 4, 20, 8),
  row('offer:FIB-699', 2, 0, 0, 0, 0),
];
const title = (en: string, hi: string) => ({ en, hi });
const RULE_SET = {
  rules: [
    { id: 'outage', title: title('Outage in {network.area}', '{network.area} में सेवा ठप') },
    { id: 'bill-shock', title: title('Bill is higher', 'बिल ज़्यादा') },
  ],
};
const PATIENT = { timeout: 10_000 };

describe('<jio-badge-statistics>', () => {
  const clients: JioAssistClient[] = [];
  let gateway: FakeGateway;
  let rows: object[];

  beforeEach(() => {
    rows = ROWS;
    gateway = new FakeGateway();
    gateway.answer(STATISTICS, () => Response.json(rows));
    gateway.answer(RULES, () => Response.json(RULE_SET));
  });
  afterEach(() => {
    fixtureCleanup();
    for (const client of clients.splice(0)) client.dispose();
  });

  async function setUp(auth = fakeAuth()): Promise<ElementSetup & { element: JioBadgeStatistics }> {
    const { url, fetch } = gateway;
    const client = createJioAssist({ gateway: url, auth, fetch });
    clients.push(client);
    const page = await fixture<JioAssist>(
      html`<jio-assist .client=${client}><jio-badge-statistics></jio-badge-statistics></jio-assist>`,
    );
    return { client, element: page.querySelector('jio-badge-statistics') as JioBadgeStatistics };
  }
  const becomes = (element: Element, state: string) =>
    waitUntil(() => (element as HTMLElement).dataset['state'] === state, `becomes ${state}`, PATIENT);
  const inside = <T extends Element>(element: Element, selector: string) => [
    ...(element.shadowRoot?.querySelectorAll<T & HTMLElement>(selector) ?? []),
  ];
  const cells = (element: Element) =>
    inside(element, 'tbody tr').map((each) =>
      [...each.children]
        .map((cell) => (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim())
        .join(' | '),
    );
  const refuse = (status: number) => () => Response.json({ code: 'x', reason: 'x' }, { status });

  const common = elementTests('jio-badge-statistics', {
    states: {
      ready: () => setUp(),
      empty: () => {
        rows = [];
        return setUp();
      },
      'signed-out': () => setUp(fakeAuth('signed-out')),
      loading: () => {
        gateway.answer(STATISTICS, () => new Promise(() => undefined));
        return setUp();
      },
      'not-allowed': () => {
        gateway.answer(STATISTICS, refuse(403));
        return setUp();
      },
      error: () => {
        gateway.answer(STATISTICS, refuse(400));
        return setUp();
      },
    },
    main: 'ready',
    other: 'signed-out',
    withoutClient: 'error',
    accessible: async (element) => {
      await expect(element).to.be.accessible();
    },
    useLanguage,
  });
  for (const { name, run } of common) it(name, run);

  it('shows how each badge did, what was shown most first', async () => {
    const { element } = await setUp();
    await becomes(element, 'ready');
    expect(cells(element)).to.deep.equal([
      'Bill is higher | 40 | 10 25% | 4 10% | 20 50% | 8 20%',
      'Outage in … | 12 | 9 75% | 1 8% | 2 17% | 3 25%',
      'offer:FIB-699 | 2 | 0 0% | 0 0% | 0 0% | 0 0%',
    ]);
    expect(gateway.requests.filter((path) => path.startsWith(STATISTICS))).to.deep.equal([
      `${STATISTICS}?days=30`,
    ]);
  });

  it('is sorted by the head of a column, and says how', async () => {
    const { element } = await setUp();
    await becomes(element, 'ready');
    const heads = () => inside(element, 'thead th').map((each) => each.getAttribute('aria-sort'));
    const first = () => inside(element, 'tbody tr')[0]?.dataset['badge'];
    expect(heads()).to.deep.equal([null, 'descending', null, null, null, null]);
    const [name, , , , dismissed] = inside(element, 'thead button');
    name?.click();
    await element.updateComplete;
    expect([first(), heads()[0]]).to.deep.equal(['bill-shock', 'ascending']);
    name?.click();
    await element.updateComplete;
    expect([first(), heads()[0]]).to.deep.equal(['outage', 'descending']);
    dismissed?.click();
    await element.updateComplete;
    expect([first(), heads().join()]).to.deep.equal(['bill-shock', ',,,,descending,']);
  });

  it('reads another period, and shows no number of the one before meanwhile', async () => {
    const { element } = await setUp();
    await becomes(element, 'ready');
    let answer: (response: Response) => void = () => undefined;
    gateway.answer(STATISTICS, () => new Promise((resolve) => (answer = resolve)));
    const [week] = inside<HTMLInputElement>(element, 'input');
    week?.click();
    await becomes(element, 'loading');
    expect(cells(element)).to.deep.equal([]);
    await waitUntil(() => gateway.requests.includes(`${STATISTICS}?days=7`), 'asks', PATIENT);
    answer(Response.json([row('outage', 1, 1, 0, 0, 0)]));
    await becomes(element, 'ready');
    expect(cells(element)).to.deep.equal(['Outage in … | 1 | 1 100% | 0 0% | 0 0% | 0 0%']);
  });

  it('tries again after an error', async () => {
    gateway.answer(STATISTICS, refuse(400));
    const { element } = await setUp();
    await becomes(element, 'error');
    gateway.answer(STATISTICS, () => Response.json(rows));
    inside(element, '[part=retry]')[0]?.click();
    await becomes(element, 'ready');
  });

  it('says to an agent that it is for supervisors, and asks for no period', async () => {
    gateway.answer(STATISTICS, refuse(403));
    const { element } = await setUp();
    await becomes(element, 'not-allowed');
    expect(element.shadowRoot?.textContent).to.contain('for supervisors');
    expect(inside(element, 'input')).to.have.length(0);
  });

  it('leaves out what cannot be read, and shows the rest', async () => {
    rows = [...ROWS, { badge: 7 }];
    const { element } = await setUp();
    await becomes(element, 'ready');
    expect(cells(element)).to.have.length(3);
  });

  it('is in the language of the page, to the names of the badges', async () => {
    const { element } = await setUp();
    await becomes(element, 'ready');
    try {
      await useLanguage('hi');
      await waitUntil(() => cells(element)[0]?.startsWith('बिल ज़्यादा') === true, 'is Hindi', PATIENT);
    } finally {
      await useLanguage('en');
    }
  });

  it('can be scrolled by keyboard where it is too wide, and is a table also where it is narrow', async () => {
    const { element } = await setUp();
    await becomes(element, 'ready');
    element.style.width = '300px';
    await expect(element).to.be.accessible();
    const [scroll] = inside(element, '.scroll');
    expect(scroll?.tabIndex).to.equal(0);
    expect(inside(element, 'tbody tr')[0]?.getAttribute('role')).to.equal('row');
  });
});
