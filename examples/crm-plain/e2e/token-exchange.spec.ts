import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createJioAssist, tokenExchange } from '../../../packages/core-sdk/dist/index.js';
import { expect, test } from './fixtures.ts';

const ISSUER = 'https://crm.example';

test('an agent of the CRM works without signing in again', async ({ openStage }) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'crm', alg: 'ES256' };
  const issuer = { issuer: ISSUER, audience: 'jioassist', clientId: 'crm', jwks: { keys: [jwk] } };
  const stage = await openStage({ JIOASSIST_EXCHANGE_ISSUERS: JSON.stringify([issuer]) });
  let subject = 'asha';
  const auth = tokenExchange({
    gateway: stage.gatewayUrl,
    clientId: 'crm',
    getSubjectToken: async () => {
      const token = new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'crm' }).setSubject(subject);
      const value = await token
        .setIssuer(ISSUER)
        .setAudience('jioassist')
        .setExpirationTime('1m')
        .sign(privateKey);
      return { value, agent: { id: subject, name: subject } };
    },
  });
  const client = createJioAssist({ gateway: stage.gatewayUrl, auth });
  const token = await auth.getToken();
  expect(token.send, 'bound to a key').toBeDefined();
  expect((await client.api.customer.retrieve('C-1001')).id).toBe('C-1001');
  expect(auth.state.value).toMatchObject({ status: 'signed-in', agent: { id: 'asha' } });

  subject = 'nobody';
  const refused = await auth.getToken({ refused: token.value }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'auth/signed-out' });
  expect(auth.state.value.status).toBe('signed-out');
  client.dispose();
});
