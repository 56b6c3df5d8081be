import { buildServiceProblem } from '@jioassist/core-sdk/testing';
import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.js';
import { foldInto } from './folded.js';

const MINUTE = 60_000;
const RECORDED = Date.parse('2026-11-24T09:00:00.000Z');

const measured = (values: Partial<Finding> = {}): Finding => ({
  alarmId: 'ALM-7',
  indicatorId: 'signal',
  severity: 'major',
  reason: 'level shift',
  value: -28,
  expected: -20,
  lower: -21,
  upper: -19,
  unit: 'dBm',
  since: RECORDED + MINUTE,
  lastGood: undefined,
  ...values,
});

/** The network's own alarm, which the problem was made from. */
const ofTheNetwork = measured({
  alarmId: 'ALM-1',
  indicatorId: 'Optical path degraded',
  severity: 'critical',
  reason: '',
  value: undefined,
  expected: undefined,
  since: RECORDED - 60 * MINUTE,
});

const problem = buildServiceProblem({
  creationDate: new Date(RECORDED).toISOString(),
  underlyingAlarm: [{ id: 'ALM-1' }],
});

describe('foldInto', () => {
  it('leaves everything as it is without a problem', () => {
    const signal = measured();
    expect(foldInto(undefined, [ofTheNetwork, signal])).toEqual({
      finding: ofTheNetwork,
      others: ['signal'],
      areaSince: undefined,
      explained: false,
    });
  });

  it('leaves out the alarm that says the same as the problem, and takes its time', () => {
    const signal = measured();
    expect(foldInto(problem, [ofTheNetwork, signal])).toEqual({
      finding: signal,
      others: [],
      areaSince: ofTheNetwork.since,
      explained: true,
    });
    expect(foldInto(problem, [ofTheNetwork]).finding).toBeUndefined();
  });

  it('keeps what began long before the problem', () => {
    const old = measured({ since: RECORDED - 3 * 60 * MINUTE });
    expect(foldInto(problem, [old])).toMatchObject({ finding: old, explained: false });
    const loss = measured({ alarmId: 'ALM-8', indicatorId: 'packetLoss' });
    expect(foldInto(problem, [loss, old])).toMatchObject({ finding: loss, others: ['signal'] });
  });

  it('takes all for explained by a problem that does not say since when it is there', () => {
    const timeless = buildServiceProblem({ creationDate: undefined, underlyingAlarm: [] });
    const signal = measured();
    expect(foldInto(timeless, [signal])).toMatchObject({ areaSince: undefined, explained: true });
  });
});
