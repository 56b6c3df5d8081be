import { signIn } from '../src/auth/headless-sign-in.ts';
import { apiScopes } from '../src/auth/scopes.ts';
import { startTestGateway, type TestGateway } from './gateway.ts';

/** A test gateway whose agent may do everything. */
export async function startWithAllScopes(
  ...options: Parameters<typeof startTestGateway>
): Promise<TestGateway> {
  const test = await startTestGateway(...options);
  const scope = ['openid', ...apiScopes].join(' ');
  const { accessToken } = await signIn(test.url, { name: 'asha', password: 'welcome-asha', scope });
  return {
    ...test,
    token: accessToken,
    call: (path, request) => test.call(path, { token: accessToken, ...request }),
    list: (path) => test.call(path, { token: accessToken }),
  };
}
