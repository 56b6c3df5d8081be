import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crashRun } from '../test-support/crash/run.ts';

const KILLS = 15;

describe('a gateway that is killed again and again while writers work', () => {
  it('has everything it acknowledged, once, with an event for each write and no gap', async (context) => {
    const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
    context.diagnostic(`the same moments again: CRASH_SEED=${seed}`);
    const { acknowledged, kills } = await crashRun({ kills: KILLS, seed }).catch((error: unknown) => {
      throw new Error(`With CRASH_SEED=${seed}`, { cause: error });
    });
    assert.equal(kills.migrating + kills.starting + kills.working, KILLS);
    assert.ok(acknowledged.create > 0 && acknowledged.patch > 0 && acknowledged.delete > 0);
  });
});
