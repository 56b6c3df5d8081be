import { loadRuleSet, type RuleProblem } from './rules/rule-set.ts';
import { RuleEngine } from './rules/rule-engine.ts';

/** Rules ready to run. */
export interface Runner {
  readonly problems: readonly RuleProblem[];
  /** An engine that knows of no customer yet. */
  newEngine(): RuleEngine;
}

/**
 * Reads the text of a rule set. This file is loaded by itself, with the language that conditions are written in: it is most of what
 * badges weigh.
 *
 * @throws RuleSetError when nothing of the rule set can be used.
 */
export function readRules(source: string): Runner {
  const loaded = loadRuleSet(source);
  return { problems: loaded.problems, newEngine: () => new RuleEngine(loaded) };
}
