import * as v from 'valibot';
import { compileCondition, ExpressionError, type Condition } from './expression.ts';
import { factAt } from './fact-model.ts';
import { RuleSchema, RuleSetSchema, SCHEMA_VERSION, type Rule } from './rule-set-schema.ts';
import { placeholdersOf } from './placeholders.ts';

/** What is wrong in a rule set, and where. */
export interface RuleProblem {
  /** JSON Pointer (RFC 6901) to the place in the rule set. */
  readonly path: string;
  /** The rule it is in, when that has an id. */
  readonly rule?: string;
  readonly message: string;
  /** In an expression: the first and last character, from 0. */
  readonly start?: number;
  readonly end?: number;
}

export type RuleSetErrorCode =
  'rules/too-large' | 'rules/not-json' | 'rules/unexpected-shape' | 'rules/newer-schema';

/** A rule set that cannot be used at all. */
export class RuleSetError extends Error {
  readonly code: RuleSetErrorCode;
  readonly problems: readonly RuleProblem[];

  constructor(code: RuleSetErrorCode, message: string, problems: readonly RuleProblem[] = []) {
    super(message);
    this.name = 'RuleSetError';
    this.code = code;
    this.problems = problems;
  }
}

export interface LoadedRule {
  readonly rule: Rule;
  readonly condition: Condition;
}

/** The rules that can be used, and what is wrong with the others. */
export interface LoadedRuleSet {
  readonly version: string;
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly RuleProblem[];
}

/** A set of a thousand rules is a third of this. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Reads a rule set and checks every rule: its shape, its condition, the facts its texts and its evidence name. A rule
 * with a problem is left out; the others are used.
 *
 * @param source the text of a JSON file
 * @throws {RuleSetError} `rules/too-large`, `rules/not-json`, `rules/unexpected-shape` or `rules/newer-schema`
 */
export function loadRuleSet(source: string): LoadedRuleSet {
  if (source.length > MAX_CHARACTERS) {
    throw new RuleSetError(
      'rules/too-large',
      `A rule set has at most ${MAX_CHARACTERS} characters, not ${source.length}.`,
    );
  }
  const { version, rules } = parseEnvelope(parseJson(source));
  const problems: RuleProblem[] = [];
  const seen = new Set<string>();
  const loaded = rules.flatMap((value, index) => {
    const { rule, found } = loadRule(value, index, seen);
    problems.push(...found);
    return rule ? [rule] : [];
  });
  return { version, rules: loaded, problems };
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source, (_, value: unknown) => withoutPrototype(value)) as unknown;
  } catch (error) {
    throw new RuleSetError('rules/not-json', `The rule set is not JSON: ${(error as Error).message}`);
  }
}

/** What an old script of the page hung on `Object.prototype` is no attribute of a rule. */
function withoutPrototype(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.assign(Object.create(null) as object, value);
}

function parseEnvelope(value: unknown): v.InferOutput<typeof RuleSetSchema> {
  const parsed = v.safeParse(RuleSetSchema, value);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => toProblem(issue, '', undefined));
    const [first] = problems;
    throw new RuleSetError(
      'rules/unexpected-shape',
      `${first?.path ?? ''} ${first?.message ?? ''}`.trim(),
      problems,
    );
  }
  if (parsed.output.schemaVersion > SCHEMA_VERSION) {
    throw new RuleSetError(
      'rules/newer-schema',
      `The rule set is written for version ${parsed.output.schemaVersion} of the schema; this SDK reads ${SCHEMA_VERSION}.`,
    );
  }
  return parsed.output;
}

interface Loading {
  readonly rule?: LoadedRule;
  readonly found: readonly RuleProblem[];
}

function loadRule(value: unknown, index: number, seen: Set<string>): Loading {
  const base = `/rules/${index}`;
  const parsed = v.safeParse(RuleSchema, value);
  if (!parsed.success) {
    const name = idOf(value);
    return { found: parsed.issues.map((issue) => toProblem(issue, base, name)) };
  }
  const rule = parsed.output;
  const { condition, problem } = readCondition(rule, base);
  const found = [...(problem ? [problem] : []), ...unknownFacts(rule, base), ...repeatedId(rule, base, seen)];
  seen.add(rule.id);
  return condition && found.length === 0 ? { rule: { rule, condition }, found } : { found };
}

function readCondition(rule: Rule, base: string): { condition?: Condition; problem?: RuleProblem } {
  try {
    return { condition: compileCondition(rule.when) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { problem: { path: `${base}/when`, rule: rule.id, ...error.problem } };
  }
}

function unknownFacts(rule: Rule, base: string): RuleProblem[] {
  const problem = (path: string, name: string): RuleProblem => ({
    path: `${base}/${path}`,
    rule: rule.id,
    message: `there is no fact "${name}"`,
  });
  const inTexts = (['title', 'why'] as const).flatMap((part) =>
    Object.entries(rule[part]).flatMap(([language, text]) =>
      placeholdersOf(text)
        .filter((name) => !factAt(name))
        .map((name) => problem(`${part}/${language}`, name)),
    ),
  );
  const inEvidence = rule.evidence.flatMap((name, index) =>
    factAt(name) ? [] : [problem(`evidence/${index}`, name)],
  );
  return [...inTexts, ...inEvidence];
}

const repeatedId = ({ id }: Rule, base: string, seen: ReadonlySet<string>): RuleProblem[] =>
  seen.has(id) ? [{ path: `${base}/id`, rule: id, message: `"${id}" is the id of an earlier rule` }] : [];

function toProblem(issue: v.BaseIssue<unknown>, base: string, rule: string | undefined): RuleProblem {
  const steps = (issue.path ?? []).map(
    ({ key }) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`,
  );
  return { path: `${base}${steps.join('')}` || '/', message: issue.message, ...(rule && { rule }) };
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? id.slice(0, 64) : undefined;
}
