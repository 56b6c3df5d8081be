import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRuleSet, RuleEngine, type CustomerFacts } from '../packages/badge-widget/src/rules/index.ts';
import { root } from '../tools/lib/paths.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { measureUpdates } from './lib/badge-pages.ts';
import type { BenchResult, Metric } from './lib/result.ts';

export const about =
  '500 badge rules on one customer, all of them and after one fact has changed; 1,000 badges redrawn';

const RULES = 500;
const CHANGES = 2_000;
const ROUNDS = 300;

const facts: CustomerFacts = {
  customer: {
    segment: 'vip',
    status: 'active',
    circle: 'Maharashtra',
    language: 'hi',
    ageYears: 64,
    tenureYears: 7,
  },
  identity: { documentExpiresInDays: 12, isVerified: true },
  contacts: {
    inSevenDays: 4,
    sameReasonInSevenDays: 3,
    repeatedReason: 'No network',
    socialComplaintsInSevenDays: 0,
  },
  tickets: {
    open: 2,
    overdue: 1,
    mostOverdueHours: 30,
    mostOverdueName: 'Line drops',
    mostOverdueId: 'TT-7',
  },
  balance: { rupees: 30, dataUsedPercent: 91, dataLeftGigabytes: 0.4, validityEndsInHours: 20 },
  billing: {
    latestAmount: 1_200,
    usualAmount: 500,
    timesUsual: 2.4,
    overdueAmount: 0,
    overdueDays: 0,
    autoPayFailed: false,
  },
  services: {
    names: ['Home fibre', 'Mobile 5G'],
    active: 2,
    barred: 0,
    barring: 'none',
    roamingNotActive: false,
  },
  network: {
    isOutage: false,
    isDegraded: true,
    problemName: 'Cell congestion',
    area: 'Pune',
    alarms: 1,
    criticalAlarms: 0,
  },
  orders: { open: 1, portOutRequested: false, terminationRequested: false, mostOverdueDays: 0 },
  risk: { churn: 72, fraud: 5, payment: 10 },
  consent: { isOnFile: true, offersByPhone: true },
  offers: { names: ['Fibre 300'], best: 'Fibre 300', isUpgrade: true },
};

/** What changes during a call: data and money that run down, time that passes, contacts, alarms, a score. */
const changes: readonly ((turn: number) => CustomerFacts)[] = [
  (turn) => ({ balance: { ...facts.balance, dataUsedPercent: 50 + (turn % 50) } }),
  (turn) => ({ balance: { ...facts.balance, rupees: turn % 300 } }),
  (turn) => ({ tickets: { ...facts.tickets, mostOverdueHours: 30 + (turn % 40) } }),
  (turn) => ({ network: { ...facts.network, criticalAlarms: turn % 3 } }),
  (turn) => ({ contacts: { ...facts.contacts, inSevenDays: turn % 6 } }),
  (turn) => ({ risk: { ...facts.risk, churn: 40 + (turn % 50) } }),
  (turn) => ({ network: { ...facts.network, sinceHours: turn % 30 } }),
  (turn) => ({ balance: { ...facts.balance, validityEndsInHours: 72 - (turn % 72) } }),
];

export async function run(): Promise<BenchResult> {
  const rules = ruleMetrics();
  const { browser, costs } = await withProgress('A thousand badges', measureUpdates);
  const updates = (['one', 'all'] as const).map((which): Metric => ({
    name: `1,000 badges, ${which === 'one' ? 'one says' : 'all but one say'} something else: script`,
    value: costs.own[which],
    unit: 'ms',
    goal: null,
    beside: [{ name: 'all drawn anew', value: costs.naive[which] }],
  }));
  return { bench: 'badges', browser, metrics: [...rules, ...updates] };
}

function ruleMetrics(): Metric[] {
  const source = manyRules();
  const load = timed(20, () => loadRuleSet(source));
  const ruleSet = loadRuleSet(source);
  const first = timed(ROUNDS, () => new RuleEngine(ruleSet).evaluate(facts));
  const engine = new RuleEngine(ruleSet);
  engine.evaluate(facts);
  let known: CustomerFacts = facts;
  let evaluated = 0;
  const change = timed(CHANGES, (turn) => {
    known = { ...known, ...changes[turn % changes.length]?.(turn) };
    evaluated += engine.evaluate(known).evaluated;
  });
  const naive = timed(ROUNDS, (turn) => {
    const now = { ...facts, ...changes[turn % changes.length]?.(turn) };
    return ruleSet.rules.filter(({ condition }) => condition.holds(now) === true);
  });
  return [
    metric('load and check the rule set, p50', load.p50, 'ms'),
    metric('first evaluation, p50', first.p50, 'ms'),
    metric('first evaluation, p99', first.p99, 'ms', { op: '<=', value: 10 }),
    metric('after a change, p50', change.p50, 'ms', null, naive.p50),
    metric('after a change, p99', change.p99, 'ms', { op: '<=', value: 1 }, naive.p99),
    metric('evaluations saved, times', RULES / (evaluated / (1.25 * CHANGES)), 'x', {
      op: '>=',
      value: 100,
    }),
  ];
}

/** The standard rules, and variations of them with other limits. */
function manyRules(): string {
  const file = join(root, 'packages/badge-widget/standard-rules.json');
  const set = JSON.parse(readFileSync(file, 'utf8')) as { rules: { id: string; when: string }[] };
  const rules = Array.from({ length: RULES }, (_, index) => {
    const rule = set.rules[index % set.rules.length];
    if (!rule) throw new Error('There are no standard rules.');
    const round = Math.floor(index / set.rules.length);
    return {
      ...rule,
      id: `${rule.id}-${round}`,
      when: rule.when.replace(/\b\d+(?:\.\d+)?\b/g, (limit) => String(Number(limit) + round)),
    };
  });
  return JSON.stringify({ ...set, rules });
}

function timed(rounds: number, act: (turn: number) => unknown): { p50: number; p99: number } {
  for (let turn = 0; turn < rounds / 4; turn += 1) act(turn);
  const times = Array.from({ length: rounds }, (_, turn) => {
    const startedAt = performance.now();
    act(turn);
    return performance.now() - startedAt;
  }).sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

const metric = (
  name: string,
  value: number,
  unit: string,
  goal: Metric['goal'] = null,
  naive?: number,
): Metric => ({
  name,
  value,
  unit,
  goal,
  beside: naive === undefined ? [] : [{ name: 'all rules each time', value: naive }],
});
