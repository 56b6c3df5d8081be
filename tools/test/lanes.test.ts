import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInLanes } from './lanes.ts';
import type { Step, StepResult } from './step.ts';
import { steps } from './steps.ts';

const passed: StepResult = { passed: 1, failed: 0, output: '' };

/** Steps that end when they are told to, and what of them is under way. */
class Rehearsal {
  readonly running = new Set<string>();
  readonly skipped: string[] = [];
  readonly #ends = new Map<string, (result: StepResult) => void>();

  readonly run = ({ name }: Step): Promise<StepResult> => {
    this.running.add(name);
    return new Promise((resolve) => this.#ends.set(name, resolve));
  };

  readonly skip = ({ name }: Step, failed: string): StepResult => {
    this.skipped.push(`${name}: ${failed}`);
    return { ...passed, failed: 1 };
  };

  async end(name: string, result = passed): Promise<string[]> {
    this.running.delete(name);
    this.#ends.get(name)?.(result);
    // What an end sets going is started before the next turn of the event loop.
    await new Promise(setImmediate);
    return [...this.running];
  }
}

const step = (name: string, more: Partial<Step> = {}): Step => ({
  name,
  title: name,
  unit: 'test',
  run: () => Promise.resolve(passed),
  ...more,
});
const sharing = (name: string, more: Partial<Step> = {}): Step => step(name, { shares: true, ...more });

describe('steps in lanes', () => {
  it('run one after the other, when they do not share', async () => {
    const play = new Rehearsal();
    const done = runInLanes([step('a'), step('b')], 2, play);
    assert.deepEqual([...play.running], ['a']);
    assert.deepEqual(await play.end('a'), ['b']);
    await play.end('b');
    assert.equal((await done).length, 2);
  });

  it('run beside each other, when they share, and as many as there are lanes', async () => {
    const play = new Rehearsal();
    const done = runInLanes([sharing('a'), sharing('b'), sharing('c'), step('d')], 2, play);
    assert.deepEqual([...play.running], ['a', 'b']);
    assert.deepEqual(await play.end('b'), ['a', 'c']);
    assert.deepEqual(await play.end('c'), ['a'], 'd waits until it is alone');
    assert.deepEqual(await play.end('a'), ['d']);
    await play.end('d');
    await done;
  });

  it('have each step alone on a machine with one processor', () => {
    const play = new Rehearsal();
    void runInLanes([sharing('a'), sharing('b')], 1, play);
    assert.deepEqual([...play.running], ['a']);
  });

  it('wait for what comes before, whatever becomes of it', async () => {
    const play = new Rehearsal();
    void runInLanes([sharing('a'), sharing('b', { after: ['a'] }), sharing('c')], 2, play);
    assert.deepEqual([...play.running], ['a', 'c']);
    assert.deepEqual(await play.end('a', { ...passed, failed: 1 }), ['c', 'b']);
  });

  it('leave out what needs a step that failed, and what is not asked for needs nothing', async () => {
    const play = new Rehearsal();
    const done = runInLanes(
      [step('a'), step('b', { needs: ['a'] }), step('c', { needs: ['build'] })],
      2,
      play,
    );
    assert.deepEqual(await play.end('a', { ...passed, failed: 1 }), ['c']);
    assert.deepEqual(play.skipped, ['b: a']);
    await play.end('c');
    assert.deepEqual(
      (await done).map(({ failed }) => failed),
      [1, 1, 0],
    );
  });
});

describe('the steps of npm test', () => {
  it('come after what they wait for', () => {
    for (const [index, { name, needs = [], after = [] }] of steps.entries()) {
      const before = steps.slice(0, index).map((each) => each.name);
      for (const earlier of [...needs, ...after]) assert.ok(before.includes(earlier), `${name}: ${earlier}`);
    }
  });
});
