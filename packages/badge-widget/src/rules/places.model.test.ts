import { describe, expect, it } from 'vitest';
import { loadRuleSet } from './rule-set.ts';
import { lineAndColumn, placeInString, placeOfProblem, placesIn } from './places.ts';

const at = (text: string, pointer: string) => {
  const place = placesIn(text).values.get(pointer);
  return place && text.slice(place.start, place.end);
};

describe('the places in a JSON text', () => {
  const text = '{\n  "rules": [ { "when": "a \\"b\\"", "n": -1.5e3 }, null ],\n  "a/b~": true\n}';

  it.each([
    ['', text],
    ['/rules/0/when', '"a \\"b\\""'],
    ['/rules/0/n', '-1.5e3'],
    ['/rules/1', 'null'],
    ['/a~1b~0', 'true'],
  ])('are those of every value: %s', (pointer, expected) => {
    expect(at(text, pointer)).to.equal(expected);
    expect(placesIn(text).fault).to.equal(undefined);
  });

  it.each([
    ['', 0, 'A value is missing here'],
    ['{"a": }', 6, 'A value is missing here'],
    ['{"a" 1}', 5, '":" is missing here'],
    ['{"a": 1,}', 8, 'A name in double quotes is missing here'],
    ['{"a": "b\n"}', 6, 'This text has no end, or a character that must be escaped'],
    ['[1 2]', 3, '"]" is missing here'],
    ['{} {}', 3, 'There is something after the end'],
    ['['.repeat(100), 65, 'This is nested too deeply'],
  ])('end with the fault of %j', (broken, start, message) => {
    expect(placesIn(broken).fault).to.include({ start, message });
  });

  it('agree with JSON.parse about what is JSON', () => {
    for (const each of [
      '01',
      '1.',
      '.5',
      '"\\x"',
      "'a'",
      'True',
      '[,]',
      '{a:1}',
      '"\t"',
      '-',
      '1e5',
      '"\\u00e9"',
    ]) {
      let isJson = true;
      try {
        JSON.parse(each);
      } catch {
        isJson = false;
      }
      expect(placesIn(each).fault === undefined, each).to.equal(isJson);
    }
  });

  it('go into a string, past what is escaped', () => {
    const value = placesIn(text).values.get('/rules/0/when');
    if (!value) throw new Error('no place');
    const { start, end } = placeInString(text, value, 3, 4);
    expect(text.slice(start, end)).to.equal('b');
    const whole = placeInString(text, value, 0, 5);
    expect(text.slice(whole.start, whole.end)).to.equal('a \\"b\\"');
  });

  it('are lines and columns for people', () => {
    expect(lineAndColumn(text, text.indexOf('"a/b~"'))).to.deep.equal({ line: 3, column: 3 });
    expect(lineAndColumn('', 0)).to.deep.equal({ line: 1, column: 1 });
  });

  it('show where a problem of a rule set is', () => {
    const rule = { id: 'x', when: 'customer.segment == "vip" && weather.rain', severity: 'bad' };
    const rules = JSON.stringify({ schemaVersion: 1, version: '1', rules: [rule] }, undefined, 2);
    const { values } = placesIn(rules);
    const shown = loadRuleSet(rules).problems.map((problem) => {
      const { start, end } = placeOfProblem(rules, values, problem);
      return [problem.path, rules.slice(start, end)];
    });
    expect(shown).to.deep.include(['/rules/0/severity', '"bad"']);
    expect(shown, 'what is missing belongs into the rule').to.deep.include(['/rules/0/title', '{']);
    const inWhen = { path: '/rules/0/when', start: 29, end: 36 };
    const { start, end } = placeOfProblem(rules, values, inWhen);
    expect(rules.slice(start, end)).to.equal('weather');
    expect(placeOfProblem('', placesIn('').values, inWhen)).to.deep.equal({ start: 0, end: 0 });
  });
});
