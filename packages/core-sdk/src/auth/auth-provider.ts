import type { JioAssistError } from '../errors.js';
import type { Observable } from '../observable.js';

/** A request as `fetch` takes it, with plain headers. */
export type SendInit = Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> };

/** How a request is sent with a token: as `fetch` would, with the headers that prove who asks. */
export type Send = (url: string, init: SendInit) => Promise<Response>;

/** An access token, held in memory only. */
export interface AccessToken {
  readonly value: string;
  /** When it ends, in epoch milliseconds. */
  readonly expiresAt: number;
  /** Sends a request with this token where it takes more than the token (DPoP). Default: as a bearer token. */
  readonly send?: Send | undefined;
}

/** Who is signed in; `name` is for the screen. */
export interface Agent {
  readonly id: string;
  readonly name: string;
}

/** Where sign-in stands; `error` is why the last one did not come about, where no call of `signIn` could say so. */
export type AuthState =
  | { readonly status: 'signed-out'; readonly error?: JioAssistError }
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
   * Must be called from a click or key press: it opens a window, or leaves the page.
   *
   * @throws JioAssistError `auth/popup-blocked`, `auth/popup-severed`, `auth/cancelled` or `auth/failed`.
   */
  signIn?(): Promise<void>;
  /** Gives up a sign-in that is under way. */
  cancel?(): void;
  signOut?(): Promise<void>;
  dispose?(): void;
}
