import type { AuthProvider } from '../auth/auth-provider.js';
import type { SignInMode } from '../auth/oidc.js';
import { failed, ok, skipped, warning, type Verdict } from './report.js';

const PROBE = 'jioassist doctor';

/** What some browsers have and TypeScript's library has not. */
interface DocumentWithPolicy {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

export function checkSecureContext(): Verdict {
  if (globalThis.isSecureContext) return ok('The page is a secure context.');
  return failed(
    'The page is not a secure context: browsers give it no encryption and no microphone.',
    'Serve the page over https.',
  );
}

export async function checkStorage(): Promise<Verdict> {
  const consequence = 'Changes and drafts live in memory only, and end with the page.';
  try {
    await openDatabase();
  } catch (cause) {
    const advice =
      'Allow the page, or the frame it is in, to keep data (private windows and blocked frames cannot).';
    return warning(`IndexedDB cannot be used (${nameOf(cause)}). ${consequence}`, advice);
  }
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  if (!subtle) return warning(`There is no encryption here. ${consequence}`, 'Serve the page over https.');
  return ok('IndexedDB and encryption are there: changes and drafts outlive the page.');
}

function openDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(PROBE);
    request.onerror = () => {
      reject(request.error ?? new Error('unknown'));
    };
    request.onsuccess = () => {
      request.result.close();
      indexedDB.deleteDatabase(PROBE);
      resolve();
    };
  });
}

export async function checkTabs(): Promise<Verdict> {
  const advice = 'Serve the page over https, and give a sandboxed frame allow-same-origin.';
  try {
    new BroadcastChannel(PROBE).close();
    await navigator.locks.request(PROBE, () => undefined);
    return ok('Tabs of this page can share: BroadcastChannel and Web Locks are there.');
  } catch (cause) {
    return warning(`Tabs of this page cannot share (${nameOf(cause)}); each works for itself.`, advice);
  }
}

export function checkCookies(): Verdict {
  if (navigator.cookieEnabled || isFramed())
    return ok('Third-party cookies are not needed: the sign-in window belongs to the gateway.');
  return warning(
    'Cookies are switched off, and the sign-in window needs those of the gateway.',
    'Allow cookies in the browser, at least for the gateway.',
  );
}

export function checkPopups(auth: AuthProvider | undefined, mode: SignInMode = 'popup'): Verdict {
  if (auth && !auth.signIn) return skipped('The page signs the agent in, so no window is opened.');
  if (mode === 'redirect') return skipped('The agent signs in in place of the page, so no window is opened.');
  if (globalThis.crossOriginIsolated) {
    return failed(
      'The page is cross-origin isolated, so the sign-in window cannot answer it.',
      'Use sign-in="redirect", or send Cross-Origin-Opener-Policy: same-origin-allow-popups with the page.',
    );
  }
  if (frameForbids('allow-popups')) {
    return failed(
      'The frame the page is in forbids windows.',
      'Add allow-popups to the sandbox of the frame.',
    );
  }
  return skipped(
    'Nothing the page can see forbids the sign-in window; whether the browser does shows with a click.',
    `If signing in ends in auth/popup-blocked, allow pop-ups for ${location.origin}, or use sign-in="redirect".`,
  );
}

export async function checkMicrophone(): Promise<Verdict> {
  const consequence = 'The phone will have no voice; nothing else needs it.';
  if (!('mediaDevices' in navigator))
    return warning(`The browser gives this page no microphone. ${consequence}`, 'Serve the page over https.');
  if ((document as DocumentWithPolicy).featurePolicy?.allowsFeature('microphone') === false) {
    return warning(
      `The page's permissions policy forbids the microphone. ${consequence}`,
      isFramed()
        ? 'Add allow="microphone" to the frame.'
        : 'Send Permissions-Policy: microphone=(self) with the page.',
    );
  }
  const state = await navigator.permissions.query({ name: 'microphone' }).then(
    (permission) => permission.state,
    () => 'prompt',
  );
  if (state === 'denied') {
    const advice = 'Allow the microphone for this page in the browser’s site settings.';
    return warning(`The browser was told to refuse the microphone here. ${consequence}`, advice);
  }
  return ok(state === 'granted' ? 'The microphone is allowed.' : 'The microphone can be asked for.');
}

function isFramed(): boolean {
  return globalThis.self !== globalThis.top;
}

/** Only a frame of the page's own origin can be looked at. */
function frameForbids(token: string): boolean {
  try {
    const frame = globalThis.frameElement;
    return (
      frame instanceof HTMLIFrameElement && frame.hasAttribute('sandbox') && !frame.sandbox.contains(token)
    );
  } catch {
    return false;
  }
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown';
}
