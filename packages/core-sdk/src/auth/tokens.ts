import type { Agent } from './auth-provider.js';
import type { DpopKey } from './dpop.js';

/** What a sign-in or a renewal gives. */
export interface Tokens {
  readonly access: { readonly value: string; readonly expiresAt: number };
  readonly refreshToken: string | undefined;
  readonly agent: Agent | undefined;
  /** What they are bound to; undefined where the server binds nothing. */
  readonly key: DpopKey | undefined;
}
