#!/usr/bin/env node
// Checks a rule set from the command line, as the gateway and the browser would.
import { readFileSync } from 'node:fs';
import { lineAndColumn, loadRuleSet, placeOfProblem, placesIn, RuleSetError } from '../dist/rules/index.js';

const USAGE = `Usage: jioassist-badges check RULES.json [--json]
Reads a rule set and tells every problem in it, with its line and column.

Exit codes: 0 the rule set is in order, 1 it has problems, 2 it cannot be read or the command is wrong.`;

process.exitCode = main(process.argv.slice(2));

function main(argv) {
  const asJson = argv.includes('--json');
  const [command, file, ...more] = argv.filter((argument) => argument !== '--json');
  if (command === '--help' || command === '-h') return say(USAGE, 0);
  if (command !== 'check' || file === undefined || more.length > 0) return complain(USAGE, 2);
  let source;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    return complain(`${file} cannot be read: ${error.message}`, 2);
  }
  const result = check(source);
  if (asJson) return say(JSON.stringify(result, undefined, 2), result.problems.length > 0 ? 1 : 0);
  return say(report(file, result), result.problems.length > 0 ? 1 : 0);
}

function check(source) {
  try {
    const { version, rules, problems } = loadRuleSet(source);
    return { version, rules: rules.length, problems: withPlaces(source, problems) };
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    const problems = error.problems.length > 0 ? error.problems : [{ path: '', message: error.message }];
    return { code: error.code, rules: 0, problems: withPlaces(source, problems) };
  }
}

/** What is no JSON has a place of its own; of what is too large not even that is looked for. */
function withPlaces(source, problems) {
  if (problems.length === 0 || source.length > 1_000_000) return problems;
  const { values, fault } = placesIn(source);
  return problems.map((problem) => {
    const { start } = fault ?? placeOfProblem(source, values, problem);
    const message = fault?.message ?? problem.message;
    return { ...problem, message, ...lineAndColumn(source, start) };
  });
}

function report(file, { version, rules, problems, code }) {
  const lines = problems.map((problem) => describe(file, problem));
  const usable = `${rules} ${rules === 1 ? 'rule' : 'rules'} can be used`;
  const found = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  const end = code === undefined ? `${usable}, ${found}` : `refused (${code})`;
  return [...lines, `${file}${version === undefined ? '' : ` version ${version}`}: ${end}`].join('\n');
}

/** As compilers write it, so that editors make a link of it. */
function describe(file, { path, rule, message, line, column }) {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const name = rule === undefined ? '' : `(rule "${rule}")`;
  return [place, path, name, message].filter((part) => part !== '').join(' ');
}

function say(text, code) {
  process.stdout.write(`${text}\n`);
  return code;
}

function complain(text, code) {
  process.stderr.write(`${text}\n`);
  return code;
}
