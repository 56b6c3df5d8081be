import { createJioAssist, type AuthProvider } from '@jioassist/core-sdk';
import '@jioassist/core-sdk/define.js';
import { fakeAuth, FakeGateway, type FakeData } from '@jioassist/core-sdk/testing';
import { html, type TemplateResult } from 'lit';

/** A state of the world for a story, chosen by name and not built inside it. */
export interface World {
  readonly data?: FakeData;
  readonly auth?: AuthProvider;
  /** `null`: no record is open. Default: `C-1`. */
  readonly customerId?: string | null;
  /** Ids of services whose values move, one a second. */
  readonly live?: readonly string[];
  /** Values of some KPIs of live services, in place of the usual ones. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Changes what the gateway answers, before the story starts. */
  readonly prepare?: (gateway: FakeGateway) => void;
  /** Changes something once the story shows its values. */
  readonly then?: (gateway: FakeGateway) => void;
}

const endings: (() => void)[] = [];

/** Ends what the stories before began; goes into a story file's `beforeEach`. */
export function endWorlds(): void {
  for (const end of endings.splice(0)) end();
}

/** Shows widgets inside a provider that lives in a world. */
export function inWorld(world: World, widgets: TemplateResult): TemplateResult {
  const gateway = new FakeGateway(world.data);
  world.prepare?.(gateway);
  const client = createJioAssist({
    gateway: gateway.url,
    fetch: gateway.fetch,
    auth: world.auth ?? fakeAuth(),
  });
  endings.push(() => {
    client.dispose();
  });
  if (world.customerId !== null) client.customer.set({ customerId: world.customerId ?? 'C-1' });
  if (world.live) keepAlive(gateway, world.live, world.values ?? {});
  if (world.then) onceLoaded(gateway, world.then);
  return html`<jio-assist .client=${client}>${widgets}</jio-assist>`;
}

function keepAlive(
  gateway: FakeGateway,
  serviceIds: readonly string[],
  values: NonNullable<World['values']>,
): void {
  const timer = setInterval(() => {
    for (const id of serviceIds) gateway.tick(id, Date.now(), values[id]);
  }, 1000);
  endings.push(() => {
    clearInterval(timer);
  });
}

/** The measurements are the last thing a widget asks for; a moment later they are on the screen. */
function onceLoaded(gateway: FakeGateway, then: (gateway: FakeGateway) => void): void {
  const timer = setInterval(() => {
    if (!gateway.requests.some((request) => request.includes('/measurement'))) return;
    clearInterval(timer);
    then(gateway);
  }, 200);
  endings.push(() => {
    clearInterval(timer);
  });
}
