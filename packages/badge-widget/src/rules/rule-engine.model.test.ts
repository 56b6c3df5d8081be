import { describe, expect, it } from 'vitest';
import { compileCondition, RuleEngine, type CustomerFacts, type LoadedRule, type Rule } from './index.ts';

const text = { en: 'x' };
const loaded = (id: string, when: string): LoadedRule => ({
  condition: compileCondition(when),
  rule: {
    id,
    when,
    severity: 'info',
    confidence: 1,
    title: text,
    why: text,
    evidence: [],
    actions: [],
    expires: 'P1D',
    coolDown: 'P1D',
  } satisfies Rule,
});
const engineOf = (rules: Record<string, string>) =>
  new RuleEngine({
    version: '1',
    problems: [],
    rules: Object.entries(rules).map(([id, when]) => loaded(id, when)),
  });
const idsOf = (engine: RuleEngine, facts: CustomerFacts) =>
  engine.evaluate(facts).matches.map(({ id }) => id);

describe('the rule engine', () => {
  it('evaluates again only what reads a fact that changed', () => {
    const engine = engineOf({
      overdue: 'billing.overdueDays > 3',
      churn: 'risk.churn > 70',
      both: 'risk.churn > 50 && billing.overdueDays > 1',
    });
    const facts = { billing: { overdueDays: 5 }, risk: { churn: 40 } };
    expect(engine.evaluate(facts).evaluated).to.equal(3);
    expect(engine.evaluate({ ...facts }).evaluated).to.equal(0);
    const changed = engine.evaluate({ ...facts, risk: { churn: 80 } });
    expect(changed.evaluated).to.equal(2);
    expect(changed.matches.map(({ id }) => id)).to.deep.equal(['overdue', 'churn', 'both']);
  });

  it('does not evaluate again when a number passes no limit', () => {
    const engine = engineOf({
      nearly: 'balance.dataUsedPercent >= 90',
      known: 'has(balance.dataUsedPercent) && balance.dataUsedPercent < 10',
      relative: 'balance.dataUsedPercent > risk.churn',
    });
    const used = (dataUsedPercent: number) =>
      engine.evaluate({ balance: { dataUsedPercent }, risk: { churn: 95 } });
    used(50);
    expect(used(89).evaluated, 'relative alone').to.equal(1);
    expect(used(90).matches.map(({ id }) => id)).to.deep.equal(['nearly']);
    expect(used(89).matches).to.deep.equal([]);
    expect(engine.evaluate({ risk: { churn: 95 } }).evaluated, 'no longer known').to.equal(3);
  });

  it('looks into lists', () => {
    const engine = engineOf({ fibre: 'services.names.exists(n, n == "Fibre")' });
    expect(idsOf(engine, { services: { names: ['Mobile'] } })).to.deep.equal([]);
    expect(idsOf(engine, { services: { names: ['Mobile', 'Fibre'] } })).to.deep.equal(['fibre']);
    expect(engine.evaluate({ services: { names: ['Mobile', 'Fibre'] } }).evaluated).to.equal(0);
  });

  it('takes back what no longer holds, and what is no longer known', () => {
    const engine = engineOf({ churn: 'risk.churn > 70' });
    expect(idsOf(engine, { risk: { churn: 80 } })).to.deep.equal(['churn']);
    expect(idsOf(engine, { risk: { churn: 10 } })).to.deep.equal([]);
    expect(idsOf(engine, { risk: { churn: 80 } })).to.deep.equal(['churn']);
    expect(idsOf(engine, {})).to.deep.equal([]);
  });

  it('goes on without a rule that fails, names it, and tries it again when its facts change', () => {
    const engine = engineOf({ first: 'offers.names[1] == "B"', churn: 'risk.churn > 70' });
    const failed = engine.evaluate({ offers: { names: ['A'] }, risk: { churn: 80 } });
    expect(failed.matches.map(({ id }) => id)).to.deep.equal(['churn']);
    expect(failed.failures.map(({ rule }) => rule)).to.deep.equal(['first']);
    const mended = engine.evaluate({ offers: { names: ['A', 'B'] }, risk: { churn: 80 } });
    expect(mended.matches.map(({ id }) => id)).to.deep.equal(['first', 'churn']);
    expect(mended.failures).to.deep.equal([]);
  });

  it('does not go over a list that is too long, names the rule, and goes on with the others', () => {
    const loops = 'offers.names.exists(n, n == "x") || offers.names.all(n, n != "y")';
    const engine = engineOf({ loops, churn: 'risk.churn > 70' });
    const names = Array.from({ length: 1_001 }, (_, index) => `Offer ${index}`);
    const { matches, failures } = engine.evaluate({ offers: { names }, risk: { churn: 80 } });
    expect(matches.map(({ id }) => id)).to.deep.equal(['churn']);
    expect(failures).to.deep.equal([
      {
        rule: 'loops',
        message: 'offers.names has more than 1000 entries',
      },
    ]);
    expect(idsOf(engine, { offers: { names: names.slice(1) } })).to.deep.equal(['loops']);
  });

  it.each([
    ['a text instead of a number', { risk: { churn: 'high' } }],
    ['an object instead of a number', { risk: { churn: {} } }],
    ['null', { risk: { churn: null } }],
    ['a group that is no object', { risk: 7 }],
    ['a number that is none', { risk: { churn: Number.NaN } }],
  ])('contains facts that lie about their type: %s', (_, facts) => {
    const engine = engineOf({ churn: 'risk.churn > 70', late: 'billing.overdueDays > 3' });
    const { matches } = engine.evaluate({
      ...facts,
      billing: { overdueDays: 4 },
    } as unknown as CustomerFacts);
    expect(matches.map(({ id }) => id)).to.deep.equal(['late']);
  });
});
