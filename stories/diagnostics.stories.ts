import '@jioassist/diagnostics-widget/define.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect, userEvent, waitFor } from 'storybook/test';
import { worlds } from './diagnostics-worlds.js';
import { endWorlds, inWorld, type World } from './helpers.js';

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
      ${ref((panel) => (panel as HTMLElement | undefined)?.style.setProperty('max-width', `${width}px`))}
    >
      ${inWorld(world, html`<jio-diagnostics></jio-diagnostics>`)}
    </div>
  `,
});

const shown = async (canvasElement: HTMLElement, state: string): Promise<HTMLElement> => {
  const element = canvasElement.querySelector<HTMLElement>('jio-diagnostics');
  await waitFor(() => expect(element?.dataset['state']).toBe(state), { timeout: 10_000 });
  return element as HTMLElement;
};

const inState = (state: string): Pick<Story, 'play'> => ({
  play: async ({ canvasElement }) => {
    await shown(canvasElement, state);
  },
});

/** Unfolds a panel of the first card, and waits until `part` is in it. */
const unfolded = (panel: string, part: string): Pick<Story, 'play'> => ({
  play: async ({ canvasElement }) => {
    const { shadowRoot } = await shown(canvasElement, 'ready');
    const find = (selector: string) => shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
    await waitFor(() => expect(find('[data-health=ill]')).not.toBeNull());
    const button = find(`[data-panel=${panel}]`);
    if (button) await userEvent.click(button);
    await waitFor(() => expect(find(part)).not.toBeNull(), { timeout: 5_000 });
  },
});

const apart = { globals: { theme: 'dark', locale: 'ur' }, parameters: { controls: { disable: true } } };

export const Healthy: Story = { ...story(worlds.healthy), ...inState('ready') };
export const Ill: Story = { ...story(worlds.ill), ...inState('ready') };
export const Narrow: Story = { ...story(worlds.ill, 280), ...inState('ready') };
export const Wide: Story = { ...story(worlds.ill, 1100), ...inState('ready') };
export const AreaOutage: Story = { ...story(worlds.areaOutage), ...inState('ready') };
export const Barred: Story = { ...story(worlds.barred), ...inState('ready') };

export const NetworkOrAccount: Story = { ...story(worlds.ill), ...unfolded('why', '.causes') };
export const BarredExplained: Story = { ...story(worlds.barred), ...unfolded('why', '.causes') };
export const Tests: Story = { ...story(worlds.ill), ...unfolded('tests', '.measures') };
export const Chart: Story = { ...story(worlds.ill, 640), ...unfolded('chart', '.u-over') };

export const NoCustomer: Story = { ...story(worlds.noCustomer), ...inState('no-customer') };
export const Loading: Story = { ...story(worlds.loading), ...inState('loading') };
export const NoServices: Story = { ...story(worlds.noServices), ...inState('ready') };
export const ServiceNotActive: Story = { ...story(worlds.notActive), ...inState('ready') };
export const PartlyFailing: Story = { ...story(worlds.partlyFailing), ...inState('ready') };
export const NoLiveValues: Story = { ...story(worlds.noLiveValues), ...inState('ready') };
export const NotUpToDate: Story = { ...story(worlds.stale), ...inState('stale') };
export const Offline: Story = { ...story(worlds.offline), ...inState('stale') };
export const UnknownCustomer: Story = { ...story(worlds.unknownCustomer), ...inState('error') };
export const NotAllowed: Story = { ...story(worlds.refused), ...inState('error') };
export const LongNames: Story = { ...story(worlds.longNames, 280), ...inState('ready') };
export const TwoHundredServices: Story = { ...story(worlds.many), ...inState('ready') };

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

export const DarkUrdu: Story = { ...story(worlds.ill), ...unfolded('why', '.causes'), ...apart };
export const DarkUrduTests: Story = { ...story(worlds.ill), ...unfolded('tests', '.measures'), ...apart };
export const Hindi: Story = { ...story(worlds.ill), ...inState('ready'), globals: { locale: 'hi' } };
