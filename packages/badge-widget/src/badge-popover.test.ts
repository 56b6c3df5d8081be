import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { fakeAuth, FakeGateway } from '@jioassist/core-sdk/testing';
import type { JioAssist } from '@jioassist/core-sdk/lit';
import { expect, fixture, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import './define.js';

const PATIENT = { timeout: 10_000 };
const text = (en: string) => ({ en });
const rule = (id: string) => ({
  id,
  when: 'true',
  severity: 'warning',
  confidence: 0.9,
  title: text(`Badge ${id}`),
  why: text('Because it is so, and for a long time already, as everybody has noticed who has looked at it.'),
  evidence: [],
  actions: [{ id: 'act', kind: 'journey', label: text('Do something about it') }],
  expires: 'P1D',
  coolDown: 'PT4H',
});

describe('the popover of a badge', () => {
  let client: JioAssistClient;

  beforeEach(() => {
    const gateway = new FakeGateway({
      resources: { '/jioassist/v1/badgeDealing': [], '/jioassist/v1/badgeExperience': [] },
    });
    const rules = [rule('first'), rule('second')];
    gateway.answer('/jioassist/v1/badgeRuleSet', () =>
      Response.json({ schemaVersion: 1, version: '1', rules }),
    );
    gateway.answer('/jioassist/v1/customerFacts', () => Response.json({ facts: {} }));
    const { url, fetch } = gateway;
    client = createJioAssist({ gateway: url, auth: fakeAuth(), fetch });
    client.customer.set({ customerId: 'C-1' });
  });
  afterEach(async () => {
    fixtureCleanup();
    client.dispose();
    await setViewport({ width: 800, height: 600 });
  });

  /** In a box that cuts off what is larger than itself, as side bars do. */
  async function openIn(width: number, place: 'start' | 'end', badge: string): Promise<HTMLElement> {
    await setViewport({ width, height: 600 });
    const page = await fixture<JioAssist>(
      html`<jio-assist .client=${client}
        ><div><jio-badges></jio-badges></div
      ></jio-assist>`,
    );
    const box = page.querySelector('div') as HTMLElement;
    Object.assign(box.style, {
      position: 'absolute',
      top: '0',
      [place === 'start' ? 'left' : 'right']: '0',
      width: '260px',
      height: '48px',
      overflow: 'hidden',
      contain: 'paint',
    });
    const { shadowRoot } = page.querySelector('jio-badges') as HTMLElement;
    const button = () => shadowRoot?.querySelector<HTMLElement>(`[data-badge=${badge}]`);
    await waitUntil(() => button(), 'is shown', PATIENT);
    button()?.click();
    const popover = () => shadowRoot?.querySelector<HTMLElement>('[popover]');
    await waitUntil(() => popover()?.matches(':popover-open') === true, 'is open', PATIENT);
    return popover() as HTMLElement;
  }

  for (const width of [320, 1280])
    for (const place of ['start', 'end'] as const)
      for (const badge of ['first', 'second'])
        it(`is whole on a screen of ${width} pixels, at its ${place}, for the ${badge}`, async () => {
          const popover = await openIn(width, place, badge);
          const { left, right, top, bottom } = popover.getBoundingClientRect();
          const action = popover.querySelector('button') as HTMLElement;
          expect(
            [left >= 0, top >= 0, right <= width, bottom <= 600],
            `${left} ${top} ${right} ${bottom}`,
          ).to.not.include(false);
          const { x, y, width: wide, height } = action.getBoundingClientRect();
          const root = action.getRootNode() as ShadowRoot;
          expect(root.elementFromPoint(x + wide / 2, y + height / 2), 'the action can be clicked').to.equal(
            action,
          );
        });
});
