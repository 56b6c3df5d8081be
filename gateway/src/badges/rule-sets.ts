import { readFileSync } from 'node:fs';
import {
  loadRuleSet,
  RuleSetError,
  type LoadedRuleSet,
  type RuleProblem,
} from '@jioassist/badge-widget/rules/source';
import type { Queryable } from '../store/database.ts';
import { ApiError } from '../tmf/errors.ts';

/** The rule set that is in force. */
export interface RuleSetInForce {
  /** 0 for the standard rules, which are in force until somebody puts others in their place. */
  readonly revision: number;
  readonly source: string;
}

const STANDARD: RuleSetInForce = {
  revision: 0,
  source: readFileSync(new URL(import.meta.resolve('@jioassist/badge-widget/standard-rules.json')), 'utf8'),
};

export async function ruleSetInForce(database: Queryable): Promise<RuleSetInForce> {
  const [newest] = await database.query<RuleSetInForce>(
    'select revision, source from badge_rule_set order by revision desc limit 1',
  );
  return newest ?? STANDARD;
}

/** @throws {ApiError} 422 with every problem and its place: a rule set with a problem never comes into force */
export async function putRuleSet(tx: Queryable, source: string, agentId: string): Promise<number> {
  const { problems } = load(source);
  if (problems.length > 0) throw refused('invalidRuleSet', problems);
  const [row] = await tx.query<{ revision: number }>(
    'insert into badge_rule_set (source, agent_id) values ($1, $2) returning revision',
    [source, agentId],
  );
  return row?.revision ?? 0;
}

function load(source: string): LoadedRuleSet {
  try {
    return loadRuleSet(source);
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    const problems = error.problems.length > 0 ? error.problems : [{ path: '', message: error.message }];
    throw refused(error.code, problems);
  }
}

const MOST_TOLD = 20;

function refused(code: string, problems: readonly RuleProblem[]): ApiError {
  const told = problems
    .slice(0, MOST_TOLD)
    .map(({ path, rule, message }) =>
      [path, rule === undefined ? '' : `(${rule})`, message].filter((part) => part !== '').join(' '),
    );
  const more = problems.length > told.length ? [`and ${problems.length - told.length} more`] : [];
  return new ApiError(422, code, 'The rule set has problems; the one before stays in force', {
    message: [...told, ...more].join('; '),
  });
}
