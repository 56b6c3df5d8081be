import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressedPackages, extraneousPackages, missingPlatformPackages } from './lockfile.ts';

describe('missingPlatformPackages', () => {
  it('is empty when each is there, beside the package or above it', () => {
    const lock = {
      '': {},
      'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' } },
      'node_modules/a/node_modules/a-linux': {},
      'node_modules/a-mac': {},
    };
    assert.deepEqual(missingPlatformPackages(lock), []);
  });

  it('names what is missing and who asks for it', () => {
    const lock = { 'node_modules/a': { optionalDependencies: { 'a-mac': '1.0.0' } } };
    assert.deepEqual(missingPlatformPackages(lock), ['node_modules/a asks for a-mac@1.0.0']);
  });
});

describe('addressedPackages', () => {
  it('lets workspace links pass and names addresses', () => {
    const lock = {
      'node_modules/a': { resolved: 'packages/a', link: true },
      'node_modules/b': { resolved: 'https://registry.example/b.tgz' },
    };
    assert.deepEqual(addressedPackages(lock), [
      'node_modules/b is resolved to https://registry.example/b.tgz',
    ]);
  });
});

describe('extraneousPackages', () => {
  it('names what is left over', () => {
    const lock = { 'node_modules/a': {}, 'node_modules/b': { extraneous: true } };
    assert.equal(extraneousPackages(lock).length, 1);
    assert.match(extraneousPackages(lock)[0] ?? '', /^node_modules\/b/);
  });
});
