import type { ResolvedConfig } from '../config.js';
import { JioAssistError } from '../errors.js';
import { beginAuthorization, finishAuthorization } from './oidc-flow.js';
import type { Tokens } from './tokens.js';

/** How often to look whether the window is still open, in milliseconds, and how many looks to wait for its last message. */
const POLL = 400;
const LOOKS_AFTER_CLOSE = 3;

/** Drives the window through the code flow and gives the tokens. */
export async function signInByPopup(config: ResolvedConfig, popup: Window): Promise<Tokens> {
  const closed = new AbortController();
  const answer = popupAnswer(popup, new URL(config.gateway).origin, closed.signal);
  try {
    const request = await beginAuthorization(config);
    popup.location.href = request.url;
    const search = await answer;
    if (search === undefined) throw await whyClosed(config);
    return await finishAuthorization(config, request, search);
  } finally {
    closed.abort();
  }
}

/** Resolves with the callback page's query once it posts it, or with nothing when the window is closed. */
function popupAnswer(popup: Window, origin: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (event.origin !== origin || event.source !== popup) return;
      const data = event.data as { type?: unknown; search?: unknown } | null;
      if (data?.type === 'jioassist:oidc' && typeof data.search === 'string') resolve(data.search);
    };
    let looks = 0;
    const poll = setInterval(() => {
      // The callback page closes the window right after posting: its message may come after it is gone.
      if (popup.closed && ++looks > LOOKS_AFTER_CLOSE) resolve(undefined);
    }, POLL);
    addEventListener('message', onMessage, { signal });
    signal.addEventListener('abort', () => {
      clearInterval(poll);
    });
  });
}

/**
 * A page that severs its windows sees each as closed as soon as it shows another site. Whether this page does so, its
 * own headers say.
 */
async function whyClosed(config: ResolvedConfig): Promise<JioAssistError> {
  const page = await config.fetch(location.href, { method: 'HEAD' }).catch(() => undefined);
  const policy = page?.headers.get('cross-origin-opener-policy')?.split(';')[0]?.trim();
  if (policy !== 'same-origin' && policy !== 'noopener-allow-popups')
    return new JioAssistError('auth/cancelled', 'The sign-in window was closed.');
  const message =
    `This page’s Cross-Origin-Opener-Policy (${policy}) cuts the sign-in window off: use sign-in="redirect", ` +
    'or send same-origin-allow-popups with the page.';
  return new JioAssistError('auth/popup-severed', message, { policy });
}
