import '@jioassist/cti-phone/define.js';
import { PHONE_LAYOUTS, type JioCtiPhone, type PhoneLayout } from '@jioassist/cti-phone';
import {
  SCENARIO_NAMES,
  SimulatorProvider,
  type ScenarioName,
  type Step,
} from '@jioassist/cti-phone/simulator.js';
import { buildCustomer, buildTroubleTicket, fakeAuth } from '@jioassist/core-sdk/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect, waitFor } from 'storybook/test';
import { endWorlds, inWorld, type World } from './helpers.js';

const RING: Step = {
  do: 'ring',
  number: '+919774853323',
  queue: 'Fibre support',
  dialled: '1800',
  attachedData: { Reason: 'No internet' },
};
const DISPOSITIONS = ['Solved', 'Ticket opened', 'Call back later', 'Wrong number'].map((label) => ({
  code: label,
  label,
}));
const DIRECTORY = [
  { number: '7002', name: 'Ravi Kumar', presence: 'Ready' },
  { number: '7003', name: 'Sneha Patil', presence: 'Busy' },
  { number: '8100', name: 'Billing', kind: 'queue' as const },
  { number: '8200', name: 'Field service', kind: 'queue' as const },
];

const found = (...names: string[]): World => ({
  customerId: null,
  data: {
    customers: names.map((name, index) => buildCustomer({ id: `C-${index + 1}`, name })),
    resources: {
      '/tmf-api/troubleTicket/v4/troubleTicket': [buildTroubleTicket({ name: 'Line drops in the evening' })],
    },
  },
  prepare: (gateway) => {
    gateway.answer('/jioassist/v1/badge', () =>
      Response.json([
        { id: 'outage', severity: 'critical', title: { en: 'Outage in Pune', hi: 'पुणे में सेवा ठप' } },
      ]),
    );
    if (names.length === 0) gateway.answer('/jioassist/v1/customerSearch', () => Response.json([]));
  },
});

interface Args {
  layout: PhoneLayout;
  scenario: ScenarioName;
}

const meta: Meta<Args> = {
  title: 'Widgets/Phone',
  component: 'jio-cti-phone',
  beforeEach: endWorlds,
  args: { layout: 'panel', scenario: 'quiet' },
  argTypes: {
    layout: { control: 'inline-radio', options: PHONE_LAYOUTS },
    scenario: { control: 'select', options: SCENARIO_NAMES },
  },
};
export default meta;

type Story = StoryObj<Args>;

/** A phone with a telephone that does what a story tells. */
function phone(world: World, telephone: SimulatorProvider | undefined, { layout }: Args, width: number) {
  return html`
    <div ${ref((panel) => (panel as HTMLElement | undefined)?.style.setProperty('width', `${width}px`))}>
      ${inWorld(
        world,
        html`<jio-cti-phone
          ring=""
          layout=${layout}
          .provider=${telephone}
          .dispositions=${DISPOSITIONS}
          .directory=${DIRECTORY}
          .reasons=${['Lunch', 'Training']}
        ></jio-cti-phone>`,
      )}
    </div>
  `;
}

type Player = (telephone: SimulatorProvider, stage: Stage) => Promise<void>;

/** What a story does with its phone. */
interface Stage {
  becomes(state: string): Promise<void>;
  press(part: string): Promise<void>;
  write(part: string, value: string): Promise<void>;
}

function stageOf(canvas: HTMLElement): Stage {
  const element = () => canvas.querySelector('jio-cti-phone') as JioCtiPhone;
  const find = (part: string) => element().shadowRoot?.querySelector<HTMLElement>(`[part~='${part}']`);
  const patient = { timeout: 10_000 };
  return {
    becomes: async (state) => {
      await waitFor(() => expect(element().dataset['state']).toBe(state), patient);
    },
    press: async (part) => {
      await waitFor(() => expect(find(part)).toBeTruthy(), patient);
      find(part)?.click();
    },
    write: async (part, value) => {
      await waitFor(() => expect(find(part)).toBeTruthy(), patient);
      const field = find(part) as HTMLTextAreaElement;
      field.value = value;
      field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input'));
    },
  };
}

const story = (world: World, play?: Player, args: Partial<Args> = {}, width = 360): Story => {
  let telephone = new SimulatorProvider({ speed: 10 });
  return {
    args,
    render: (given) => {
      telephone = new SimulatorProvider({ speed: 10, scenario: given.scenario });
      return phone(world, telephone, given, width);
    },
    ...(play && {
      play: async ({ canvasElement }) => {
        await play(telephone, stageOf(canvasElement));
      },
    }),
  };
};

const rings: Player = async (telephone, stage) => {
  await stage.becomes('ready');
  telephone.play(RING);
  await stage.becomes('alerting');
};
const talks: Player = async (telephone, stage) => {
  await rings(telephone, stage);
  await stage.press('answer');
  await stage.becomes('in-call');
};
const wrapsUp: Player = async (telephone, stage) => {
  await talks(telephone, stage);
  await stage.write('note', 'Outage explained, will be back by 18:00.');
  await stage.press('hangUp');
  await stage.becomes('wrap-up');
};

/** Choose a scenario in the controls to hear the phone ring. */
export const Default: Story = story(found('Meera Nair'));
/** Who calls and why, before it is answered. */
export const Incoming: Story = story(found('Meera Nair'), rings);
export const IncomingInDock: Story = story(found('Meera Nair'), rings, { layout: 'dock' }, 280);
export const SeveralCustomers: Story = story(found('Meera Nair', 'Arjun Nair', 'Meera Nair'), rings);
export const NobodyKnown: Story = story(found(), rings);
export const InCall: Story = story(found('Meera Nair'), talks);
export const InCallInDock: Story = story(found('Meera Nair'), talks, { layout: 'dock' }, 280);
export const OnHold: Story = story(found('Meera Nair'), async (telephone, stage) => {
  await talks(telephone, stage);
  await stage.press('hold');
  await stage.press('retrieve');
  await stage.press('hold');
});
export const Keypad: Story = story(found('Meera Nair'), async (telephone, stage) => {
  await talks(telephone, stage);
  await stage.press('keypad');
});
export const Transfer: Story = story(found('Meera Nair'), async (telephone, stage) => {
  await talks(telephone, stage);
  await stage.press('transfer');
});
export const TwoCalls: Story = story(found('Meera Nair'), async (telephone, stage) => {
  await talks(telephone, stage);
  telephone.play({ ...RING, number: '+919248422125', queue: 'Billing' });
  await stage.becomes('alerting');
});
/** The note is not saved yet, so the contact does not close by itself. */
export const WrapUp: Story = story(found('Meera Nair'), wrapsUp);
export const History: Story = story(found('Meera Nair'), async (telephone, stage) => {
  await wrapsUp(telephone, stage);
  await stage.write('disposition', 'Solved');
  await stage.press('finish');
  await stage.becomes('ready');
});
export const Unreachable: Story = story(found('Meera Nair'), async (telephone, stage) => {
  await talks(telephone, stage);
  telephone.play({ do: 'loseConnection', forMs: 10_000_000 });
});
export const SignedOut: Story = story({ auth: fakeAuth('signed-out'), customerId: null });
/** The page has named no telephone system. */
export const NoSystem: Story = {
  render: (args) => phone(found(), undefined, args, 360),
};
