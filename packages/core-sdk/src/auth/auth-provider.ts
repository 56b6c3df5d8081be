import type { Observable } from '../observable.js';

/** An access token, held in memory only. */
export interface AccessToken {
  readonly value: string;
  /** When it ends, in epoch milliseconds. */
  readonly expiresAt: number;
}

/** Who is signed in; `name` is for the screen. */
export interface Agent {
  readonly id: string;
  readonly name: string;
}

/** Where sign-in stands. */
export type AuthState =
  | { readonly status: 'signed-out' }
  | { readonly status: 'signing-in' }
  | { readonly status: 'signed-in'; readonly agent: Agent | undefined };

/** What a caller asks of {@link AuthProvider.getToken}. */
export interface TokenRequest {
  readonly signal?: AbortSignal;
  /** The token that was just refused: the provider must not answer with it again. */
  readonly refused?: string;
}

/**
 * Where access tokens come from.
 *
 * @group Sign-in
 */
export interface AuthProvider {
  readonly state: Observable<AuthState>;
  /** @throws JioAssistError `auth/signed-out` when only the agent can help. */
  getToken(request?: TokenRequest): Promise<AccessToken>;
  /**
   * Must be called from a click or key press: it opens a window.
   *
   * @throws JioAssistError `auth/popup-blocked`, `auth/cancelled` or `auth/failed`.
   */
  signIn?(): Promise<void>;
  signOut?(): Promise<void>;
  dispose?(): void;
}
