import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settingsIn, settingsRecord, settingsTable, unknownSettings } from './settings.ts';

describe('the settings in force', () => {
  it('name every variable, its value, and whether that is the default', () => {
    const settings = settingsIn({ JIOASSIST_PORT: '5000', JIOASSIST_SEED: '' });
    const find = (name: string) => settings.find((setting) => setting.name === name);
    assert.deepEqual(find('JIOASSIST_PORT'), { name: 'JIOASSIST_PORT', value: '5000', isSet: true });
    assert.deepEqual(find('JIOASSIST_SEED'), { name: 'JIOASSIST_SEED', value: '7', isSet: false });
    assert.deepEqual(find('DATABASE_URL'), { name: 'DATABASE_URL', value: 'not set', isSet: false });
  });

  it('hide the password of the database', () => {
    const url = 'postgres://assist:s3cret@db.example:5432/jioassist?password=s3cret';
    const text = JSON.stringify(settingsRecord(settingsIn({ DATABASE_URL: url })));
    assert.match(text, /postgres:\/\/assist:\*\*\*@db\.example:5432\/jioassist"/);
    assert.doesNotMatch(text, /s3cret/);
  });

  it('are a table for a person', () => {
    const lines = settingsTable([
      { name: 'A', value: '1', isSet: true },
      { name: 'LONG', value: '2', isSet: false },
    ]);
    assert.equal(lines, 'A     1\nLONG  2  (default)');
  });

  it('do not hold a misspelt name, which is told', () => {
    assert.deepEqual(unknownSettings({ JIOASSIST_PROT: '1', JIOASSIST_PORT: '1', PATH: '/bin' }), [
      'JIOASSIST_PROT',
    ]);
  });
});
