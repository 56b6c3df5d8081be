import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { buildCustomer, fakeAuth, FakeGateway, type ElementSetup } from '@jioassist/core-sdk/testing';
import type { JioAssist } from '@jioassist/core-sdk/lit';
import { fixture, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import '@jioassist/core-sdk/define.js';
import '../define.js';
import type { JioCtiPhone } from '../index.js';
import type { CtiEvent, CtiProvider } from '../model/index.ts';
import { SimulatorProvider, type Step } from '../providers/simulator/index.ts';

export const PATIENT = { timeout: 10_000 };
const INTERACTIONS = '/tmf-api/partyInteraction/v4/partyInteraction';
export const RING: Step = {
  do: 'ring',
  number: '+919774853323',
  queue: 'Fibre support',
  attachedData: { Reason: 'No internet' },
};
const DISPOSITIONS = [
  { code: 'solved', label: 'Solved' },
  { code: 'later', label: 'Call back later' },
];

let agents = 0;
let clients: JioAssistClient[] = [];

interface Setting {
  readonly provider?: CtiProvider | undefined;
  readonly customers?: readonly string[];
  readonly auth?: ReturnType<typeof fakeAuth>;
  readonly prepare?: (gateway: FakeGateway) => void;
}

export interface Stage extends ElementSetup {
  readonly element: JioCtiPhone;
  readonly gateway: FakeGateway;
  readonly telephone: SimulatorProvider;
}

const customersNamed = (names: readonly string[]) =>
  names.map((name, index) => buildCustomer({ id: `C-${index + 1}`, name }));

export async function setUp({ customers = ['Meera Nair'], prepare, ...more }: Setting = {}): Promise<Stage> {
  const telephone = new SimulatorProvider({ speed: 20 });
  const provider = 'provider' in more ? more.provider : telephone;
  const gateway = new FakeGateway({ customers: customersNamed(customers) });
  gateway.answer('/jioassist/v1/badge', () =>
    Response.json([{ id: 'outage', severity: 'critical', title: { en: 'Outage in Pune' } }]),
  );
  prepare?.(gateway);
  const auth = more.auth ?? fakeAuth('signed-in', undefined, `caller-${(agents += 1)}`);
  const client = createJioAssist({ gateway: gateway.url, fetch: gateway.fetch, auth });
  clients.push(client);
  const page = await fixture<JioAssist>(
    html`<jio-assist .client=${client}
      ><jio-cti-phone ring="" .provider=${provider} .dispositions=${DISPOSITIONS}></jio-cti-phone
    ></jio-assist>`,
  );
  return { element: page.querySelector('jio-cti-phone') as JioCtiPhone, client, gateway, telephone };
}

export const becomes = (element: HTMLElement, state: string) =>
  waitUntil(() => element.dataset['state'] === state, `becomes ${state}`, PATIENT);
export const root = (element: Element) => element.shadowRoot as ShadowRoot;
export const part = <T extends HTMLElement = HTMLElement>(element: Element, name: string) =>
  root(element).querySelector<T>(`[part~='${name}']`);
export const text = (element: Element) =>
  root(element).querySelector('.base')?.textContent.replace(/\s+/g, ' ') ?? '';
export const shows = (element: Element, words: string) =>
  waitUntil(() => text(element).includes(words), `shows "${words}"`, PATIENT);
export const press = async (element: Element, name: string) => {
  await waitUntil(() => part(element, name), `there is ${name}`, PATIENT);
  part(element, name)?.click();
};
export const type = (
  field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null,
  value: string,
) => {
  if (!field) throw new Error('no such field');
  field.value = value;
  field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
};

export async function ringing(setting: Setting = {}): Promise<Stage> {
  const stage = await setUp(setting);
  await becomes(stage.element, 'ready');
  stage.telephone.play(RING);
  await becomes(stage.element, 'alerting');
  return stage;
}

export async function answered(setting: Setting = {}): Promise<Stage> {
  const stage = await ringing(setting);
  await press(stage.element, 'answer');
  await becomes(stage.element, 'in-call');
  return stage;
}

export async function over(setting: Setting = {}): Promise<Stage> {
  const stage = await answered(setting);
  await press(stage.element, 'hangUp');
  await becomes(stage.element, 'wrap-up');
  return stage;
}

interface Interaction {
  relatedParty: { id: string; role: string }[];
  interactionItem: { reason: string; resolution?: string; item?: { id: string } }[];
  note: { text: string }[];
  status: string;
}

/** What the gateway would hold: the interaction with its patches applied. */
export function interactions(gateway: FakeGateway): Interaction[] {
  const ours = gateway.changes.filter(({ path }) => path.startsWith(INTERACTIONS));
  const opened = ours.filter(({ method }) => method === 'POST');
  return opened.map(({ key, body }) => {
    const interaction = structuredClone(body) as Interaction;
    const patches = ours.filter(({ path }) => path === `${INTERACTIONS}/${key}`);
    for (const { body: operations } of patches)
      for (const { path, value } of operations as { path: string; value: never }[])
        if (path === '/status') interaction.status = value;
        else (interaction[path.split('/')[1] as 'note'] as unknown[]).push(value);
    return interaction;
  });
}
export const reasons = (gateway: FakeGateway) =>
  interactions(gateway)[0]?.interactionItem.map(({ reason }) => reason);

/** A telephone system that does only what a test tells. */
export function scripted(): { provider: CtiProvider; tell: (event: CtiEvent) => void; commands: string[] } {
  let tell: (event: CtiEvent) => void = () => undefined;
  const commands: string[] = [];
  const provider: CtiProvider = {
    name: 'scripted',
    capabilities: { media: 'external', canDial: true, hasAgentState: true },
    start: (listener) => {
      tell = listener;
      tell({ type: 'connection', connection: { state: 'connecting' } });
      tell({ type: 'connection', connection: { state: 'online' } });
    },
    stop: () => Promise.resolve(),
    resync: () => undefined,
    perform: ({ name }) => {
      commands.push(name);
      return new Promise(() => undefined);
    },
  };
  return {
    provider,
    tell: (event) => {
      tell(event);
    },
    commands,
  };
}

/** Takes away what a test has put on the page and written down; for each file's `beforeEach` and `afterEach`. */
export const house = {
  error: console.error,
  open(): void {
    house.error = console.error;
    console.error = () => undefined;
  },
  async clear(): Promise<void> {
    fixtureCleanup();
    for (const client of clients) client.dispose();
    clients = [];
    console.error = house.error;
    for (const { name } of await indexedDB.databases())
      if (name?.includes(' caller-')) indexedDB.deleteDatabase(name);
  },
};
