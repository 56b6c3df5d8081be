import { buildService, buildServiceProblem } from '@jioassist/core-sdk/testing';
import { describe, expect, it } from 'vitest';
import { Announcer } from './announcer.js';
import { byHealth, CardOrder } from './card-order.js';
import type { Finding } from './finding.js';
import type { ServiceView } from './service-view.js';
import type { Health, Verdict } from './verdict.js';

const finding = (alarmId: string): Finding => ({
  alarmId,
  indicatorId: 'latency',
  severity: 'major',
  reason: 'spike',
  value: 90,
  expected: 30,
  lower: 20,
  upper: 40,
  unit: 'ms',
  since: 1,
  lastGood: undefined,
});

function view(
  id: string,
  health: Health,
  alarms: readonly string[] = [],
  area?: Verdict['area'],
): ServiceView {
  const service = buildService({ id });
  const findings = alarms.map(finding);
  const verdict: Verdict = {
    health,
    account: undefined,
    change: undefined,
    finding: findings[0],
    others: [],
    area,
    areaSince: undefined,
    explained: false,
    measured: true,
  };
  const { name, category, state } = service;
  const none = { causes: [], kpis: [], number: '', specificationId: undefined, until: undefined };
  return { id, name, category, state, service, findings, verdict, ...none };
}

const idsOf = (views: readonly ServiceView[]): string[] => views.map(({ id }) => id);

describe('the order of the cards', () => {
  it('is by health, and the customer’s own among equals', () => {
    const views = [
      view('a', 'well'),
      view('b', 'off'),
      view('c', 'ill'),
      view('d', 'unknown'),
      view('e', 'ill'),
    ];
    expect(idsOf(byHealth(views))).toEqual(['c', 'e', 'b', 'd', 'a']);
  });

  it('stays while the agent is at work, and puts what is new at the end', () => {
    const order = new CardOrder();
    order.next([view('a', 'well'), view('b', 'well')], false);
    const now = [view('a', 'well'), view('b', 'ill'), view('c', 'ill')];
    expect(idsOf(order.next(now, true))).toEqual(['a', 'b', 'c']);
    expect(idsOf(order.next(now, false))).toEqual(['b', 'c', 'a']);
    expect(idsOf(order.next([view('c', 'ill')], true)), 'what is gone goes').toEqual(['c']);
  });
});

describe('Announcer', () => {
  it('tells an anomaly once, and a second one when it comes', () => {
    const announcer = new Announcer();
    const first = announcer.next([view('a', 'ill', ['ALM-1'])], false);
    expect(first?.service.id).toBe('a');
    expect(announcer.next([view('a', 'ill', ['ALM-1'])], false)).toBe(first);
    const second = announcer.next([view('a', 'ill', ['ALM-1', 'ALM-2'])], false);
    expect(second).not.toBe(first);
  });

  it('is still while the agent must not be interrupted, and tells afterwards what still holds', () => {
    const announcer = new Announcer();
    const both = [view('a', 'ill', ['ALM-1']), view('b', 'ill', ['ALM-2'])];
    expect(announcer.next(both, true)).toBeUndefined();
    const after = announcer.next([view('a', 'well'), view('b', 'ill', ['ALM-2'])], false);
    expect(after).toMatchObject({ service: { id: 'b' }, others: 0 });
  });

  it('tells several at once as one, and a problem of the area', () => {
    const views = [
      view('a', 'ill', [], buildServiceProblem()),
      view('b', 'ill', ['ALM-2']),
      view('c', 'well'),
    ];
    expect(new Announcer().next(views, false)).toMatchObject({ service: { id: 'a' }, others: 1 });
  });

  it('says nothing of services that are well, and forgets with the customer', () => {
    const announcer = new Announcer();
    expect(announcer.next([view('a', 'well'), view('b', 'off')], false)).toBeUndefined();
    announcer.next([view('a', 'ill', ['ALM-1'])], false);
    announcer.clear();
    expect(announcer.next([], false)).toBeUndefined();
    expect(announcer.next([view('a', 'ill', ['ALM-1'])], false)).toBeDefined();
  });
});
