import { signIn } from '../src/auth/headless-sign-in.ts';
import { apiScopes } from '../src/auth/scopes.ts';
import { startTestGateway, type TestGateway } from './gateway.ts';

/** A test gateway whose caller connects systems, and so may write every API. */
export async function startWithAllScopes(
  ...options: Parameters<typeof startTestGateway>
): Promise<TestGateway> {
  const test = await startTestGateway(...options);
  const scope = ['openid', ...apiScopes].join(' ');
  const { accessToken } = await signIn(test.url, { name: 'dev', password: 'welcome-dev', scope });
  return {
    ...test,
    token: accessToken,
    call: (path, request) => test.call(path, { token: accessToken, ...request }),
    list: (path) => test.call(path, { token: accessToken }),
  };
}
