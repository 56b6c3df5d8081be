import { describe, expect, it } from 'vitest';
import { Coverage } from './coverage.js';

function covered(from: number): Coverage {
  const coverage = new Coverage();
  coverage.begin(true);
  coverage.cover(from);
  return coverage;
}

describe('Coverage', () => {
  it('resumes after the last event, and from nowhere at first', () => {
    expect(new Coverage().resumeAfter).toBeUndefined();
    const coverage = covered(5);
    coverage.tell(9);
    expect(coverage.resumeAfter).toBe(9);
  });

  it('takes an event once', () => {
    const coverage = covered(5);
    expect([6, 6, 5, 7].map((position) => coverage.tell(position))).toEqual([true, false, false, true]);
  });

  it('misses nothing when a connection goes on where the last one was', () => {
    const coverage = covered(5);
    coverage.tell(9);
    expect(coverage.cover(9)).toBe(false);
    expect(coverage.cover(7), 'nor when it begins earlier').toBe(false);
    expect(coverage.cover(10), 'but when it begins later').toBe(true);
  });

  it('misses what came between an answer and the connection, whichever is first', () => {
    const coverage = new Coverage();
    coverage.begin(true);
    expect(coverage.read(4)).toBe(false);
    expect(coverage.cover(5)).toBe(true);
    expect(coverage.read(5)).toBe(false);
    expect(coverage.read(4), 'a late answer').toBe(true);
  });

  it('does not count an answer for the customer before', () => {
    const coverage = covered(3);
    coverage.read(3);
    coverage.tell(9);
    coverage.begin(true);
    expect(coverage.cover(9)).toBe(false);
  });

  it('keeps what was covered when more is wanted of the same customer', () => {
    const coverage = covered(3);
    coverage.read(3);
    coverage.tell(9);
    coverage.begin(false);
    expect(coverage.cover(9)).toBe(false);
    expect(coverage.read(8), 'an answer that is older than the new connection').toBe(true);
  });

  it('counts what was read before there was any cover', () => {
    const coverage = new Coverage();
    coverage.begin(true);
    coverage.read(4);
    coverage.begin(false);
    expect(coverage.cover(6)).toBe(true);
  });

  it('begins again at a lower number after a loss', () => {
    const coverage = covered(100);
    coverage.restart(2);
    expect(coverage.tell(3)).toBe(true);
  });
});
