import type { ResolvedConfig } from '../config.js';
import { JioAssistError } from '../errors.js';
import { beginAuthorization, finishAuthorization } from './oidc-flow.js';
import { ANSWER_PARAMETER } from './oidc.js';
import type { Tokens } from './tokens.js';

/** What has to outlive the way to the sign-in page and back: nothing that lets anybody in. */
interface Begun {
  readonly state: string;
  readonly verifier: string;
}

const PREFIX = 'jioassist sign-in ';

/** Leaves the page for the sign-in. Rejects when the page is still, or again, there: the agent came back without. */
export async function leaveForSignIn(config: ResolvedConfig): Promise<never> {
  if (globalThis.top !== globalThis.self) {
    const message = 'Sign-in by redirect does not work inside a frame: use sign-in="popup".';
    throw new JioAssistError('auth/failed', message);
  }
  const { url, state, verifier } = await beginAuthorization(config);
  storage().setItem(keyOf(config), JSON.stringify({ state, verifier } satisfies Begun));
  // In the fragment, which the browser sends to nobody: the address of this page may name a customer.
  const fragment = new URLSearchParams({ to: url, back: location.href });
  location.assign(`${config.gateway}/oidc-start#${fragment.toString()}`);
  await stillHere(config.timeout);
  storage().removeItem(keyOf(config));
  throw new JioAssistError('auth/cancelled', 'The sign-in page was left again.');
}

/** Trades the answer in the page's address for tokens; gives nothing when it is not an answer to this client. */
export async function finishRedirect(config: ResolvedConfig): Promise<Tokens | undefined> {
  const answer = new URLSearchParams(location.search).get(ANSWER_PARAMETER) ?? '';
  const begun = takeBegun(config);
  const others = Object.keys(storage()).some((key) => key.startsWith(PREFIX));
  // Another client on the page may have yet to read its answer.
  if (begun || !others) cleanAddress();
  return begun && finishAuthorization(config, begun, answer);
}

function takeBegun(config: ResolvedConfig): Begun | undefined {
  const stored = storage().getItem(keyOf(config));
  if (stored === null) return undefined;
  storage().removeItem(keyOf(config));
  return JSON.parse(stored) as Begun;
}

/** Takes the answer out of the address and the history, and leaves the rest as it is written. */
function cleanAddress(): void {
  const pattern = new RegExp(`([?&])${ANSWER_PARAMETER}=[^&#]*(&?)`);
  const clean = location.href.replace(pattern, (_, before: string, after: string) => (after ? before : ''));
  history.replaceState(history.state, '', clean);
}

/** Resolves when the page was not left in time, or is shown again by the agent’s way back. */
function stillHere(timeout: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeout);
    const onShow = (): void => {
      clearTimeout(timer);
      resolve();
    };
    addEventListener('pageshow', onShow, { once: true });
  });
}

function keyOf({ gateway, clientId }: ResolvedConfig): string {
  return `${PREFIX}${gateway} ${clientId ?? ''}`;
}

function storage(): Storage {
  try {
    return sessionStorage;
  } catch (cause) {
    const message = 'Sign-in by redirect needs the page’s session storage, which is blocked.';
    throw new JioAssistError('auth/failed', message, {}, cause);
  }
}
