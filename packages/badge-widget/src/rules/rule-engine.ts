import { FACT_MODEL, valueAt, type CustomerFacts, type FactPath } from './fact-model.ts';
import type { Rule } from './rule-set-schema.ts';
import type { LoadedRule, LoadedRuleSet } from './rule-set.ts';

/** A rule that failed on the facts of a customer. Facts are not told: they are the customer's. */
export interface RuleFailure {
  readonly rule: string;
  readonly message: string;
}

export interface Evaluation {
  /** The rules that hold, in the order of the rule set. */
  readonly matches: readonly Rule[];
  /** Those that could not be evaluated, and so do not count. */
  readonly failures: readonly RuleFailure[];
  /** How many conditions were evaluated for this; the answers of the others were still good. */
  readonly evaluated: number;
}

const NO_FACTS = Object.fromEntries(Object.keys(FACT_MODEL).map((group) => [group, {}])) as CustomerFacts;

/**
 * Evaluates rules over the facts of one customer at a time. When facts change, only the rules that read one of them are
 * evaluated again, and of those not the ones that only compare it with numbers it has not passed.
 */
export class RuleEngine {
  readonly #rules: readonly LoadedRule[];
  readonly #readers = new Map<FactPath, number[]>();
  readonly #answers: boolean[];
  readonly #failures = new Map<number, RuleFailure>();
  #facts: CustomerFacts | undefined;

  constructor({ rules }: LoadedRuleSet) {
    this.#rules = rules;
    this.#answers = rules.map(() => false);
    rules.forEach(({ condition }, index) => {
      for (const path of condition.reads) this.#readersOf(path).push(index);
    });
  }

  /** Which rules hold for these facts. */
  evaluate(facts: CustomerFacts): Evaluation {
    const known = { ...NO_FACTS, ...facts };
    const due = this.#due(known);
    this.#facts = known;
    for (const index of due) this.#answers[index] = this.#answer(index, known);
    return {
      matches: this.#rules.flatMap(({ rule }, index) => (this.#answers[index] ? [rule] : [])),
      failures: [...this.#failures.values()],
      evaluated: due.size,
    };
  }

  #due(facts: CustomerFacts): ReadonlySet<number> {
    const before = this.#facts;
    if (!before) return new Set(this.#rules.keys());
    const due = new Set<number>();
    for (const [path, readers] of this.#readers) {
      const change = [valueAt(before, path), valueAt(facts, path)] as const;
      if (isSame(...change)) continue;
      for (const index of readers) if (this.#matters(index, path, change)) due.add(index);
    }
    return due;
  }

  #matters(index: number, path: FactPath, [before, after]: readonly [unknown, unknown]): boolean {
    const limits = this.#rules[index]?.condition.limits.get(path);
    if (!limits || !isNumber(before) || !isNumber(after)) return true;
    const [low, high] = before < after ? [before, after] : [after, before];
    return limits.some((limit) => low <= limit && limit <= high);
  }

  #answer(index: number, facts: CustomerFacts): boolean {
    const loaded = this.#rules[index];
    this.#failures.delete(index);
    if (!loaded) return false;
    try {
      return loaded.condition.holds(facts) ?? false;
    } catch (error) {
      const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      this.#failures.set(index, { rule: loaded.rule.id, message });
      return false;
    }
  }

  #readersOf(path: FactPath): number[] {
    const readers = this.#readers.get(path) ?? [];
    this.#readers.set(path, readers);
    return readers;
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
