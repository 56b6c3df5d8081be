import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type TestGateway } from '../gateway/test-support/gateway.ts';
import { runCommand, type CommandResult } from './lib/command.ts';

let test: TestGateway;
let folder = '';

const write = (text: string, file = 'lamp.md', id = 'lamp-test', title = 'Lamp test'): void => {
  const head = `---\nid: ${id}\ntitle: ${title}\nlanguage: en\n---\n`;
  writeFileSync(join(folder, file), head + text);
};

const run = (args: string[], env: Record<string, string> = {}): Promise<CommandResult> =>
  runCommand('node', ['tools/km-import.ts', ...args], { env: { JIOASSIST_TOKEN: test.token, ...env } });

const importFolder = (): Promise<CommandResult> => run([folder, '--gateway', test.url]);

before(async () => {
  test = await startTestGateway();
  folder = mkdtempSync(join(tmpdir(), 'articles-'));
});
after(async () => {
  rmSync(folder, { recursive: true });
  await test.close();
});

describe('npm run km:import', () => {
  it('creates, leaves alone and updates articles through the API', async () => {
    write('First text');
    assert.match((await importFolder()).output, /created {2}lamp-test {2}version 1\n1 article: 1 created/);
    assert.match(
      (await importFolder()).output,
      /^1 article: 0 created, 0 updated, 1 unchanged, 0 retired\.$/m,
    );
    write('Second text');
    const { code, output } = await importFolder();
    assert.equal(code, 0);
    assert.match(output, /updated {2}lamp-test {2}version 2/);
    const found = await test.list('/tmf-api/document/v4/document?name=Lamp%20test&sort=version');
    assert.deepEqual(
      found.body.map(({ version, lifecycleState }) => [version, lifecycleState]),
      [
        ['1.0', 'retired'],
        ['2.0', 'published'],
      ],
    );
  });

  it('retires an article whose file is gone, and says so', async () => {
    write('First text', 'gone.md', 'gone-test', 'Gone');
    await importFolder();
    rmSync(join(folder, 'gone.md'));
    assert.match((await importFolder()).output, /^retired {2}gone-test {2}version 1$/m);
    const [document] = (await test.list('/tmf-api/document/v4/document?name=Gone')).body;
    assert.equal(document?.lifecycleState, 'retired');
  });

  it('finds the articles of the demonstration as they are in its folder', async () => {
    const { output } = await run(['gateway/knowledge/articles', '--gateway', test.url]);
    assert.match(output, /^\d+ articles: 0 created, 0 updated, \d+ unchanged, 0 retired\.$/m);
  });

  it('names file and line of an error, writes nothing and ends with 2', async () => {
    write('Third text\n:::say\n');
    const { code, output } = await importFolder();
    assert.equal(code, 2);
    assert.match(output, /lamp\.md:7: error: .*\n1 error in 1 file: nothing was written\./);
  });

  it('ends with 1 and a sentence when the gateway refuses', async () => {
    write('Fourth text');
    const { code, output } = await run([folder, '--gateway', test.url], { JIOASSIST_TOKEN: 'wrong' });
    assert.equal(code, 1);
    assert.match(output, /refused GET \(status 401\)/);
    assert.doesNotMatch(output, /\n\s+at /);
  });

  it('ends with 1 when there is no such folder', async () => {
    const { code, output } = await run(['no-such-folder']);
    assert.equal(code, 1);
    assert.match(output, /There is no folder/);
  });
});
