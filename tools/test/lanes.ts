import type { Step, StepResult } from './step.ts';

export interface Handlers {
  readonly run: (step: Step) => Promise<StepResult>;
  /** Says what becomes of a step that is not run, because `failed`, which it needs, has failed. */
  readonly skip: (step: Step, failed: string) => StepResult;
}

/**
 * Runs steps in their order. Those that share run beside each other, as many at once as there are lanes, also before
 * one that waits until it is alone.
 */
export async function runInLanes(
  steps: readonly Step[],
  lanes: number,
  { run, skip }: Handlers,
): Promise<StepResult[]> {
  const results = new Map<string, StepResult>();
  const running = new Map<Step, Promise<void>>();
  let waiting = [...steps];

  const hasRoom = (step: Step): boolean =>
    running.size === 0 || (running.size < lanes && [step, ...running.keys()].every(({ shares }) => shares));
  const isFree = ({ needs = [], after = [] }: Step): boolean => {
    const unfinished = [...waiting, ...running.keys()];
    return !unfinished.some(({ name }) => [...needs, ...after].includes(name));
  };
  const start = async (step: Step): Promise<void> => {
    const broken = step.needs?.find((name) => results.get(name)?.failed);
    results.set(step.name, await (broken === undefined ? run(step) : skip(step, broken)));
    running.delete(step);
  };

  while (waiting.length + running.size > 0) {
    const next = waiting.find((step) => hasRoom(step) && isFree(step));
    if (next) {
      waiting = waiting.filter((step) => step !== next);
      running.set(next, start(next));
    } else if (running.size > 0) {
      await Promise.race(running.values());
    } else {
      throw new Error(`Nothing can come before ${waiting.map(({ name }) => name).join(', ')}.`);
    }
  }
  return [...results.values()];
}
