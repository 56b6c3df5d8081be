import '@jioassist/core-sdk/define-doctor.js';
import { fakeAuth } from '@jioassist/core-sdk/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect, waitFor } from 'storybook/test';
import { endWorlds, inWorld, type World } from './helpers.js';

const HEALTH = '/health';
const ORIGIN_CHECK = '/jioassist/v1/origin-check';

const worlds = {
  well: {},
  signedOut: { auth: fakeAuth('signed-out') },
  gatewayDown: {
    prepare: (gateway) => {
      gateway.goDown();
    },
  },
  running: {
    prepare: (gateway) => {
      gateway.answer(ORIGIN_CHECK, () => new Promise(() => undefined));
    },
  },
  wrongClock: {
    prepare: (gateway) => {
      const headers = { date: new Date(Date.now() + 240_000).toUTCString() };
      gateway.answer(HEALTH, () => Response.json({ version: '1.0.0' }, { headers }));
    },
  },
  originNotAllowed: {
    prepare: (gateway) => {
      const answer = { origin: 'https://crm.example', allowed: false };
      gateway.answer(ORIGIN_CHECK, () => Response.json(answer));
    },
  },
} satisfies Record<string, World>;

const meta: Meta = { title: 'Set-up/Doctor', component: 'jio-doctor', beforeEach: endWorlds };
export default meta;

type Story = StoryObj;

const story = (world: World, width = 420): Story => ({
  render: () => html`
    <div ${ref((panel) => (panel as HTMLElement | undefined)?.style.setProperty('width', `${width}px`))}>
      ${inWorld(world, html`<jio-doctor></jio-doctor>`)}
    </div>
  `,
});

const inState = (...states: string[]): Pick<Story, 'play'> => ({
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector<HTMLElement>('jio-doctor');
    await waitFor(() => expect(states).toContain(element?.dataset['state']), { timeout: 10_000 });
  },
});

// A browser may refuse its microphone, which is a warning and no fault of the story.
export const AllWell: Story = { ...story(worlds.well), ...inState('ok', 'warning') };
export const Narrow: Story = { ...story(worlds.well, 280), ...inState('ok', 'warning') };
export const Running: Story = { ...story(worlds.running), ...inState('running') };
export const GatewayDown: Story = { ...story(worlds.gatewayDown), ...inState('failed') };
export const OriginNotAllowed: Story = { ...story(worlds.originNotAllowed), ...inState('failed') };
export const WrongClock: Story = { ...story(worlds.wrongClock), ...inState('failed') };
export const SignedOut: Story = { ...story(worlds.signedOut), ...inState('ok', 'warning') };

export const WithoutAClient: Story = {
  render: () => html`<jio-doctor></jio-doctor>`,
  ...inState('failed'),
};

export const Hindi: Story = { ...story(worlds.well), ...inState('ok', 'warning'), globals: { locale: 'hi' } };

export const DarkUrdu: Story = {
  ...story(worlds.gatewayDown),
  ...inState('failed'),
  globals: { theme: 'dark', locale: 'ur' },
  parameters: { controls: { disable: true } },
};
