import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { elementTests, fakeAuth, FakeGateway, type ElementSetup } from '@jioassist/core-sdk/testing';
import { useLanguage, type JioAssist } from '@jioassist/core-sdk/lit';
import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import './define.js';

const standardRules: unknown = await (await fetch(new URL('../standard-rules.json', import.meta.url))).json();

const FACTS = '/jioassist/v1/customerFacts';
const facts = {
  network: {
    isOutage: true,
    area: 'Pune',
    problemName: 'Outage at OLT-1',
    sinceHours: 2,
    affectedServices: [],
  },
  billing: { overdueDays: 6, overdueAmount: 1_178 },
  customer: { segment: 'vip', tenureYears: 7, ageYears: 66, language: 'ur' },
};

describe('<jio-badges>, as every element', () => {
  const clients: JioAssistClient[] = [];
  let gateway: FakeGateway;

  beforeEach(() => {
    gateway = new FakeGateway({
      resources: { '/jioassist/v1/badgeDealing': [], '/jioassist/v1/badgeExperience': [] },
    });
    gateway.answer('/jioassist/v1/badgeRuleSet', () => Response.json(standardRules));
    gateway.answer(FACTS, () => Response.json({ facts }));
  });
  afterEach(() => {
    fixtureCleanup();
    for (const client of clients.splice(0)) client.dispose();
  });

  async function setUp(customerId: string | null = 'C-1', auth = fakeAuth()): Promise<ElementSetup> {
    const { url, fetch } = gateway;
    const client = createJioAssist({ gateway: url, auth, fetch });
    clients.push(client);
    if (customerId !== null) client.customer.set({ customerId });
    const page = await fixture<JioAssist>(
      html`<jio-assist .client=${client}><jio-badges></jio-badges></jio-assist>`,
    );
    return { client, element: page.querySelector('jio-badges') as HTMLElement };
  }

  const common = elementTests('jio-badges', {
    states: {
      ready: () => setUp(),
      'no-customer': () => setUp(null),
      'signed-out': () => setUp('C-1', fakeAuth('signed-out')),
      loading: () => {
        gateway.answer(FACTS, () => new Promise(() => undefined));
        return setUp();
      },
      error: () => {
        gateway.answer(FACTS, () => Response.json({ code: 'x', reason: 'x' }, { status: 400 }));
        return setUp();
      },
    },
    main: 'ready',
    other: 'no-customer',
    withoutClient: 'error',
    accessible: async (element) => {
      await expect(element).to.be.accessible();
    },
    useLanguage,
  });
  for (const { name, run } of common) it(name, run);
});
