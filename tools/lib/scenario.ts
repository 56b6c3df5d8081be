import { signIn } from '../../gateway/src/auth/headless-sign-in.ts';
import { scenarioNames, stories, type ScenarioName } from '../../gateway/src/scenario/stories.ts';
import type { Arguments } from './options.ts';
import { Sentence } from './stop.ts';

/** A fault to be played on the simulated network. */
export interface ScenarioWish {
  name: ScenarioName;
  seed: number;
  speed: number;
}

export const scenarioHelp = scenarioNames.join(', ');

/** Reads the options `scenario`, `seed` and `speed`; undefined when no scenario is asked for. */
export function readScenario({ values }: Arguments): ScenarioWish | undefined {
  const asked = values['scenario'];
  if (asked === undefined) {
    const alone = ['seed', 'speed'].find((option) => values[option] !== undefined);
    if (alone !== undefined) throw new Sentence(`--${alone} belongs to --scenario.`);
    return undefined;
  }
  const name = scenarioNames.find((each) => each === asked);
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
  const url = `${gatewayUrl}/jioassist/v1/scenario`;
  const authorization = `Bearer ${accessToken}`;
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
