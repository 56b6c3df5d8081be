import {
  buildBucket,
  buildCustomerBill,
  buildService,
  buildServiceProblem,
} from '@jioassist/core-sdk/testing';
import { describe, expect, it } from 'vitest';
import { CAUSES, explain, STANDINGS, type Cause, type Evidences } from './explanation.js';
import type { Finding } from './finding.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const MINUTE = 60_000;
const iso = (time: number): string => new Date(time).toISOString();

const withCharacteristics = (values: Record<string, string>, category = 'mobile') =>
  buildService({
    category,
    serviceCharacteristic: Object.entries(values).map(([name, value]) => ({ name, value })),
  });

const finding = (values: Partial<Finding> = {}): Finding => ({
  alarmId: 'ALM-1',
  indicatorId: 'throughput',
  severity: 'major',
  reason: 'level shift',
  value: 4,
  expected: 40,
  lower: 20,
  upper: 60,
  unit: 'Mbit/s',
  since: NOW - 5 * MINUTE,
  lastGood: undefined,
  ...values,
});

const product = {
  id: 'PRD-1',
  name: '',
  description: '',
  status: 'active',
  startDate: undefined,
  terminationDate: undefined,
  isBundle: undefined,
  billingAccount: undefined,
  productOffering: undefined,
  productCharacteristic: [],
  productPrice: [],
  realizingService: [{ id: 'SVC-1', name: '' }],
};

const evidences = (values: Partial<Evidences> = {}): Evidences => ({
  service: withCharacteristics({ barring: 'none' }),
  findings: [],
  problems: [],
  products: [product],
  buckets: [],
  bills: [],
  lastTest: undefined,
  measured: true,
  now: NOW,
  ...values,
});

const standing = (causes: readonly Cause[]): Record<string, string> =>
  Object.fromEntries(causes.map(({ id, standing: found }) => [id, found]));
const why = (causes: readonly Cause[], id: string) => causes.find((cause) => cause.id === id)?.detail;

