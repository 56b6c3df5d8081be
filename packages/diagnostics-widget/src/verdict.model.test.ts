import { buildAlarm, buildServiceProblem } from '@jioassist/core-sdk/testing';
import { describe, expect, it } from 'vitest';
import { findingsOf, type Finding } from './finding.js';
import { judge } from './verdict.js';

const SINCE = '2026-11-24T09:00:00.000Z';

const alarm = (id: string, perceivedSeverity: string, values = {}) =>
  buildAlarm({
    id,
    perceivedSeverity,
    alarmedObject: { id: 'SVC-1' },
    specificProblem: 'latency',
    ...values,
  });

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
  since: Date.parse(SINCE),
  lastGood: undefined,
  ...values,
});

describe('findingsOf', () => {
  it('takes the evidence of the detector', () => {
    const evidence = {
      performanceIndicatorSpecification: { id: 'packetLoss' },
      reason: 'level shift',
      value: 0.6,
      expected: 0.1,
      lower: 0,
      upper: 0.3,
      unit: '%',
      since: SINCE,
      lastGood: '2026-11-24T08:59:59.000Z',
    };
    const [found] = findingsOf('SVC-1', [alarm('ALM-1', 'major', { evidence })]);
    expect(found).toEqual(finding({ lastGood: Date.parse('2026-11-24T08:59:59.000Z') }));
  });

  it('goes without evidence, as other back ends do', () => {
    const [found] = findingsOf('SVC-1', [alarm('ALM-1', 'MAJOR')]);
    expect(found).toMatchObject({ indicatorId: 'latency', severity: 'major', reason: '', value: undefined });
    expect(found?.since).toBe(Date.parse(SINCE));
  });

  it('has the worst first, and the oldest of those that are as bad', () => {
    const alarms = [
      alarm('minor', 'minor'),
      alarm('late', 'critical', { alarmRaisedTime: '2026-11-24T10:00:00.000Z' }),
      alarm('early', 'critical'),
      alarm('odd', 'catastrophic'),
    ];
    const order = findingsOf('SVC-1', alarms).map(({ alarmId }) => alarmId);
    expect(order).toEqual(['early', 'late', 'minor', 'odd']);
  });

  it('leaves out what is cleared and what is of another service', () => {
    const other = { alarmedObject: { id: 'SVC-2' }, affectedService: [{ id: 'SVC-2' }] };
    const alarms = [alarm('over', 'major', { state: 'cleared' }), alarm('other', 'major', other)];
    expect(findingsOf('SVC-1', alarms)).toEqual([]);
  });
});

describe('judge', () => {
  const judged = { findings: [], causes: [], area: null, measured: true } as const;

  it('calls well only what is measured and whose alarms are known', () => {
    expect(judge(judged).health).toBe('well');
    expect(judge({ ...judged, measured: false }).health).toBe('unknown');
    expect(judge({ ...judged, findings: undefined }).health).toBe('unknown');
  });

  it('is ill with a major finding, an area problem or a barring, and watched with less', () => {
    expect(judge({ ...judged, findings: [finding()] }).health).toBe('ill');
    expect(judge({ ...judged, findings: [finding({ severity: 'warning' })] }).health).toBe('watch');
    expect(judge({ ...judged, area: buildServiceProblem() }).health).toBe('ill');
    const barred = {
      id: 'barring',
      standing: 'found',
      detail: { why: 'barred', scope: 'all', reason: '' },
    } as const;
    expect(judge({ ...judged, causes: [barred] }).health).toBe('ill');
    const off = { ...barred, detail: { why: 'off', state: 'inactive' } } as const;
    expect(judge({ ...judged, causes: [off] }).health).toBe('off');
  });

  it('names what else is not as usual, each once', () => {
    const [loss, delay] = [finding(), finding({ alarmId: 'ALM-2', indicatorId: 'latency' })];
    const { finding: told, others } = judge({ ...judged, findings: [loss, delay, delay] });
    expect(told).toBe(loss);
    expect(others).toEqual(['latency']);
  });

  it('knows the change that it began with', () => {
    const change = {
      id: 'sim-device',
      standing: 'found',
      detail: { why: 'changed', what: 'sim', at: 1 },
    } as const;
    expect(judge({ ...judged, findings: [finding()], causes: [change] }).change).toBe(change);
    expect(judge({ ...judged, causes: [{ ...change, standing: 'ruled-out' }] }).change).toBeUndefined();
  });
});
