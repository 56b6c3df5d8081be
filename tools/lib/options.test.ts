import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments, readPort, type Command } from './options.ts';

const command: Command = {
  name: 'npm start',
  help: 'help',
  options: { port: { type: 'string' }, quiet: { type: 'boolean' } },
};

describe('readArguments', () => {
  it('reads options and words', () => {
    const args = readArguments({ ...command, words: 1 }, ['--port', '5000', 'size', '--quiet']);
    assert.deepEqual({ ...args.values }, { port: '5000', quiet: true });
    assert.deepEqual(args.words, ['size']);
  });

  it('names an option it does not know and where to look', () => {
    assert.throws(
      () => readArguments(command, ['--prot', '1']),
      /Unknown option '--prot'.*npm start -- --help/,
    );
  });

  it('explains a bare word, which is what npm makes of an option without two dashes', () => {
    assert.throws(() => readArguments(command, ['5000']), /takes no "5000".*two dashes/);
  });
});

describe('readPort', () => {
  const read = (port: string) => readPort({ values: { port }, words: [] }, 'port');

  it('takes a port number', () => {
    assert.equal(read('5000'), 5000);
  });
  it('is undefined when not given', () => {
    assert.equal(readPort({ values: {}, words: [] }, 'port'), undefined);
  });
  for (const bad of ['0', '65536', 'five', '', '80.5']) {
    it(`refuses ${JSON.stringify(bad)} in words`, () => {
      assert.throws(() => read(bad), /--port must be a port number/);
    });
  }
});
