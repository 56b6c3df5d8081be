import '@jioassist/badge-widget/define.js';
import { BADGE_LAYOUTS, type BadgeLayout } from '@jioassist/badge-widget';
import standardRules from '@jioassist/badge-widget/standard-rules.json';
import { fakeAuth } from '@jioassist/core-sdk/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect, waitFor } from 'storybook/test';
import { endWorlds, inWorld, type World } from './helpers.js';

const FACTS = '/jioassist/v1/customerFacts';

const data = { resources: { '/jioassist/v1/badgeDealing': [], '/jioassist/v1/badgeExperience': [] } };
const withFacts = (facts: object): World => ({
  data,
  prepare: (gateway) => {
    gateway.answer('/jioassist/v1/badgeRuleSet', () => Response.json(standardRules));
    gateway.answer(FACTS, () => Response.json({ facts }));
  },
});

const outage = {
  isOutage: true,
  isDegraded: false,
  area: 'Pune',
  problemName: 'Outage at OLT-MAH-0100',
  since: '2026-11-25T08:30:00Z',
  sinceHours: 1.5,
  affectedServices: ['SVC-8'],
};

const worlds = {
  several: withFacts({
    network: outage,
    billing: { overdueDays: 6, overdueAmount: 1_178 },
    customer: { segment: 'vip', tenureYears: 7, ageYears: 66, language: 'hi' },
    tickets: {
      open: 1,
      overdue: 1,
      mostOverdueHours: 30,
      mostOverdueName: 'Line drops',
      mostOverdueId: 'TT-7',
    },
    loyalty: { expiringPoints: 500, expireInDays: 10, tier: 'gold' },
  }),
  one: withFacts({ balance: { dataUsedPercent: 93, dataLeftGigabytes: 0.4, validityEndsInHours: 90 } }),
  none: withFacts({}),
  signedOut: { auth: fakeAuth('signed-out') },
  noCustomer: { customerId: null },
  loading: {
    prepare: (gateway) => {
      gateway.answer(FACTS, () => new Promise(() => undefined));
    },
  },
  failing: {
    prepare: (gateway) => {
      gateway.answer(FACTS, () => Response.json({ code: 'x', reason: 'Down' }, { status: 503 }));
    },
  },
} satisfies Record<string, World>;

interface Args {
  layout: BadgeLayout;
  max: number;
}

const meta: Meta<Args> = {
  title: 'Widgets/Badges',
  component: 'jio-badges',
  beforeEach: endWorlds,
  args: { layout: 'row', max: 3 },
  argTypes: { layout: { control: 'inline-radio', options: BADGE_LAYOUTS } },
};
export default meta;

type Story = StoryObj<Args>;

const story = (world: World, width = 640, args: Partial<Args> = {}): Story => ({
  args,
  render: ({ layout, max }) => html`
    <div ${ref((panel) => (panel as HTMLElement | undefined)?.style.setProperty('width', `${width}px`))}>
      ${inWorld(world, html`<jio-badges layout=${layout} max=${max}></jio-badges>`)}
    </div>
  `,
});

const badges = (canvas: HTMLElement) => [
  ...(canvas.querySelector('jio-badges')?.shadowRoot?.querySelectorAll<HTMLElement>('.badge') ?? []),
];

/** The most urgent first; the rest is folded. */
export const Default: Story = {
  ...story(worlds.several),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(badges(canvasElement)).toHaveLength(3), { timeout: 10_000 });
  },
};
/** Why there is a badge, and what can be done about it. */
export const Details: Story = {
  ...story(worlds.several),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(badges(canvasElement)).toHaveLength(3), { timeout: 10_000 });
    badges(canvasElement)[0]?.click();
    const root = canvasElement.querySelector('jio-badges')?.shadowRoot;
    await waitFor(() => expect(root?.querySelector('[popover]:popover-open')).not.toBeNull(), {
      timeout: 10_000,
    });
  },
};
export const Column: Story = story(worlds.several, 280, { layout: 'column', max: 5 });
export const One: Story = story(worlds.one, 320);
export const Nothing: Story = story(worlds.none, 320);
export const Loading: Story = story(worlds.loading, 320);
export const Failing: Story = story(worlds.failing, 320);
export const SignedOut: Story = story(worlds.signedOut, 320);
export const NoCustomer: Story = story(worlds.noCustomer, 320);
/** One badge in a place of its own, such as the page's header. */
export const Single: Story = {
  render: () => inWorld(worlds.several, html`Asha Menon <jio-badge rule="outage-in-area"></jio-badge>`),
};
