import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeHome, type Home } from '../gateway/test-support/database.ts';
import { appendAudit } from '../gateway/src/audit/trail.ts';
import { lockFolder } from '../gateway/src/store/folder-lock.ts';
import { root } from './lib/paths.ts';

let home: Home;
before(async () => {
  home = await makeHome('migrated');
});
after(() => home.remove());

function verify(env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tools/audit-verify.ts')], {
    env: { ...process.env, ...home.env, ...env },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('npm run audit:verify', () => {
  it('says that a trail is whole, and names the first record that is not', async () => {
    const database = await home.open();
    const entry = { clientId: 'crm', action: 'PATCH /x/:id', resource: [], customerIds: [], origin: null };
    for (const agentId of ['asha', 'ravi', 'meera']) {
      await appendAudit(database, { ...entry, agentId, outcome: 'success', correlationId: 'r' });
    }
    await database.close();
    assert.deepEqual(verify(), {
      status: 0,
      output: 'All 3 records of the audit trail are as they were written.\n',
    });

    const tampered = await home.open();
    await tampered.query('alter table audit_record disable trigger user');
    await tampered.query('delete from audit_record where sequence = 2');
    await tampered.close();
    const { status, output } = verify();
    assert.equal(status, 1);
    assert.match(output, /Record 2 of the audit trail is not as it was written, or is missing\./);
  });

  it('says so when there is no database', () => {
    const { status, output } = verify({ JIOASSIST_DATA_DIR: join(home.folder, 'nothing'), DATABASE_URL: '' });
    assert.equal(status, 1);
    assert.match(output, /There is no database in/);
  });

  it('leaves the folder of a running gateway alone', () => {
    const lock = lockFolder(home.folder);
    const { status, output } = verify({ DATABASE_URL: '' });
    lock.release();
    assert.equal(status, 1);
    assert.match(output, /is in use: .* Stop it first/);
  });
});
