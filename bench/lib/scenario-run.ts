import { SOURCE } from '../../gateway/src/anomaly/alarms.ts';
import { measuredServices } from '../../gateway/src/measurement/measured-services.ts';
import { Network } from '../../gateway/src/measurement/network.ts';
import type { Wish } from '../../gateway/src/scenario/player.ts';
import { stories } from '../../gateway/src/scenario/stories.ts';
import type { ResourceDocument } from '../../gateway/src/tmf/declaration.ts';
import { listAt, textAt } from '../../gateway/src/tmf/tasks/document.ts';
import type { VirtualNetwork } from '../../gateway/test-support/virtual-network.ts';

const SECOND = 1_000;
/** Seconds within which an alarm is to be there. */
const WITHIN = 10;
/** Seconds within which the common cause is to be found. */
const CAUSE_WITHIN = 20;
/** Seconds for the network to recover, and for its alarms to clear, before the next run. */
const RECOVERY = 40;

/** What one scenario led to. */
export interface ScenarioOutcome {
  readonly name: string;
  readonly expected: number;
  /** Of the expected alarms, those that were there in time. */
  readonly found: number;
  /** Alarms on services that the scenario struck. */
  readonly right: number;
  /** Alarms on services with nothing wrong. */
  readonly wrong: readonly string[];
  /** Alarms on services that have another fault of their own. */
  readonly others: number;
  /** Seconds until all expected alarms were there. */
  readonly seconds: number | undefined;
  /** Whether one problem names the cause where several services have one, and none does where not. */
  readonly cause: boolean;
}

/** Plays one scenario, counts what the gateway made of it, and lets the network recover. */
export async function playScenario(
  network: VirtualNetwork,
  seed: number,
  wish: Wish,
): Promise<ScenarioOutcome> {
  const { database, player } = network;
  const before = (await ours(network, 'alarm', 'sourceSystemId')).length;
  const run = await database.transaction((tx) => player.start(tx, wish, network.now));
  const expected = run.serviceIds.flatMap((id) =>
    stories[wish.name].alarms.map((indicator) => `${id} ${indicator}`),
  );
  const raised = async () => (await ours(network, 'alarm', 'sourceSystemId')).slice(before);
  const found = async () => {
    const keys = new Set((await raised()).map(keyOf));
    return expected.filter((key) => keys.has(key)).length;
  };
  const seconds = await network.until(async () => (await found()) === expected.length, WITHIN);
  await network.pass(WITHIN - (seconds ?? WITHIN));
  const inTime = await found();
  await network.pass(CAUSE_WITHIN - WITHIN);
  const cause = await isCauseRight(network, run.serviceIds, expected.length > 0);
  const judged = await judge(network, seed, run.serviceIds, await raised());
  await database.transaction((tx) => player.stop(tx, network.now));
  await network.pass(RECOVERY);
  return { name: wish.name, expected: expected.length, found: inTime, ...judged, seconds, cause };
}

async function judge(
  network: VirtualNetwork,
  seed: number,
  struck: readonly string[],
  alarms: readonly ResourceDocument[],
): Promise<Pick<ScenarioOutcome, 'right' | 'wrong' | 'others'>> {
  const services = new Map(
    (await measuredServices(network.database, network.now)).map((each) => [each.id, each]),
  );
  const model = new Network(seed);
  const wrong: string[] = [];
  let [right, others] = [0, 0];
  for (const alarm of alarms) {
    const id = textAt(alarm, 'alarmedObject.id') ?? '';
    const service = services.get(id);
    if (struck.includes(id)) right += 1;
    else if (service && wasTroubled(model, service, alarm, network.now)) others += 1;
    else wrong.push(`${keyOf(alarm)}: ${String(alarm.alarmDetails)}`);
  }
  return { right, wrong, others };
}

function wasTroubled(
  model: Network,
  service: Parameters<Network['isTroubled']>[0],
  alarm: ResourceDocument,
  now: number,
): boolean {
  const since = Date.parse(textAt(alarm, 'evidence.since') ?? '');
  for (let time = since; time <= now; time += SECOND) if (model.isTroubled(service, time)) return true;
  return false;
}

/** One fault of several services is one problem, with all of them; anything else has none. */
async function isCauseRight(
  network: VirtualNetwork,
  struck: readonly string[],
  hasAlarms: boolean,
): Promise<boolean> {
  const problems = await ours(network, 'serviceProblem', 'originatingSystem');
  const open = problems.filter(({ status }) => status !== 'resolved');
  const about = open.filter((problem) => idsAt(problem, 'affectedService').some((id) => struck.includes(id)));
  if (struck.length < 2 || !hasAlarms) return about.length === 0;
  const [problem, second] = about;
  if (!problem || second) return false;
  const services = idsAt(problem, 'affectedService');
  return idsAt(problem, 'rootCauseResource').length === 1 && services.length === struck.length;
}

const keyOf = (alarm: ResourceDocument): string =>
  `${textAt(alarm, 'alarmedObject.id') ?? ''} ${String(alarm.specificProblem)}`;

const ours = (
  network: VirtualNetwork,
  kind: 'alarm' | 'serviceProblem',
  attribute: string,
): Promise<ResourceDocument[]> => network.resources(kind, { [attribute]: SOURCE });

const idsAt = (document: ResourceDocument, attribute: string): string[] =>
  listAt(document, attribute).map(({ id }) => String(id));
