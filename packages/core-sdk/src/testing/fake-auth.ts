import type { AuthProvider, AuthState } from '../auth/auth-provider.js';
import { JioAssistError } from '../errors.js';
import { State } from '../observable.js';

/** A provider a test can drive. */
export interface FakeAuth extends AuthProvider {
  readonly state: State<AuthState>;
}

const SIGNED_IN: AuthState = { status: 'signed-in', agent: { id: 'asha', name: 'Asha Menon' } };

/** Sign-in without a window: `signIn` succeeds at once, or fails as `failure` says. */
export function fakeAuth(status: AuthState['status'] = 'signed-in', failure?: JioAssistError): FakeAuth {
  const state = new State<AuthState>(status === 'signed-in' ? SIGNED_IN : { status });
  return {
    state,
    getToken: () =>
      state.value.status === 'signed-in'
        ? Promise.resolve({ value: 'test-token', expiresAt: Date.now() + 3_600_000 })
        : Promise.reject(new JioAssistError('auth/signed-out', 'No agent is signed in.')),
    signIn: () => {
      if (failure) return Promise.reject(failure);
      state.set(SIGNED_IN);
      return Promise.resolve();
    },
  };
}
