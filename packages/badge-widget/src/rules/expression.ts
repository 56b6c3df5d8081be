import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { FACT_MODEL, factAt, valueAt, type CustomerFacts, type FactPath } from './fact-model.ts';

/** What is wrong with an expression, and where: characters of the expression from 0. */
export interface ExpressionProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export class ExpressionError extends Error {
  readonly problem: ExpressionProblem;

  constructor(problem: ExpressionProblem, cause?: unknown) {
    super(problem.message, { cause });
    this.name = 'ExpressionError';
    this.problem = problem;
  }
}

/** A condition that was checked when it was read. */
export interface Condition {
  /** The facts it asks for; no other fact can change its answer. */
  readonly reads: readonly FactPath[];
  /**
   * Of a number that is only compared with other numbers, those numbers: as long as it passes none of them, the answer
   * stays.
   */
  readonly limits: ReadonlyMap<FactPath, readonly number[]>;
  /** Whether it holds; undefined when a fact it needs is not known. Throws what the evaluation throws. */
  holds(facts: CustomerFacts): boolean | undefined;
}

/** Longer than any condition that a person can check. */
const MAX_LENGTH = 2_000;
const LIMITS = { maxAstNodes: 200, maxDepth: 24, maxListElements: 50, maxMapEntries: 0, maxCallArguments: 4 };
/** More than anybody has services or offers; a condition may go over a list several times. */
const MOST_ENTRIES = 1_000;
/** Each runs its body once for every element of a list. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
/** `matches` takes a pattern that can run for minutes; the others make values no condition needs. */
const REFUSED = new Set([
  'matches',
  'bind',
  'dyn',
  'bytes',
  'json',
  'hex',
  'base64',
  'timestamp',
  'duration',
  'type',
]);

const environment = makeEnvironment();

/**
 * Reads a condition written in CEL (https://cel.dev) over the facts of the model. It is bounded: in length, in depth, in
 * how often it goes over a list, and in the functions it may call.
 *
 * @throws {ExpressionError} with the place of what is wrong
 */
export function compileCondition(source: string): Condition {
  if (source.length > MAX_LENGTH) throw refused(`is longer than ${MAX_LENGTH} characters`, 0, source.length);
  const parsed = attempt(source, () => environment.parse(source));
  const found = {
    reads: new Set<FactPath>(),
    guarded: new Set<FactPath>(),
    limits: new Map<FactPath, number[]>(),
  };
  inspect(parsed.ast, { ...found, macros: 0 });
  const { valid, type, error } = attempt(source, () => parsed.check());
  if (!valid) throw toExpressionError(error, source);
  if (type !== 'bool') throw refused(`gives ${String(type)}, not true or false`, 0, source.length);
  const compared = [...found.limits.keys()].filter((path) => !found.reads.has(path));
  const reads = [...found.reads, ...compared];
  const needed = reads.filter((path) => !found.guarded.has(path));
  return {
    reads,
    limits: new Map(compared.map((path) => [path, found.limits.get(path) ?? []])),
    holds: (facts) => {
      if (needed.some((path) => valueAt(facts, path) === undefined)) return undefined;
      for (const path of reads) refuseLongList(path, valueAt(facts, path));
      return parsed(facts) === true;
    },
  };
}

function refuseLongList(path: FactPath, value: unknown): void {
  if (!Array.isArray(value) || value.length <= MOST_ENTRIES) return;
  throw new RangeError(`${path} has more than ${MOST_ENTRIES} entries`);
}

function makeEnvironment(): Environment {
  const made = new Environment({ limits: LIMITS });
  for (const [name, facts] of Object.entries(FACT_MODEL)) {
    const schema = Object.fromEntries(Object.entries(facts).map(([fact, { type }]) => [fact, type]));
    made.registerVariable({ name, schema });
  }
  registerMixedArithmetic(made);
  return made;
}

