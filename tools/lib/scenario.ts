import { signIn } from '../../gateway/src/auth/headless-sign-in.ts';
import { scenarioNames, stories, type ScenarioName } from '../../gateway/src/scenario/stories.ts';
import {
  SCENARIO_NAMES as callScenarioNames,
  type ScenarioName as CallScenarioName,
} from '../../packages/cti-phone/src/providers/simulator/scenarios.ts';
import type { Arguments } from './options.ts';
import { Sentence } from './stop.ts';

/** A fault to be played on the simulated network, or calls on the simulated telephone system. */
export interface ScenarioWish {
  name: ScenarioName | CallScenarioName;
  seed: number;
  speed: number;
}

const names = [...scenarioNames, ...callScenarioNames];
export const scenarioHelp = names.join(', ');
const CALLED_AGENT = 'asha';

/** Reads the options `scenario`, `seed` and `speed`; undefined when no scenario is asked for. */
export function readScenario({ values }: Arguments): ScenarioWish | undefined {
  const asked = values['scenario'];
  if (asked === undefined) {
    const alone = ['seed', 'speed'].find((option) => values[option] !== undefined);
    if (alone !== undefined) throw new Sentence(`--${alone} belongs to --scenario.`);
    return undefined;
  }
  const name = names.find((each) => each === asked);
  if (!name) throw new Sentence(`There is no scenario "${String(asked)}"; there is ${scenarioHelp}.`);
  return {
    name,
    seed: readNumber(values['seed'], 'seed', 1),
    speed: readNumber(values['speed'], 'speed', 1),
  };
}

function readNumber(text: string | boolean | undefined, option: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new Sentence(`--${option} must be a number, not "${String(text)}".`);
}

/** Plays it in place of what is played already; resolves to a sentence that says where to look. */
export async function playScenario(gatewayUrl: string, wish: ScenarioWish): Promise<string> {
  const { accessToken } = await signIn(gatewayUrl, { name: 'meera', password: 'welcome-meera' });
  const authorization = `Bearer ${accessToken}`;
  const fault = scenarioNames.find((each) => each === wish.name);
  return fault
    ? playFault(gatewayUrl, { ...wish, name: fault }, authorization)
    : playCalls(gatewayUrl, wish, authorization);
}

/** Calls come to one agent, once she is ready. */
async function playCalls(gatewayUrl: string, wish: ScenarioWish, authorization: string): Promise<string> {
  const response = await fetch(`${gatewayUrl}/jioassist/v1/cti/scenario`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ ...wish, agentId: CALLED_AGENT }),
  });
  const answer = (await response.json()) as { message?: string };
  if (!response.ok) throw new Sentence(`The scenario ${wish.name} cannot be played: ${answer.message ?? ''}`);
  return `${wish.name}: the telephone of ${CALLED_AGENT} rings when she is ready.`;
}

async function playFault(
  gatewayUrl: string,
  wish: ScenarioWish & { name: ScenarioName },
  authorization: string,
): Promise<string> {
  const url = `${gatewayUrl}/jioassist/v1/scenario`;
  await fetch(url, { method: 'DELETE', headers: { authorization } });
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  const answer = (await response.json()) as { message?: string; affectedCustomer?: { id: string }[] };
  if (!response.ok) throw new Sentence(`The scenario ${wish.name} cannot be played: ${answer.message ?? ''}`);
  const customers = (answer.affectedCustomer ?? []).map(({ id }) => id).join(', ');
  return `${wish.name}: ${stories[wish.name].description} Look at ${customers}.`;
}