describe('explain', () => {
  it('has every cause once, the likeliest first', () => {
    const causes = explain(evidences({ findings: [finding()] }));
    expect(new Set(causes.map(({ id }) => id))).toEqual(new Set(CAUSES));
    const ranks = causes.map((cause) => STANDINGS.indexOf(cause.standing));
    expect(ranks).toEqual([...ranks].sort());
  });

  it('rules out everything when everything is in order', () => {
    expect(new Set(Object.values(standing(explain(evidences()))))).toEqual(new Set(['ruled-out']));
  });

  it('says of what could not be read that it was not checked', () => {
    const unknown = { problems: undefined, products: undefined, buckets: undefined, bills: undefined };
    const causes = explain(
      evidences({ ...unknown, findings: undefined, measured: false, service: buildService() }),
    );
    expect(new Set(Object.values(standing(causes)))).toEqual(new Set(['not-checked']));
  });

  it('finds a barring, and the unpaid bill behind it', () => {
    const service = withCharacteristics({ barring: 'outgoing', barringReason: 'paymentOverdue' });
    const bills = [buildCustomerBill({ paymentDueDate: iso(NOW - 9 * 1440 * MINUTE) })];
    const causes = explain(evidences({ service, bills }));
    expect(causes.slice(0, 2).map(({ id, standing: found }) => [id, found])).toEqual([
      ['barring', 'found'],
      ['payment-due', 'found'],
    ]);
    expect(why(causes, 'barring')).toEqual({ why: 'barred', scope: 'outgoing', reason: 'paymentOverdue' });
    expect(why(causes, 'payment-due')).toMatchObject({ why: 'overdue', amount: { value: 588.82 } });
  });

  it('takes an unpaid bill without a barring for possible only, and one that is not due for none', () => {
    const late = [buildCustomerBill({ paymentDueDate: iso(NOW - MINUTE) })];
    expect(standing(explain(evidences({ bills: late })))['payment-due']).toBe('possible');
    const due = [buildCustomerBill({ paymentDueDate: iso(NOW + MINUTE) })];
    expect(why(explain(evidences({ bills: due })), 'payment-due')).toEqual({
      why: 'due-later',
      due: NOW + MINUTE,
    });
    const paid = [buildCustomerBill({ state: 'settled' })];
    expect(why(explain(evidences({ bills: paid })), 'payment-due')).toEqual({ why: 'paid' });
  });

  it('adds up what is overdue', () => {
    const late = [1, 2].map((id) =>
      buildCustomerBill({ id: `B-${id}`, paymentDueDate: iso(NOW - id * MINUTE) }),
    );
    const detail = why(explain(evidences({ bills: late })), 'payment-due');
    expect(detail).toMatchObject({ since: NOW - 2 * MINUTE });
    expect(detail).toHaveProperty('amount.value', 588.82 * 2);
  });

  const data = (amount: number) =>
    buildBucket({ usageType: 'data', remainingValue: { amount, units: 'GB' } });
  for (const [left, buckets, expected] of [
    ['nothing', [data(0)], 'found'],
    ['almost nothing', [data(0.05)], 'possible'],
    ['enough', [data(12)], 'ruled-out'],
    ['enough in another bucket', [data(0), data(3)], 'ruled-out'],
    ['money only', [buildBucket()], 'ruled-out'],
    ['the data of another product', [{ ...data(0), product: [{ id: 'PRD-9', name: '' }] }], 'ruled-out'],
  ] as const) {
    it(`judges a plan with ${left} left`, () => {
      expect(standing(explain(evidences({ buckets })))['plan-exhausted']).toBe(expected);
    });
  }

  it('explains line and device by a problem of the area', () => {
    const causes = explain(evidences({ findings: [finding()], problems: [buildServiceProblem()] }));
    expect(standing(causes)).toMatchObject({
      'area-outage': 'found',
      line: 'ruled-out',
      'sim-device': 'ruled-out',
    });
  });

  it('leaves aside a problem that is over, and one of other services', () => {
    const problems = [
      buildServiceProblem({ status: 'resolved' }),
      buildServiceProblem({ affectedService: [{ id: 'SVC-9', name: '' }] }),
    ];
    expect(standing(explain(evidences({ problems })))['area-outage']).toBe('ruled-out');
  });

  it('finds the line by its signal, and the SIM by silence of a mobile', () => {
    const weak = finding({ indicatorId: 'signal', unit: 'dBm' });
    expect(standing(explain(evidences({ findings: [weak] })))).toMatchObject({
      line: 'found',
      'sim-device': 'possible',
    });
    const silent = finding({ indicatorId: 'signal', reason: 'silence' });
    expect(standing(explain(evidences({ findings: [silent] })))).toMatchObject({
      line: 'possible',
      'sim-device': 'found',
    });
    const fibre = withCharacteristics({ barring: 'none' }, 'fibre');
    expect(standing(explain(evidences({ service: fibre, findings: [silent] })))['line']).toBe('found');
  });

  it('finds a new SIM or firmware that came just before the trouble, and no older one', () => {
    const changed = (at: number) => withCharacteristics({ barring: 'none', simChangeDate: iso(at) });
    const findings = [finding()];
    const soon = explain(evidences({ findings, service: changed(NOW - 10 * MINUTE) }));
    expect(why(soon, 'sim-device')).toEqual({ why: 'changed', what: 'sim', at: NOW - 10 * MINUTE });
    const longAgo = explain(evidences({ findings, service: changed(NOW - 30 * 1440 * MINUTE) }));
    expect(standing(longAgo)['sim-device']).toBe('possible');
    const firmware = withCharacteristics(
      { barring: 'none', firmwareChangeDate: iso(NOW - 20 * MINUTE) },
      'fibre',
    );
    expect(why(explain(evidences({ findings, service: firmware })), 'sim-device')).toMatchObject({
      what: 'firmware',
    });
  });

  it('lets a recent test speak for or against the line, and an old one not', () => {
    const findings = [finding()];
    const tested = (line: 'good' | 'bad' | 'unknown', age: number) =>
      standing(explain(evidences({ findings, lastTest: { endedAt: NOW - age, line } })))['line'];
    expect(tested('bad', MINUTE)).toBe('found');
    expect(tested('good', MINUTE)).toBe('ruled-out');
    expect(tested('unknown', MINUTE)).toBe('possible');
    expect(tested('bad', 60 * MINUTE)).toBe('possible');
  });

  it('takes a service that is not active as it is', () => {
    const service = buildService({ state: 'inactive' });
    expect(why(explain(evidences({ service })), 'barring')).toEqual({ why: 'off', state: 'inactive' });
  });
});