/** `billing.latestAmount * 2` has to work: for CEL a 2 is an integer, and a fact is a double. */
function registerMixedArithmetic(made: Environment): void {
  const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  };
  for (const [sign, apply] of Object.entries(operators)) {
    made.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => apply(a, Number(b)));
    made.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => apply(Number(a), b));
  }
}

interface Found {
  /** Facts that are read in any other way than to be compared with a number. */
  readonly reads: Set<FactPath>;
  readonly limits: Map<FactPath, number[]>;
  /** Facts that are asked for by `has()`, and so may be unknown. */
  readonly guarded: Set<FactPath>;
  /** How many loops this is inside of. */
  readonly macros: number;
}

/** Finds the facts that are read, and refuses what is not bounded. */
function inspect(node: ASTNode, found: Found): void {
  const path = pathOf(node);
  if (path !== undefined) {
    found.reads.add(path);
    return;
  }
  if (isLimit(node, found)) return;
  if (node.op === 'call' && node.args[0] === 'has') {
    guard(node, found);
    return;
  }
  if (node.op === 'call' || node.op === 'rcall') refuseCall(node, node.args[0], found);
  const inside = isLoop(node) ? { ...found, macros: found.macros + 1 } : found;
  for (const child of childrenOf(node.args)) inspect(child, inside);
}

/** `group.fact`, when the node reads a fact. */
function pathOf(node: ASTNode): FactPath | undefined {
  if (node.op !== '.') return undefined;
  const [object, name] = node.args;
  if (object.op !== 'id') return undefined;
  const path: FactPath = `${object.args}.${name}`;
  return factAt(path) && path;
}

/** `has()` asks only whether a fact is known, which no limit stands in the way of. */
function guard(node: ASTNode, { guarded, limits, reads }: Found): void {
  for (const child of childrenOf(node.args)) {
    const path = pathOf(child);
    if (path === undefined) inspect(child, { guarded, limits, reads, macros: 0 });
    else {
      guarded.add(path);
      limits.set(path, limits.get(path) ?? []);
    }
  }
}

/** `group.fact >= 3`: notes the number. */
function isLimit(node: ASTNode, { limits }: Found): boolean {
  if (!isComparison(node)) return false;
  const [left, right] = node.args;
  const path = pathOf(left);
  const limit = numberOf(right);
  if (path === undefined || limit === undefined) return false;
  limits.set(path, [...(limits.get(path) ?? []), limit]);
  return true;
}

type Comparison = Extract<ASTNode, { op: '<' | '<=' | '>' | '>=' | '==' | '!=' }>;
const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=']);
const isComparison = (node: ASTNode): node is Comparison => COMPARISONS.has(node.op);

function numberOf(node: ASTNode): number | undefined {
  if (node.op === '-_') return negative(numberOf(node.args));
  const value = node.op === 'value' ? node.args : undefined;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

const negative = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : -value;

const isLoop = (node: ASTNode): boolean => node.op === 'rcall' && MACROS.has(node.args[0]);

function refuseCall(node: ASTNode, name: string, { macros }: Found): void {
  if (REFUSED.has(name)) throw refused(`uses ${name}(), which is not allowed`, node.start, node.end);
  if (isLoop(node) && macros > 0) {
    throw refused(`has ${name}() inside another loop, which can take for ever`, node.start, node.end);
  }
}

function childrenOf(value: unknown): ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(childrenOf);
  return isNode(value) ? [value] : [];
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

function attempt<T>(source: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw toExpressionError(error, source);
  }
}

/** The first line of what the engine says; its other lines draw the place. */
function toExpressionError(error: unknown, source: string): ExpressionError {
  const [message = 'cannot be read'] = (error instanceof Error ? error.message : String(error)).split('\n');
  const { start = 0, end = source.length } =
    (error as { range?: { start: number; end: number } }).range ?? {};
  return new ExpressionError({ message, start, end }, error);
}

const refused = (message: string, start: number, end: number): ExpressionError =>
  new ExpressionError({ message, start, end });
