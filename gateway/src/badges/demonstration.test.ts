import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { factsFrom, loadRuleSet, RuleEngine } from '@jioassist/badge-widget/rules/source';
import { demoArticles } from '../seed/data/articles.ts';
import { Ledger } from '../seed/ledger.ts';
import { CAST, customerIdAt, operatorCustomers } from '../seed/operator.ts';
import { Plant } from '../seed/plant.ts';
import { addPortrait } from '../seed/portrait.ts';
import { sourcesFrom } from './customer-facts.ts';

const SEED = 7;
const NOW = Date.now();
const ruleSet = loadRuleSet(
  readFileSync(new URL(import.meta.resolve('@jioassist/badge-widget/standard-rules.json')), 'utf8'),
);

/** Which customer of the demonstration shows which badge. */
const shows: Readonly<Record<string, readonly string[]>> = {
  'C-1001': ['service-degraded', 'visit-soon', 'language-preference'],
  'C-1002': ['service-degraded', 'language-preference'],
  'C-1003': ['senior-citizen', 'language-preference'],
  'C-1009': ['validity-ended', 'eligible-upgrade', 'reward-expiring'],
  'C-1010': ['service-barred', 'auto-pay-failed'],
  'C-1011': ['bill-shock'],
  'C-1012': ['speed-below-plan', 'device-end-of-life'],
  'C-1013': ['roaming-not-active', 'data-nearly-used', 'validity-ends'],
  'C-1014': ['payment-overdue', 'kyc-expiring'],
  'C-1015': ['sim-changed', 'fraud-risk'],
  'C-1016': ['port-out-requested'],
  'C-1017': ['very-important-customer', 'social-complaint', 'refund-pending'],
  'C-1018': ['repeated-contact', 'missed-appointment', 'number-portability-risk', 'ticket-over-sla'],
  'C-1019': ['kyc-missing', 'port-in-late', 'consent-missing'],
  'C-1020': ['termination-requested', 'churn-risk-high'],
  'C-1021': ['frequent-contact', 'order-late'],
  'C-1022': ['critical-alarm'],
  'C-1023': ['outage-in-area'],
};

const rows = (() => {
  const ledger = new Ledger(NOW);
  const plant = new Plant(ledger, SEED);
  plant.addBackbone();
  for (const subscriber of operatorCustomers(SEED, CAST)) {
    plant.addUnder(subscriber, addPortrait(ledger, SEED, subscriber));
  }
  return ledger.take();
})();

function badgesOf(id: string): string[] {
  const sources = sourcesFrom((kind) =>
    rows.filter((row) => row.kind === kind && row.customerIds.includes(id)).map(({ document }) => document),
  );
  const { matches } = new RuleEngine(ruleSet).evaluate(factsFrom(sources, NOW));
  return matches.map((rule) => rule.id);
}

describe('the badges of the demonstration', () => {
  for (const [id, expected] of Object.entries(shows)) {
    it(`of ${id} are at least ${expected.join(', ')}`, () => {
      const found = badgesOf(id);
      for (const badge of expected) assert.ok(found.includes(badge), `${badge}; it has ${found.join(', ')}`);
    });
  }

  it('show every standard rule', () => {
    const seen = new Set(Object.values(shows).flat());
    assert.deepEqual(
      ruleSet.rules.map(({ rule }) => rule.id).filter((id) => !seen.has(id)),
      [],
    );
  });

  it('trouble no customer with too many at once', () => {
    for (let index = 0; index < CAST; index += 1) {
      const found = badgesOf(customerIdAt(index));
      assert.ok(found.length <= 8, `${customerIdAt(index)}: ${found.join(', ')}`);
    }
  });
});

it('the standard rules lead to articles that there are', () => {
  const known = new Set(demoArticles().map(({ id }) => id));
  const targets = ruleSet.rules.flatMap(({ rule }) =>
    rule.actions.flatMap(({ kind, target }) => (kind === 'article' ? [target ?? ''] : [])),
  );
  assert.ok(targets.length > 0);
  assert.deepEqual(
    targets.filter((target) => !known.has(target)),
    [],
  );
});
