#!/usr/bin/env node
// Checks a rule set from the command line, as the gateway and the browser would.
import { readFileSync } from 'node:fs';
import { loadRuleSet, RuleSetError } from '../dist/rules/index.js';

const USAGE = `Usage: jioassist-badges check RULES.json [--json]
Reads a rule set and tells every problem in it, with its place.

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
    return { version, rules: rules.length, problems };
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    const problems = error.problems.length > 0 ? error.problems : [{ path: '', message: error.message }];
    return { code: error.code, rules: 0, problems };
  }
}

function report(file, { version, rules, problems, code }) {
  const lines = problems.flatMap((problem) => describe(problem));
  const usable = `${rules} ${rules === 1 ? 'rule' : 'rules'} can be used`;
  const found = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  const end = code === undefined ? `${usable}, ${found}` : `refused (${code})`;
  return [...lines, `${file}${version === undefined ? '' : ` version ${version}`}: ${end}`].join('\n');
}

function describe({ path, rule, message, start, end }) {
  const where = [path === '' ? undefined : path, rule === undefined ? undefined : `(rule "${rule}")`];
  const place = start === undefined ? [] : [`  characters ${start} to ${end} of the condition`];
  return [[...where, message].filter(Boolean).join(' ').trim(), ...place];
}

function say(text, code) {
  process.stdout.write(`${text}\n`);
  return code;
}

function complain(text, code) {
  process.stderr.write(`${text}\n`);
  return code;
}
