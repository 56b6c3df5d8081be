import { describe, expect, it } from 'vitest';
import { deviationOf } from './deviation.js';
import type { Finding } from './finding.js';

const finding = (values: Partial<Finding> = {}): Finding => ({
  alarmId: 'ALM-1',
  indicatorId: 'packetLoss',
  severity: 'major',
  reason: 'level shift',
  value: 0.6,
  expected: 0.1,
  lower: 0,
  upper: 0.3,
  unit: '%',
  since: Date.parse('2026-11-24T09:00:00.000Z'),
  lastGood: undefined,
  ...values,
});

describe('deviationOf', () => {
  const table: [name: string, finding: Partial<Finding>, kind: object][] = [
    ['times normal', {}, { kind: 'times', factor: expect.closeTo(6) as number }],
    ['a share of normal', { value: 20, expected: 100, unit: 'Mbit/s' }, { kind: 'share', percent: 20 }],
    [
      'no ratio of decibels',
      { value: -110, expected: -88, unit: 'dBm' },
      { kind: 'instead', value: -110, expected: -88 },
    ],
    ['close to normal', { value: 11, expected: 10 }, { kind: 'instead', value: 11, expected: 10 }],
    ['nothing expected', { expected: 0 }, { kind: 'instead', value: 0.6, expected: 0 }],
    ['silence', { reason: 'silence', value: undefined }, { kind: 'silent' }],
    ['variance', { reason: 'variance' }, { kind: 'unsteady' }],
    ['rhythm', { reason: 'periodicity broken' }, { kind: 'out-of-rhythm' }],
    ['a limit not kept', { reason: 'objective breach' }, { kind: 'breach', value: 0.6 }],
    ['nothing known', { value: undefined }, { kind: 'unusual' }],
  ];
  for (const [name, values, expected] of table) {
    it(`says ${name}`, () => {
      expect(deviationOf(finding(values))).toEqual(expected);
    });
  }
});
