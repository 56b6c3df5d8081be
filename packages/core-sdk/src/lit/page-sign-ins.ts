import type { AuthProvider } from '../auth/auth-provider.js';
import { oidc } from '../auth/oidc.js';
import { resolveConfig, type JioAssistConfig } from '../config.js';

interface Shared {
  readonly auth: AuthProvider;
  users: number;
}

const shared = new Map<string, Shared>();

/** A sign-in for as long as an element needs it. */
export interface PageSignIn {
  readonly auth: AuthProvider;
  release(): void;
}

/**
 * The sign-in of this page for a gateway. It outlives the elements: one that is taken out and put back, or made anew by
 * the page's router, finds the agent signed in.
 */
export function pageSignIn(config: JioAssistConfig): PageSignIn {
  const key = [config.gateway, config.clientId, config.signIn].join(' ');
  const entry = shared.get(key) ?? { auth: oidc(resolveConfig(config)), users: 0 };
  shared.set(key, entry);
  entry.users++;
  return {
    auth: entry.auth,
    release: () => {
      // A window nobody is left to wait for.
      if (--entry.users === 0) entry.auth.cancel?.();
    },
  };
}
