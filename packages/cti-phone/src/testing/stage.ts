import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { buildCustomer, fakeAuth, FakeGateway, type ElementSetup } from '@jioassist/core-sdk/testing';
import type { JioAssist } from '@jioassist/core-sdk/lit';
import { fixture, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import '@jioassist/core-sdk/define.js';
import '../define.js';
import type { JioCtiPhone } from '../index.js';
import type { CtiEvent, CtiProvider } from '../model/index.ts';
import { SimulatorProvider, type Step } from '../providers/simulator/index.ts';

export const PATIENT = { timeout: 4_000 };
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
  /** What there was on the page before it was loaded again. */
  readonly before?: Stage;
}

export interface Stage extends ElementSetup {
  readonly element: JioCtiPhone;
  readonly gateway: FakeGateway;
  readonly telephone: SimulatorProvider;
  readonly agent: string;
  readonly kept: Map<string, string>;
}

const customersNamed = (names: readonly string[]) =>
  names.map((name, index) => buildCustomer({ id: `C-${index + 1}`, name }));

export async function setUp({
  customers = ['Meera Nair'],
  prepare,
  before,
  ...more
}: Setting = {}): Promise<Stage> {
  const kept = before?.kept ?? new Map<string, string>();
  const keeping = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const telephone = new SimulatorProvider({ speed: 20, keeping });
  const provider = 'provider' in more ? more.provider : telephone;
  const gateway = before?.gateway ?? new FakeGateway({ customers: customersNamed(customers) });
  gateway.answer('/jioassist/v1/badge', () =>
    Response.json([{ id: 'outage', severity: 'critical', title: { en: 'Outage in Pune' } }]),
  );
  prepare?.(gateway);
  const agent = before?.agent ?? `caller-${(agents += 1)}`;
  const auth = more.auth ?? fakeAuth('signed-in', undefined, agent);
  const client = createJioAssist({ gateway: gateway.url, fetch: gateway.fetch, auth });
  clients.push(client);
  const page = await fixture<JioAssist>(
    html`<jio-assist .client=${client}
      ><jio-cti-phone ring="" .provider=${provider} .dispositions=${DISPOSITIONS}></jio-cti-phone
    ></jio-assist>`,
  );
  return {
    element: page.querySelector('jio-cti-phone') as JioCtiPhone,
    client,
    gateway,
    telephone,
    agent,
    kept,
  };
}

export const becomes = (element: HTMLElement, state: string) =>
  waitUntil(() => element.dataset['state'] === state, `becomes ${state}`, PATIENT);
export const root = (element: Element) => element.shadowRoot as ShadowRoot;
export const part = (element: Element, name: string): HTMLElement | null =>
  root(element).querySelector<HTMLElement>(`[part~='${name}']`);
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** A part one can write in or choose from. */
export const field = (element: Element, name: string): Field | null => part(element, name) as Field | null;
export const text = (element: Element) =>
  root(element).querySelector('.base')?.textContent.replace(/\s+/g, ' ') ?? '';
export const shows = (element: Element, words: string) =>
  waitUntil(() => text(element).includes(words), `shows "${words}"`, PATIENT);
export const press = async (element: Element, name: string) => {
  await waitUntil(() => part(element, name), `there is ${name}`, PATIENT);
  part(element, name)?.click();
};
export const type = (into: Element | null, value: string) => {
  if (!into) throw new Error('no such field');
  (into as Field).value = value;
  into.dispatchEvent(new Event(into.localName === 'select' ? 'change' : 'input', { bubbles: true }));
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

let consoleError = console.error;

/** For each file's `beforeEach`: what the SDK says of the errors that a test wants is not printed. */
export function openHouse(): void {
  consoleError = console.error;
  console.error = () => undefined;
}

/** For each file's `afterEach`: takes away what a test has put on the page and written down. */
export async function clearHouse(): Promise<void> {
  fixtureCleanup();
  for (const client of clients) client.dispose();
  clients = [];
  console.error = consoleError;
  for (const { name } of await indexedDB.databases())
    if (name?.includes(' caller-')) indexedDB.deleteDatabase(name);
}
