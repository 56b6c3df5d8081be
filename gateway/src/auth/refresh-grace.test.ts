import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { newProofKey, prove, type ProofKey } from '../../test-support/dpop.ts';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { refresh, signIn, type Tokens } from './headless-sign-in.ts';

const asha = { name: 'asha', password: 'welcome-asha' };

let test: TestGateway;
let key: ProofKey;
let first: Tokens;
before(async () => {
  test = await startTestGateway();
  key = await newProofKey();
});
beforeEach(async () => {
  first = await signIn(test.url, { ...asha, prove: (request) => prove(key, request) });
});
after(() => test.close());

const refreshAs = (by: ProofKey, { refreshToken }: Tokens) =>
  refresh(test.url, refreshToken, undefined, (request) => prove(by, request));

/** Lets time pass for every refresh token that was spent. */
const pass = (seconds: number) =>
  test.gateway.database.query(
    `update oidc_payload set consumed_at = consumed_at - $1::float8 * interval '1 second'`,
    [seconds],
  );

describe('a refresh token that is bound to a key', () => {
  it('is good again for a while, for the page that never got the answer', async () => {
    await refreshAs(key, first);
    const again = await refreshAs(key, first);
    assert.deepEqual(decodeJwt(again.accessToken).cnf, { jkt: key.thumbprint });
    assert.ok((await refreshAs(key, again)).accessToken, 'and the line goes on');
  });

  it('is of no use to a thief, who cannot end the sign-in either', async () => {
    const second = await refreshAs(key, first);
    await assert.rejects(refreshAs(await newProofKey(), first), /invalid_grant/);
    await assert.rejects(refresh(test.url, first.refreshToken), /invalid_grant/);
    assert.ok((await refreshAs(key, second)).accessToken);
  });

  it('ends the whole line when it is spent again later', async () => {
    const second = await refreshAs(key, first);
    await pass(31);
    await assert.rejects(refreshAs(key, first), /invalid_grant/);
    await assert.rejects(refreshAs(key, second), /invalid_grant/);
  });

  it('does not live longer for being spent again', async () => {
    await refreshAs(key, first);
    await pass(20);
    await refreshAs(key, first);
    await pass(20);
    await assert.rejects(refreshAs(key, first), /invalid_grant/);
  });
});

describe('a refresh token that anybody could use', () => {
  it('has no second time', async () => {
    const bearer = await signIn(test.url, asha);
    await refresh(test.url, bearer.refreshToken);
    await assert.rejects(refresh(test.url, bearer.refreshToken), /invalid_grant/);
  });
});
