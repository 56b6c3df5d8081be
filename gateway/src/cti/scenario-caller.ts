import type { ScenarioName } from '@jioassist/cti-phone/scenarios/source';
import type { ScenarioPlayer } from '../scenario/player.ts';
import { readRun } from '../scenario/run-store.ts';
import type { Queryable } from '../store/database.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';
import type { Caller } from './switch/switch-state.ts';

/** The customer who calls, where the scenario is about one. */
const CUSTOMER_OF: Partial<Record<ScenarioName, string>> = { inbound: 'C-1001' };

/** Who calls in a scenario, as the switch needs to know it. A cut cable is cut first, and one of those it strikes calls. */
export async function callerOf(
  tx: Queryable,
  player: ScenarioPlayer,
  { name, seed, speed }: { name: ScenarioName; seed: number; speed: number },
): Promise<Partial<Caller>> {
  const customerId =
    name === 'inbound-fibre-cut' ? await struckCustomer(tx, player, { seed, speed }) : CUSTOMER_OF[name];
  const number = customerId === undefined ? undefined : await numberOf(tx, customerId);
  return number === undefined ? {} : { number };
}

async function struckCustomer(
  tx: Queryable,
  player: ScenarioPlayer,
  { seed, speed }: { seed: number; speed: number },
): Promise<string | undefined> {
  const running = await readRun(tx);
  const run =
    running?.name === 'fibre-cut'
      ? running
      : await player.start(tx, { name: 'fibre-cut', seed, speed }, Date.now());
  return run.customerIds[0];
}

async function numberOf(tx: Queryable, customerId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ document: Record<string, unknown> }>(
    "select document from resource where kind = 'customer' and id = $1",
    [customerId],
  );
  const media = listAt(row?.document ?? {}, 'contactMedium');
  const medium = media.find(({ mediumType }) => mediumType === 'phoneNumber');
  return textAt(medium, 'characteristic.phoneNumber');
}
