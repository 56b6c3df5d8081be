import { availableParallelism } from 'node:os';
import { ensureChromium } from './lib/chromium.ts';
import { killCommands } from './lib/command.ts';
import { readArguments } from './lib/options.ts';
import { bold, dim, green, red, seconds, yellow } from './lib/progress.ts';
import { runMain, Sentence } from './lib/stop.ts';
import { runInLanes } from './test/lanes.ts';
import { Running } from './test/running.ts';
import { sum, type Counts, type Step, type StepResult } from './test/step.ts';
import { steps } from './test/steps.ts';

const defaultMinutes = 3;
const titleWidth = Math.max(...steps.map(({ title }) => title.length)) + 2;

const help = `npm test [-- options]
Runs every check and test; the last line sums them up.

  --only NAMES   only these steps, separated by commas
  --verbose      show all output while it comes
  --help         this text

Steps: ${steps.map(({ name }) => name).join(', ')}`;

function chooseSteps(only: unknown): Step[] {
  if (typeof only !== 'string') return steps;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown === undefined) return steps.filter(({ name }) => names.includes(name));
  throw new Sentence(
    `There is no step "${unknown}". The steps are ${steps.map(({ name }) => name).join(', ')}.`,
  );
}

async function runStep(step: Step, running: Running, verbose: boolean): Promise<StepResult> {
  const started = performance.now();
  if (verbose) console.log(bold(`\n${step.title}`));
  running.add(step.title);
  const result = await attempt(step, verbose);
  running.remove(step.title);
  running.say(() => {
    report(step, result, started, verbose);
  });
  return result;
}

async function attempt(step: Step, stream: boolean): Promise<StepResult> {
  try {
    return await step.run({ stream, timeout: (step.minutes ?? defaultMinutes) * 60_000 });
  } catch (error) {
    const output = error instanceof Sentence ? error.message : String((error as Error).stack);
    return { passed: 0, failed: 1, output };
  }
}

function report(step: Step, result: StepResult, started: number, verbose: boolean): void {
  const mark = result.failed ? red('✗') : green('✓');
  const all = result.passed + result.failed;
  const what = `${all} ${step.unit}${all === 1 ? '' : 's'}`;
  const counts = result.failed ? red(`${result.failed} of ${what} failed`) : what;
  const note = result.note ? dim(`  ${result.note}`) : '';
  console.log(`${mark} ${step.title.padEnd(titleWidth)}${seconds(started).padStart(6)}  ${counts}${note}`);
  if (result.failed && !verbose) console.log(indent(result.output));
}

function indent(output: string): string {
  return output.trimEnd().replaceAll(/^(?=.)/gm, '    ');
}

function skip(step: Step, failed: string, running: Running): StepResult {
  running.say(() => {
    console.log(`${yellow('-')} ${step.title.padEnd(titleWidth)}        not run: ${failed} failed`);
  });
  return { passed: 0, failed: 1, output: '' };
}

async function runAll(chosen: Step[], verbose: boolean): Promise<Counts> {
  const running = new Running(!verbose);
  // Of two at once nobody could read what they say.
  const lanes = verbose ? 1 : availableParallelism();
  const results = await runInLanes(chosen, lanes, {
    run: (step) => runStep(step, running, verbose),
    skip: (step, failed) => skip(step, failed, running),
  });
  return sum(results);
}

await runMain(async () => {
  const { values } = readArguments({
    name: 'npm test',
    help,
    options: { only: { type: 'string' }, verbose: { type: 'boolean' } },
  });
  const chosen = chooseSteps(values['only']);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      killCommands();
      process.exit(130);
    });
  }
  const started = performance.now();
  if (chosen.some(({ browser }) => browser)) await ensureChromium();
  const { passed, failed } = await runAll(chosen, values['verbose'] === true);
  console.log(dim(`\nin ${seconds(started)}`));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
