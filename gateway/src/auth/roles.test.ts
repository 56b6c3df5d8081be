import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { declarations } from '../tmf/apis/index.ts';
import { refresh, signIn } from './headless-sign-in.ts';
import { scopesOfRoles } from './roles.ts';
import { apiScopes } from './scopes.ts';

describe('the table of roles', () => {
  it('knows every scope an API asks for', () => {
    for (const { name, scopes } of declarations) {
      for (const scope of [scopes.read, scopes.write])
        assert.ok(apiScopes.includes(scope), `${name}: ${scope}`);
    }
  });

  const may: [string, string[], string[]][] = [
    [
      'agent',
      ['customer:write', 'ticket:write', 'document:read', 'pii:reveal'],
      ['audit:read', 'role:write', 'document:write'],
    ],
    ['supervisor', ['customer:write', 'audit:read', 'document:write'], ['role:write', 'event:write']],
    ['integrator', ['role:write', 'event:write', 'customer:read'], ['pii:reveal', 'audit:read']],
  ];
  for (const [role, has, lacks] of may) {
    it(`lets a ${role} do this and not that`, () => {
      const scopes = scopesOfRoles([role as 'agent']);
      for (const scope of has) assert.ok(scopes.includes(scope), scope);
      for (const scope of lacks) assert.equal(scopes.includes(scope), false, scope);
    });
  }

  it('adds roles up, and gives nothing for none', () => {
    assert.deepEqual(scopesOfRoles([]), []);
    const both = scopesOfRoles(['integrator', 'supervisor']);
    assert.deepEqual(both, apiScopes);
  });
});

describe('what a token may hold', () => {
  let test: TestGateway;
  before(async () => {
    test = await startTestGateway();
  });
  after(() => test.close());

  const scopesIn = (token: string) => new Set(decodeJwt<{ scope: string }>(token).scope.split(' '));

  for (const [name, role] of [
    ['asha', 'agent'],
    ['meera', 'supervisor'],
    ['dev', 'integrator'],
  ] as const) {
    it(`gives ${name} exactly what a ${role} may have, and says so`, async () => {
      const tokens = await signIn(test.url, { name, password: `welcome-${name}` });
      assert.deepEqual(scopesIn(tokens.accessToken), new Set(scopesOfRoles([role])));
      assert.deepEqual(new Set(tokens.scope.split(' ')), scopesIn(tokens.accessToken));
      assert.deepEqual(decodeJwt(tokens.accessToken).roles, [role]);
    });
  }

  it('takes a role away at the next refresh, and the agent with it', async () => {
    const { database } = test.gateway;
    const first = await signIn(test.url, { name: 'meera', password: 'welcome-meera' });
    assert.ok(scopesIn(first.accessToken).has('audit:read'));
    await database.query(`update agent set roles = '{agent}' where id = 'meera'`);
    const second = await refresh(test.url, first.refreshToken);
    assert.equal(scopesIn(second.accessToken).has('audit:read'), false);
    await database.query(`delete from agent where id = 'meera'`);
    await assert.rejects(refresh(test.url, second.refreshToken), /invalid_grant/);
  });
});
