import { JioAssistError } from '@jioassist/core-sdk';
import { buildCustomer, buildService, fakeAuth } from '@jioassist/core-sdk/testing';
import '@jioassist/diagnostics-widget/define.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect, userEvent, waitFor } from 'storybook/test';
import { endWorlds, inWorld, type World } from './helpers.js';

const SERVICES = '/tmf-api/serviceInventory/v4/service';

const fibre = buildService({
  id: 'SVC-2',
  name: 'Home fibre 300',
  category: 'fibre',
  serviceCharacteristic: [],
});

const worlds = {
  live: {
    data: { customers: [buildCustomer()], services: { 'C-1': [buildService(), fibre] } },
    live: ['SVC-1', 'SVC-2'],
  },
  signedOut: { auth: fakeAuth('signed-out') },
  popupBlocked: { auth: fakeAuth('signed-out', new JioAssistError('auth/popup-blocked', 'blocked')) },
  noCustomer: { customerId: null },
  loading: {
    prepare: (gateway) => {
      gateway.answer(SERVICES, () => new Promise(() => undefined));
    },
  },
  noServices: { data: { services: {} } },
  suspended: { data: { services: { 'C-1': [buildService({ state: 'inactive' }), fibre] } }, live: ['SVC-2'] },
  stale: {
    then: (gateway) => {
      gateway.goDown();
    },
  },
  unknownCustomer: { customerId: 'C-404' },
  refused: {
    prepare: (gateway) => {
      gateway.answer(SERVICES, () => new Response(null, { status: 403 }));
    },
  },
  longNames: {
    data: {
      customers: [buildCustomer({ name: 'Thiruvananthapuram Narayanaswamy Venkatasubramanian Iyer' })],
      services: {
        'C-1': [buildService({ name: 'Family postpaid with international roaming, 5 connections' }), fibre],
      },
    },
    live: ['SVC-1', 'SVC-2'],
  },
} satisfies Record<string, World>;

const meta: Meta = {
  title: 'Widgets/Diagnostics',
  component: 'jio-diagnostics',
  beforeEach: endWorlds,
};
export default meta;

type Story = StoryObj;

const story = (world: World, width = 360): Story => ({
  render: () => html`
    <div
      class="panel"
      ${ref((panel) => (panel as HTMLElement | undefined)?.style.setProperty('width', `${width}px`))}
    >
      ${inWorld(world, html`<jio-diagnostics></jio-diagnostics>`)}
    </div>
  `,
});

const shown = async (canvasElement: HTMLElement, state: string): Promise<HTMLElement> => {
  const element = canvasElement.querySelector<HTMLElement>('jio-diagnostics');
  await waitFor(() => expect(element?.dataset['state']).toBe(state));
  return element as HTMLElement;
};

const inState = (state: string): Pick<Story, 'play'> => ({
  play: async ({ canvasElement }) => {
    await shown(canvasElement, state);
  },
});

export const Live: Story = { ...story(worlds.live), ...inState('ready') };
export const Narrow: Story = { ...story(worlds.live, 280), ...inState('ready') };
export const Wide: Story = { ...story(worlds.live, 1100), ...inState('ready') };
export const NoCustomer: Story = { ...story(worlds.noCustomer), ...inState('no-customer') };
export const Loading: Story = { ...story(worlds.loading), ...inState('loading') };
export const NoServices: Story = { ...story(worlds.noServices), ...inState('ready') };
export const ServiceNotActive: Story = { ...story(worlds.suspended), ...inState('ready') };
export const NotUpToDate: Story = { ...story(worlds.stale), ...inState('stale') };
export const UnknownCustomer: Story = { ...story(worlds.unknownCustomer), ...inState('error') };
export const NotAllowed: Story = { ...story(worlds.refused), ...inState('error') };
export const LongNames: Story = { ...story(worlds.longNames, 280), ...inState('ready') };

export const SignedOut: Story = { ...story(worlds.signedOut), ...inState('signed-out') };

export const PopupBlocked: Story = {
  ...story(worlds.popupBlocked),
  play: async ({ canvasElement }) => {
    const element = await shown(canvasElement, 'signed-out');
    const button = element.shadowRoot?.querySelector<HTMLElement>('[part=sign-in]');
    if (button) await userEvent.click(button);
    await waitFor(() => expect(element.shadowRoot?.querySelector('[part=error-code]')).not.toBeNull());
  },
};

export const OutsideAProvider: Story = {
  render: () => html`<jio-diagnostics></jio-diagnostics>`,
  ...inState('error'),
};

export const DarkUrdu: Story = {
  ...story(worlds.live),
  ...inState('ready'),
  globals: { theme: 'dark', locale: 'ur' },
  parameters: { controls: { disable: true } },
};

export const Hindi: Story = { ...story(worlds.live), ...inState('ready'), globals: { locale: 'hi' } };
