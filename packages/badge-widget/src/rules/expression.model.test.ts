import { describe, expect, it } from 'vitest';
import { compileCondition, ExpressionError } from './expression.ts';
import type { CustomerFacts } from './fact-model.ts';

const holds = (source: string, facts: CustomerFacts) => compileCondition(source).holds(facts);
const problemOf = (source: string) => {
  try {
    compileCondition(source);
  } catch (error) {
    if (error instanceof ExpressionError) return error.problem;
  }
  throw new Error(`${source} was not refused`);
};

describe('a condition', () => {
  it.each<[string, CustomerFacts, boolean | undefined]>([
    ['billing.overdueDays > 3', { billing: { overdueDays: 4 } }, true],
    ['billing.overdueDays > 3', { billing: { overdueDays: 3 } }, false],
    [
      'billing.latestAmount > billing.usualAmount * 2',
      { billing: { latestAmount: 500, usualAmount: 249 } },
      true,
    ],
    ['billing.latestAmount / 2 - 1 >= 249', { billing: { latestAmount: 500 } }, true],
    ['customer.segment in ["vip", "business"]', { customer: { segment: 'vip' } }, true],
    ['services.names.exists(name, name.contains("fibre"))', { services: { names: ['Home fibre'] } }, true],
    ['network.affectedServices.size() > 1', { network: { affectedServices: ['SVC-1'] } }, false],
    ['!consent.isOnFile', { consent: { isOnFile: false } }, true],
  ])('%s', (source, facts, answer) => {
    expect(holds(source, facts)).to.equal(answer);
  });

  it('says neither yes nor no when a fact is not known', () => {
    expect(holds('risk.churn > 70', {})).to.equal(undefined);
    expect(holds('risk.churn > 70', { risk: { fraud: 3 } })).to.equal(undefined);
  });

  it('can ask whether a fact is known', () => {
    const source = 'has(risk.churn) && risk.churn > 70';
    expect(holds(source, { risk: {} })).to.equal(false);
    expect(holds(source, { risk: { churn: 71 } })).to.equal(true);
  });

  it('knows which facts it reads, also those in a loop', () => {
    const source = 'has(risk.churn) && services.names.exists(n, n == tickets.mostOverdueName)';
    expect(compileCondition(source).reads).to.have.members([
      'risk.churn',
      'services.names',
      'tickets.mostOverdueName',
    ]);
  });
});

describe('a condition that is refused', () => {
  it.each([
    ['an unknown group', 'weather.rain > 3', 'Unknown variable: weather', 'weather'],
    ['an unknown fact', 'billing.colour == "red"', 'No such key: colour', 'colour'],
    ['another type', 'billing.overdueDays == "three"', 'no such overload', 'billing.overdueDays == "three"'],
    ['an answer that is no yes or no', 'billing.overdueDays + 1', 'gives double', 'billing.overdueDays + 1'],
    [
      'a pattern',
      'tickets.mostOverdueName.matches("^(a+)+$")',
      'uses matches()',
      'tickets.mostOverdueName.matches("^(a+)+$")',
    ],
    [
      'nested loops',
      'services.names.all(a, services.names.all(b, a == b))',
      'inside another loop',
      'services.names.all(b, a == b)',
    ],
    ['an unfinished sentence', 'billing.overdueDays >', 'Unexpected token', ''],
  ])('for %s tells what and where', (_, source, message, place) => {
    const problem = problemOf(source);
    expect(problem.message).to.contain(message);
    expect(source.slice(problem.start, problem.end)).to.contain(place);
  });

  it.each([
    ['very long', `billing.overdueDays > 1 ${'&& true '.repeat(300)}`],
    ['very deep', `${'('.repeat(400)}true${')'.repeat(400)}`],
    ['very wide', Array.from({ length: 150 }, () => 'risk.churn > 1').join(' || ')],
    ['not text of the language', '\u0000\ud800'],
    ['a way to the constructor', 'billing.constructor == "x"'],
    ['a way to the prototype', 'billing.__proto__ == "x"'],
  ])('when it is %s', (_, source) => {
    expect(problemOf(source).message).not.to.equal('');
  });
});
