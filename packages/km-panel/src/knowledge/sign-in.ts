import { isJioAssistError, type JioAssistClient, type JioAssistError } from '@jioassist/core-sdk';
import type { KnowledgeState, KnowledgeStatus } from './knowledge.js';

/** Where sign-in stands, for the screen. */
export type SignInView = Pick<KnowledgeState, 'signingIn' | 'error'> & {
  readonly status: Extract<KnowledgeStatus, 'signed-out' | 'error'> | undefined;
};

/** `status` is undefined while an agent is signed in. */
export function signInView(client: JioAssistClient, failed: JioAssistError | undefined): SignInView {
  const signIn = client.auth.state.value;
  if (signIn.status === 'signed-in') return { status: undefined, signingIn: false, error: undefined };
  const gateway = client.gateway.state.value;
  if (gateway.status === 'failed') return { status: 'error', signingIn: false, error: gateway.error };
  const error = signIn.status === 'signed-out' ? (failed ?? signIn.error) : undefined;
  return { status: 'signed-out', signingIn: signIn.status === 'signing-in', error };
}

/** Opens the sign-in window; resolves with why it did not work. */
export async function trySignIn(client: JioAssistClient): Promise<JioAssistError | undefined> {
  try {
    await client.auth.signIn?.();
    return undefined;
  } catch (error) {
    if (isJioAssistError(error)) return error;
    throw error;
  }
}
