import '@jioassist/badge-widget/define-statistics.js';
import standardRules from '@jioassist/badge-widget/standard-rules.json';
import { fakeAuth } from '@jioassist/core-sdk/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect, waitFor } from 'storybook/test';
import { endWorlds, inWorld, type World } from './helpers.js';

const STATISTICS = '/jioassist/v1/badgeStatistics';

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
const rows = [
  row('outage-in-area', 1_284, 1_102, 41, 64, 212),
  row('language-preference', 2_311, 0, 120, 1_450, 301),
  row('bill-shock', 402, 231, 60, 71, 88),
  row('payment-overdue', 377, 260, 77, 21, 40),
  row('churn-risk-high', 154, 61, 30, 52, 49),
  row('ticket-over-sla', 141, 119, 8, 6, 77),
  row('sim-changed', 23, 22, 0, 1, 2),
  row('offer:FIB-699', 12, 0, 2, 4, 0),
];

const world = (answer: () => Response | Promise<Response>, auth?: World['auth']): World => ({
  customerId: null,
  ...(auth && { auth }),
  prepare: (gateway) => {
    gateway.answer('/jioassist/v1/badgeRuleSet', () => Response.json(standardRules));
    gateway.answer(STATISTICS, answer);
  },
});
const refused = (status: number) => () => Response.json({ code: 'x', reason: 'x' }, { status });

const worlds = {
  several: world(() => Response.json(rows)),
  none: world(() => Response.json([])),
  loading: world(() => new Promise(() => undefined)),
  notAllowed: world(refused(403)),
  failing: world(refused(400)),
  signedOut: world(() => Response.json(rows), fakeAuth('signed-out')),
} satisfies Record<string, World>;

const meta: Meta = {
  title: 'Widgets/Badge statistics',
  component: 'jio-badge-statistics',
  beforeEach: endWorlds,
};
export default meta;

type Story = StoryObj;

const story = (world: World, state: string, width = 760): Story => ({
  render: () => html`
    <div ${ref((panel) => (panel as HTMLElement | undefined)?.style.setProperty('max-width', `${width}px`))}>
      ${inWorld(world, html`<jio-badge-statistics></jio-badge-statistics>`)}
    </div>
  `,
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector<HTMLElement>('jio-badge-statistics');
    await waitFor(() => expect(element?.dataset['state']).toBe(state), { timeout: 10_000 });
  },
});

/** What was shown most stands first; each head of a column sorts. */
export const Default: Story = story(worlds.several, 'ready');
/** In a side bar each badge is a card. */
export const Narrow: Story = story(worlds.several, 'ready', 300);
export const Empty: Story = story(worlds.none, 'empty', 480);
export const Loading: Story = story(worlds.loading, 'loading', 480);
export const NotAllowed: Story = story(worlds.notAllowed, 'not-allowed', 480);
export const Failing: Story = story(worlds.failing, 'error', 480);
export const SignedOut: Story = story(worlds.signedOut, 'signed-out', 480);
export const Hindi: Story = { ...story(worlds.several, 'ready'), globals: { locale: 'hi' } };
export const DarkUrdu: Story = {
  ...story(worlds.several, 'ready'),
  globals: { theme: 'dark', locale: 'ur' },
  parameters: { controls: { disable: true } },
};
