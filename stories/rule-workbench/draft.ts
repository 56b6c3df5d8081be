import {
  FACT_PATHS,
  lineAndColumn,
  loadRuleSet,
  placeOfProblem,
  placesIn,
  RuleEngine,
  RuleSetError,
  valueAt,
  type CustomerFacts,
  type FactPath,
  type LoadedRule,
  type LoadedRuleSet,
  type Place,
} from '@jioassist/badge-widget/rules.js';

export interface DraftProblem {
  readonly message: string;
  readonly place: Place;
  readonly line: number;
  readonly column: number;
}

/** A rule that somebody writes: what it is so far, or what is wrong with it. */
export interface Draft {
  readonly ruleSet?: LoadedRuleSet;
  readonly loaded?: LoadedRule;
  readonly problems: readonly DraftProblem[];
}

const BEFORE = '{"schemaVersion":1,"version":"draft","rules":[';
const AFTER = ']}';

/** A rule as a rule set with nothing else in it, which is how the gateway and the page get it. */
export const asRuleSet = (text: string): string => `${BEFORE}${text}${AFTER}`;

/** Reads the text of one rule as the product would. */
export function readDraft(text: string): Draft {
  const { fault } = placesIn(text);
  if (fault) return { problems: [problem(text, fault.message, fault)] };
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    return { problems: [problem(text, error.message, { start: 0, end: 0 })] };
  }
}

function read(text: string): Draft {
  const source = asRuleSet(text);
  const ruleSet = loadRuleSet(source);
  const { values } = placesIn(source);
  const problems = ruleSet.problems.map((each) => {
    const { start, end } = placeOfProblem(source, values, each);
    const place = { start: start - BEFORE.length, end: end - BEFORE.length };
    return problem(text, `${nameOf(each.path)}${each.message}`, place);
  });
  const [loaded] = ruleSet.rules;
  return { ruleSet, problems, ...(loaded && { loaded }) };
}

/** `/rules/0/title/en` as `title en:`. */
function nameOf(path: string): string {
  const steps = path.split('/').slice(3);
  return steps.length === 0 ? '' : `${steps.join(' ')}: `;
}

const problem = (text: string, message: string, place: Place): DraftProblem => ({
  message,
  place,
  ...lineAndColumn(text, place.start),
});

/** Whether a customer gets the badge of a rule, and if not, why. */
export interface Verdict {
  readonly gets: boolean;
  readonly why: string;
}

export function verdictOn({ ruleSet, loaded }: Draft, facts: CustomerFacts): Verdict | undefined {
  if (!ruleSet || !loaded) return undefined;
  const { matches, failures } = new RuleEngine(ruleSet).evaluate(facts);
  const [failure] = failures;
  if (failure) return { gets: false, why: `fails: ${failure.message}` };
  if (matches.length > 0) return { gets: true, why: 'the condition holds' };
  const unknown = loaded.condition.reads.filter((path) => valueAt(facts, path) === undefined);
  const isFalse = loaded.condition.holds(facts) === false;
  return { gets: false, why: isFalse ? 'the condition does not hold' : `not known: ${unknown.join(', ')}` };
}

const WORD = /[A-Za-z]+(?:\.[A-Za-z]*)?$/;
const MOST = 6;

export interface Completion {
  /** Where the word begins that is being written. */
  readonly start: number;
  readonly facts: readonly FactPath[];
}

/** The facts whose names go on from what stands before the caret; none where nothing was begun. */
export function completionAt(text: string, caret: number): Completion {
  const word = WORD.exec(text.slice(Math.max(0, caret - 60), caret))?.[0] ?? '';
  const start = caret - word.length;
  if (word.length < 2) return { start, facts: [] };
  const begun = word.toLowerCase();
  const fits = (path: FactPath) => {
    const lower = path.toLowerCase();
    return lower !== begun && (lower.startsWith(begun) || lower.includes(`.${begun}`));
  };
  return { start, facts: FACT_PATHS.filter(fits).slice(0, MOST) };
}
