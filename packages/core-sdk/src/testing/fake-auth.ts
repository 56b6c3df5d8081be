import { uniqueId } from '../unique-id.js';
import type { AuthProvider, AuthState } from '../auth/auth-provider.js';
import { JioAssistError } from '../errors.js';
import { State } from '../observable.js';

/** A provider a test can drive. */
export interface FakeAuth extends AuthProvider {
  readonly state: State<AuthState>;
}

/**
 * Sign-in without a window, as the agent `id`: `signIn` succeeds at once, or fails as `failure` says. Without an id it is
 * an agent of its own, because clients of one agent share a stream, over tests and pages too.
 */
export function fakeAuth(
  status: AuthState['status'] = 'signed-in',
  failure?: JioAssistError,
  id: string = uniqueId(),
): FakeAuth {
  const signedIn: AuthState = { status: 'signed-in', agent: { id, name: 'Asha Menon' } };
  const state = new State<AuthState>(status === 'signed-in' ? signedIn : { status });
  return {
    state,
    getToken: () =>
      state.value.status === 'signed-in'
        ? Promise.resolve({ value: 'test-token', expiresAt: Date.now() + 3_600_000 })
        : Promise.reject(new JioAssistError('auth/signed-out', 'No agent is signed in.')),
    signIn: () => {
      if (failure) return Promise.reject(failure);
      state.set(signedIn);
      return Promise.resolve();
    },
  };
}
