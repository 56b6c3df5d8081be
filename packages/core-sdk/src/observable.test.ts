import { expect } from '@open-wc/testing';
import { State } from './observable.js';

describe('State', () => {
  it('tells subscribers of changes only', () => {
    const state = new State(1);
    const seen: number[] = [];
    state.subscribe((value) => seen.push(value));
    state.set(1);
    state.set(2);
    expect(seen).to.deep.equal([2]);
  });

  it('starts its activity with the first subscriber and stops it with the last', () => {
    const log: string[] = [];
    const state = new State(0, { start: () => log.push('start'), stop: () => log.push('stop') });
    const first = state.subscribe(() => undefined);
    const second = state.subscribe(() => undefined);
    first();
    first();
    expect(log).to.deep.equal(['start']);
    second();
    expect(log).to.deep.equal(['start', 'stop']);
  });

  it('does not call a listener that another one has just unsubscribed', () => {
    const state = new State(0);
    const seen: string[] = [];
    const releases: (() => void)[] = [];
    state.subscribe(() => releases[0]?.());
    releases.push(state.subscribe(() => seen.push('second')));
    state.set(1);
    expect(seen).to.deep.equal([]);
  });

  it('freezes plain values, so that no listener can change what others see', () => {
    const state = new State({ status: 'ready' });
    expect(Object.isFrozen(state.value)).to.equal(true);
  });
});
