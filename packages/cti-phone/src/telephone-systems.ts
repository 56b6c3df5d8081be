import type { JioAssistClient } from '@jioassist/core-sdk';
import type { CtiProvider } from './model/index.ts';

/** What a telephone system gets to connect with. */
export interface SystemContext {
  readonly client: JioAssistClient;
  /** What of it is to be played, for systems that can be told. */
  readonly scenario: string;
}

type Connect = (context: SystemContext) => CtiProvider;

/** Simulated calls outlive the page, as real ones do, where the browser allows it. */
function keeping(): { readonly keeping?: Storage } {
  try {
    return { keeping: globalThis.localStorage };
  } catch {
    return {};
  }
}

/** The telephone systems by name. Each is loaded when a phone wants it. */
const systems = new Map<string, () => Promise<Connect>>([
  [
    'simulator',
    async () => {
      const { SCENARIO_NAMES, SimulatorProvider } = await import('./providers/simulator/index.ts');
      return ({ scenario }) => {
        const name = SCENARIO_NAMES.find((each) => each === scenario);
        return new SimulatorProvider({ scenario: name ?? 'quiet', ...keeping() });
      };
    },
  ],
]);

/**
 * Adds a telephone system, to be named by the attribute `system` of `<jio-cti-phone>`.
 *
 * @example addTelephoneSystem('ours', async () => (await import('./ours.js')).connect);
 * @group Telephone systems
 */
export function addTelephoneSystem(name: string, load: () => Promise<Connect>): void {
  systems.set(name, load);
}

export const isTelephoneSystem = (name: string): boolean => systems.has(name);

/** @throws when there is no such system, or its code does not come. */
export async function connectTo(name: string, context: SystemContext): Promise<CtiProvider> {
  const load = systems.get(name);
  if (!load) throw new Error(`There is no telephone system "${name}".`);
  return (await load())(context);
}
