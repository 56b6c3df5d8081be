import {
  SCENARIOS,
  type ScenarioName,
  type Step,
  type TimedStep,
} from '@jioassist/cti-phone/scenarios/source';
import { fraction, hash } from '../../measurement/noise.ts';
import type { Party, SwitchCall } from './call.ts';
import { callOperations } from './call-operations.ts';
import { callParty, leave } from './outside.ts';
import type { Caller, Run } from './switch-state.ts';
import type { TelephoneSwitch } from './telephone-switch.ts';
import { pairsOf } from './user-data.ts';

/** What goes wrong on the way, which is no matter of the switch. */
export type Fault = Exclude<
  Step,
  { do: 'ring' | 'leave' | 'takeElsewhere' | 'transferIn' | 'startRecording' }
>;

const PATIENCE = 10 * 60_000;
const MOST_WAITING = 100;
const MOST_RUNS = 50;

export const isCallScenario = (name: unknown): name is ScenarioName =>
  typeof name === 'string' && Object.hasOwn(SCENARIOS, name);

const stepsOf = (name: string): readonly TimedStep[] => SCENARIOS[name as ScenarioName];

/** Plays a scenario to an agent, in place of what is played already. */
export function startRun(on: TelephoneSwitch, run: Omit<Run, 'stepsDone'>): void {
  const { agentId } = run;
  stopRun(on, agentId);
  on.state.runs = [...on.state.runs, { ...run, stepsDone: 0 }].slice(-MOST_RUNS);
  scheduleStep(on, agentId);
}

export function stopRun(on: TelephoneSwitch, agentId: string): boolean {
  const before = on.state.runs.length;
  on.state.runs = on.state.runs.filter((run) => run.agentId !== agentId);
  on.state.waiting = on.state.waiting.filter((waiting) => waiting.agentId !== agentId);
  on.state.due = on.state.due.filter(({ act }) => act.do !== 'playStep' || act.agentId !== agentId);
  on.changed();
  return on.state.runs.length < before;
}

/** Give or take a fifth, and the same for the same seed. */
function scheduleStep(on: TelephoneSwitch, agentId: string): void {
  const run = on.state.runs.find((each) => each.agentId === agentId);
  const next = run && stepsOf(run.name)[run.stepsDone];
  if (!run || !next) return;
  const spread = 0.8 + 0.4 * fraction(hash(run.seed, run.stepsDone));
  on.later((next.after * spread) / run.speed, { do: 'playStep', agentId });
}

/** Does the next step of an agent's scenario; what goes wrong on the way is given back. */
export function playStep(on: TelephoneSwitch, agentId: string): Fault | undefined {
  const run = on.state.runs.find((each) => each.agentId === agentId);
  const next = run && stepsOf(run.name)[run.stepsDone];
  if (!run || !next) return undefined;
  run.stepsDone += 1;
  scheduleStep(on, agentId);
  const { step } = next;
  if (isFault(step)) return step;
  act(on, run, step);
  return undefined;
}

const isFault = (step: Step): step is Fault =>
  step.do === 'refuseNext' || step.do === 'ignoreNext' || step.do === 'loseConnection';

function act(on: TelephoneSwitch, run: Run, step: Exclude<Step, Fault>): void {
  if (step.do === 'ring' || step.do === 'transferIn') return enqueue(on, run.agentId, callerOf(step, run));
  const dn = on.state.lines.find(({ agentId }) => agentId === run.agentId)?.dn;
  const calls = dn === undefined ? [] : on.liveCallsAt(dn);
  const isIn = (state: Party['state']) => (call: SwitchCall) => on.partyIn(call, dn ?? '').state === state;
  const ringing = calls.findLast(isIn('Ringing'));
  const speaking = calls.find(isIn('Established'));
  if (step.do === 'startRecording' && dn !== undefined && speaking)
    callOperations['start-recording']({ on, call: speaking, party: on.partyIn(speaking, dn), wish: {} });
  if (!ringing || dn === undefined) return;
  if (step.do === 'leave') leave(on, ringing, callerIn(ringing));
  if (step.do === 'takeElsewhere') leave(on, ringing, on.partyIn(ringing, dn));
}

const callerIn = ({ parties }: SwitchCall): Party =>
  parties.find(({ role }) => role === 'RoleOrigination') as Party;

/** The first who calls is the one the scenario was started with. */
function callerOf(step: Extract<Step, { do: 'ring' | 'transferIn' }>, run: Run): Caller {
  const isFirst = run.stepsDone === 1;
  const attached = { ...(step.do === 'transferIn' && { TransferredFrom: step.from }), ...step.attachedData };
  const own = { number: step.number, ...('dialled' in step && { dialled: step.dialled, queue: step.queue }) };
  const given = isFirst ? run.caller : {};
  const queue = given.queue ?? own.queue;
  const dialled = given.dialled ?? own.dialled;
  return {
    number: given.number ?? own.number,
    ...(queue !== undefined && { queue }),
    ...(dialled !== undefined && { dialled }),
    userData: [...pairsOf(attached), ...(given.userData ?? [])],
  };
}

function enqueue(on: TelephoneSwitch, agentId: string, caller: Caller): void {
  on.state.waiting = [...on.state.waiting, { agentId, caller, until: on.now() + PATIENCE }].slice(
    -MOST_WAITING,
  );
  distribute(on);
}

/** Lets those ring whose agent is ready. */
export function distribute(on: TelephoneSwitch): void {
  const { waiting, lines } = on.state;
  const isReady = ({ agentId }: { agentId: string }) =>
    lines.some((line) => line.agentId === agentId && line.state === 'Ready' && !line.isDnd);
  const now = waiting.filter(isReady);
  if (now.length === 0) return;
  on.state.waiting = waiting.filter((each) => !now.includes(each) && each.until > on.now());
  for (const { agentId, caller } of now) ring(on, agentId, caller);
}

function ring(on: TelephoneSwitch, agentId: string, caller: Caller): void {
  const line = on.state.lines.find((each) => each.agentId === agentId);
  if (!line) return;
  const outside: Party = { dn: caller.number, role: 'RoleOrigination', isAgent: false, state: 'Dialing' };
  const call = on.addCall({
    callType: 'Inbound',
    ani: caller.number,
    ...(caller.dialled !== undefined && { dnis: caller.dialled }),
    ...(caller.queue !== undefined && { queue: caller.queue }),
    parties: [outside],
    userData: [...caller.userData],
  });
  callParty(on, call, line.dn, 'RoleDestination');
}
