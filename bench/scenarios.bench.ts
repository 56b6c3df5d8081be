import { scenarioNames } from '../gateway/src/scenario/stories.ts';
import { VirtualNetwork } from '../gateway/test-support/virtual-network.ts';
import { median, type BenchResult, type Metric } from './lib/result.ts';
import { playScenario, type ScenarioOutcome } from './lib/scenario-run.ts';

export const about = 'which alarms 50 seeded faults of the simulated network lead to, and how soon';

/** Each is an operator of its own, at an hour of its own (India): asleep, morning, afternoon, the evening peak, night. */
const networks = [
  { seed: 7, at: '2026-11-24T04:00:00+05:30' },
  { seed: 8, at: '2026-11-25T10:30:00+05:30' },
  { seed: 9, at: '2026-11-26T15:00:00+05:30' },
  { seed: 10, at: '2026-11-27T20:30:00+05:30' },
  { seed: 11, at: '2026-11-28T23:30:00+05:30' },
] as const;
const RUNS = 50;
const SPEED = 60;
/** Seconds of quiet before the first fault. */
const QUIET = 60;

export async function run(): Promise<BenchResult> {
  const outcomes: ScenarioOutcome[] = [];
  for (const [index, { seed, at }] of networks.entries()) {
    const network = await VirtualNetwork.open({ seed, now: Date.parse(at) }, fail);
    await network.pass(QUIET);
    for (let number = index; number < RUNS; number += networks.length) {
      const name = scenarioNames[number % scenarioNames.length] ?? scenarioNames[0];
      const outcome = await playScenario(network, seed, { name, seed: number, speed: SPEED });
      outcomes.push(outcome);
      for (const alarm of outcome.wrong) console.log(`no fault behind it: ${name} ${number}, ${alarm}`);
      if (outcome.found < outcome.expected) console.log(`not in time: ${name} ${number}`);
      if (!outcome.cause) console.log(`cause not right: ${name} ${number}`);
    }
    await network.close();
  }
  return { bench: 'scenarios', metrics: metricsOf(outcomes) };
}

function metricsOf(outcomes: readonly ScenarioOutcome[]): Metric[] {
  const sum = (count: (outcome: ScenarioOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const right = sum((outcome) => outcome.right);
  const wrong = sum(({ wrong: alarms }) => alarms.length);
  const found = sum((outcome) => outcome.found);
  const expected = sum((outcome) => outcome.expected);
  const timed = outcomes.filter((outcome) => outcome.expected > 0).flatMap(({ seconds }) => seconds ?? []);
  const atLeast = { op: '>=', value: 0.95 } as const;
  return [
    metric('precision', right / (right + wrong), '', atLeast),
    metric('recall within 10 s', found / expected, '', atLeast),
    metric('runs with the cause right', sum(({ cause }) => Number(cause)) / outcomes.length, '', atLeast),
    metric('runs', outcomes.length, ''),
    metric('alarms on struck services', right, ''),
    metric('alarms on services that are well', wrong, ''),
    metric(
      'alarms on services with faults of their own',
      sum(({ others }) => others),
      '',
    ),
    metric('time until all alarms are there, median', median(timed), 's'),
    metric('time until all alarms are there, longest', Math.max(...timed), 's'),
  ];
}

const metric = (name: string, value: number, unit: string, goal: Metric['goal'] = null): Metric => ({
  name,
  value,
  unit,
  goal,
  beside: [],
});

function fail(error: unknown): never {
  throw error;
}
