import { describe, expect, it } from 'vitest';
import { loadRuleSet, RuleSetError } from './index.ts';

const rule = {
  id: 'overdue',
  when: 'billing.overdueDays > 3',
  severity: 'warning',
  confidence: 0.9,
  title: { en: '{billing.overdueAmount} overdue', hi: '{billing.overdueAmount} बकाया' },
  why: { en: 'For {billing.overdueDays}.', hi: '{billing.overdueDays} से।' },
  evidence: ['billing.overdueAmount'],
  actions: [{ id: 'pay', kind: 'journey', target: 'pay-bill', label: { en: 'Help to pay', hi: 'मदद करें' } }],
  expires: 'P1D',
  coolDown: 'PT4H',
};
const other = { ...rule, id: 'other' };
const setOf = (...rules: unknown[]) => JSON.stringify({ schemaVersion: 1, version: '1', rules });
const problemsOf = (changed: unknown) => loadRuleSet(setOf(changed, other)).problems;

const codeOf = (source: string) => {
  try {
    loadRuleSet(source);
  } catch (error) {
    if (error instanceof RuleSetError) return error.code;
  }
  return undefined;
};

describe('a rule set', () => {
  it('is loaded whole', () => {
    const { rules, problems, version } = loadRuleSet(setOf(rule, other));
    expect(problems).to.deep.equal([]);
    expect(rules.map((loaded) => loaded.rule.id)).to.deep.equal(['overdue', 'other']);
    expect(version).to.equal('1');
  });

  it('goes on without a rule that is wrong', () => {
    const { rules } = loadRuleSet(setOf({ ...rule, when: 'weather.rain' }, null, 7, other));
    expect(rules.map((loaded) => loaded.rule.id)).to.deep.equal(['other']);
  });

  it.each([
    ['a condition on an unknown fact', { when: 'billing.colour == 1' }, '/rules/0/when'],
    ['a condition of another type', { when: '"yes"' }, '/rules/0/when'],
    ['a costly pattern', { when: 'customer.segment.matches("(a+)+")' }, '/rules/0/when'],
    ['an unknown severity', { severity: 'huge' }, '/rules/0/severity'],
    ['a confidence beyond 1', { confidence: 2 }, '/rules/0/confidence'],
    ['no English', { title: { hi: 'बकाया' } }, '/rules/0/title/en'],
    ['an unknown fact in a text', { why: { en: '{billing.nothing}' } }, '/rules/0/why/en'],
    ['an unknown fact as evidence', { evidence: ['billing.nothing'] }, '/rules/0/evidence/0'],
    [
      'an action of no kind',
      { actions: [{ id: 'x', kind: 'eval', label: { en: 'x' } }] },
      '/rules/0/actions/0/kind',
    ],
    ['a month', { expires: 'P1M' }, '/rules/0/expires'],
    ['a misspelt attribute', { wehn: 'true' }, '/rules/0/wehn'],
    ['an id with spaces', { id: 'a b' }, '/rules/0/id'],
  ])('tells the place of %s', (_, change, path) => {
    const problems = problemsOf({ ...rule, ...change });
    expect(problems.map((problem) => problem.path)).to.deep.equal([path]);
    expect(problems[0]?.message).not.to.equal('');
  });

  it('tells the characters of what is wrong in a condition', () => {
    const when = 'billing.overdueDays > 3 && billing.colour > 1';
    const [problem] = problemsOf({ ...rule, when });
    expect(when.slice(problem?.start, problem?.end)).to.equal('colour');
    expect(problem?.rule).to.equal('overdue');
  });

  it('tells of an id that comes twice', () => {
    const { problems, rules } = loadRuleSet(setOf(rule, rule));
    expect(problems.map(({ path }) => path)).to.deep.equal(['/rules/1/id']);
    expect(rules).to.have.length(1);
  });

  it('does not mind what the page hung on every object', () => {
    const prototype = Object.prototype as { polluted?: () => void };
    prototype.polluted = () => undefined;
    try {
      expect(loadRuleSet(setOf(rule)).problems).to.deep.equal([]);
    } finally {
      delete prototype.polluted;
    }
  });

  it.each([
    ['rules/too-large', setOf(rule).padEnd(5_000_000)],
    ['rules/not-json', '{"schemaVersion": 1,'],
    ['rules/not-json', ''],
    ['rules/unexpected-shape', '[]'],
    ['rules/unexpected-shape', 'null'],
    ['rules/unexpected-shape', '{"schemaVersion": 1, "version": "1"}'],
    ['rules/newer-schema', JSON.stringify({ schemaVersion: 2, version: '1', rules: [] })],
  ])('is refused as a whole: %s', (code, source) => {
    expect(codeOf(source)).to.equal(code);
  });
});
