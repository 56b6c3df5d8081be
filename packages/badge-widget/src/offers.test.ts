import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { fakeAuth, FakeGateway } from '@jioassist/core-sdk/testing';
import type { JioAssist } from '@jioassist/core-sdk/lit';
import { expect, fixture, fixtureCleanup, html, oneEvent, waitUntil } from '@open-wc/testing';
import './define.js';

const standardRules: unknown = await (await fetch(new URL('../standard-rules.json', import.meta.url))).json();

const PATIENT = { timeout: 10_000 };
const RECOMMENDATIONS = '/tmf-api/recommendationManagement/v4/queryProductRecommendation';
const recommendation = (
  id: string,
  recommendationType: string,
  ...offerings: [id: string, name: string][]
) => ({
  id,
  recommendationType,
  state: 'done',
  relatedParty: { id: 'C-1', role: 'customer' },
  recommendationItem: offerings.map(([offering, name], index) => ({
    id: String(index + 1),
    priority: index + 1,
    productOffering: { id: offering, name },
  })),
});

describe('offers among the badges', () => {
  let gateway: FakeGateway;
  let client: JioAssistClient;
  let facts: object;
  let recommendations: object[];
  let experience: object[];

  beforeEach(() => {
    facts = {};
    recommendations = [
      recommendation('R-1', 'nextBestOffer', ['FAM', 'Family plan'], ['SAFE', 'Protection']),
    ];
    experience = [];
    gateway = new FakeGateway({ resources: { '/jioassist/v1/badgeDealing': [] } });
    gateway.answer('/jioassist/v1/badgeRuleSet', () => Response.json(standardRules));
    gateway.answer('/jioassist/v1/customerFacts', () => Response.json({ facts }));
    gateway.answer('/jioassist/v1/badgeExperience', () => Response.json(experience));
    gateway.answer(RECOMMENDATIONS, () => Response.json(recommendations));
    const { url, fetch } = gateway;
    client = createJioAssist({ gateway: url, auth: fakeAuth(), fetch });
  });
  afterEach(() => {
    fixtureCleanup();
    client.dispose();
  });

  async function setUp(): Promise<HTMLElement> {
    client.customer.set({ customerId: 'C-1' });
    const page = await fixture<JioAssist>(
      html`<jio-assist .client=${client}><jio-badges max="5"></jio-badges></jio-assist>`,
    );
    return page.querySelector('jio-badges') as HTMLElement;
  }
  const inside = (element: Element, selector: string) => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const badgesIn = (element: Element) =>
    inside(element, '.badge')
      .map(({ dataset }) => dataset['badge'])
      .join();
  const shows = (element: Element, ...ids: string[]) =>
    waitUntil(() => badgesIn(element) === ids.join(), `shows ${ids.join()}`, PATIENT);

  it('stand in one list with the rules, each offering once', async () => {
    facts = { billing: { overdueDays: 6, overdueAmount: 500 } };
    recommendations = [...recommendations, recommendation('R-2', 'upsell', ['FAM', 'Family plan'])];
    await shows(await setUp(), 'payment-overdue', 'offer:FAM', 'offer:SAFE');
  });

  it('sink when the agent keeps dismissing them, under whatever recommendation they come', async () => {
    experience = [{ badge: 'offer:FAM', shown: 20, acted: 0, dismissed: 20 }];
    recommendations = [
      recommendation('R-9', 'nextBestOffer', ['FAM', 'Family plan'], ['SAFE', 'Protection']),
    ];
    await shows(await setUp(), 'offer:SAFE', 'offer:FAM');
  });

  it('are noted with the reason why they do not fit', async () => {
    const element = await setUp();
    await shows(element, 'offer:FAM', 'offer:SAFE');
    inside(element, '.badge')[0]?.click();
    await waitUntil(() => inside(element, '[part=dismiss]').length > 0, 'opens', PATIENT);
    inside(element, '[part=dismiss]')[0]?.click();
    await waitUntil(() => inside(element, '[part=reason]').length === 3, 'asks', PATIENT);
    inside(element, '[part=reason]')[2]?.click();
    await shows(element, 'offer:SAFE');
    const noted = () => gateway.changes.filter(({ path }) => path.endsWith('/badgeDealing'));
    await waitUntil(() => noted().length === 1, 'is noted', PATIENT);
    expect(noted()[0]?.body).to.include({
      badge: 'offer:FAM',
      outcome: 'dismissed',
      reason: 'not-interested',
    });
  });

  it('for staying are what the badge of a customer at risk leads to, and no badge of their own beside it', async () => {
    facts = { risk: { churn: 85 }, customer: { tenureYears: 4 } };
    recommendations = [recommendation('R-3', 'retention', ['STAY', 'Loyalty discount'])];
    const element = await setUp();
    await shows(element, 'churn-risk-high');
    inside(element, '.badge')[0]?.click();
    await waitUntil(() => inside(element, '[part=action]').length === 1, 'opens', PATIENT);
    const [action] = inside(element, '[part=action]');
    expect(action?.textContent.trim()).to.equal('Make a retention offer: Loyalty discount');
    const acted = oneEvent(element, 'jio-badge-action');
    action?.click();
    const event: CustomEvent<unknown> = await acted;
    expect(event.detail).to.include({ badge: 'churn-risk-high', kind: 'offer', target: 'STAY' });
  });

  it('for staying are left to the page where none is recommended', async () => {
    facts = { risk: { churn: 85 }, customer: { tenureYears: 4 } };
    recommendations = [];
    const element = await setUp();
    await shows(element, 'churn-risk-high');
    inside(element, '.badge')[0]?.click();
    await waitUntil(() => inside(element, '[part=action]').length === 1, 'opens', PATIENT);
    const acted = oneEvent(element, 'jio-badge-action');
    inside(element, '[part=action]')[0]?.click();
    const event: CustomEvent<unknown> = await acted;
    expect(event.detail).to.include({ kind: 'offer', target: 'retention' });
  });
});
