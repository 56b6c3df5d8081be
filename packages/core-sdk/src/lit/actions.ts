import { toJioAssistError, type ErrorCode } from '../errors.js';
import { JioErrorEvent } from './jio-assist.events.js';

/**
 * What each action of a widget tells the page, by the action's name. A widget adds its own by declaration merging. Ids
 * and codes only: the page, and everything else on it, can read it.
 *
 * @group Actions
 */
export interface JioActions {
  'sign-in': Record<string, never>;
  retry: { code: ErrorCode | undefined };
  'customer-change': { customerId: string | null; reason: string };
}

/** @group Actions */
export type ActionName = keyof JioActions;

/** What became of an action. @group Actions */
export type ActionOutcome = 'done' | 'vetoed' | 'failed';

/**
 * Fired before an action. `preventDefault()` is a veto, {@link replaceWith} does something else instead, and what is
 * changed in `detail` is what the action is done with.
 *
 * @example
 * page.addEventListener('jio-sign-in-request', (event) => event.replaceWith(crm.signIn()));
 * @group Actions
 */
export class JioActionRequestEvent<N extends ActionName = ActionName> extends CustomEvent<JioActions[N]> {
  #replacement: { readonly work: unknown } | undefined;

  constructor(name: N, detail: JioActions[N]) {
    super(`jio-${name}-request`, { bubbles: true, composed: true, cancelable: true, detail: { ...detail } });
  }

  /** What is done instead, when it is. */
  get replacement(): { readonly work: unknown } | undefined {
    return this.#replacement;
  }

  /** Does something else instead; the action is done when `work` resolves. The last listener to say so decides. */
  replaceWith(work: unknown): void {
    this.#replacement = { work };
    // Marked as handled: it is awaited once all listeners were asked.
    Promise.resolve(work).catch(() => undefined);
  }
}

/** Fired after an action was done, or what replaced it. @group Actions */
export class JioActionEvent<N extends ActionName = ActionName> extends CustomEvent<JioActions[N]> {
  constructor(name: N, detail: JioActions[N]) {
    super(`jio-${name}`, { bubbles: true, composed: true, detail });
  }
}

/** Asks the page whether an action may be done. */
export function askPage<N extends ActionName>(
  host: EventTarget,
  name: N,
  detail: JioActions[N],
): JioActionRequestEvent<N> {
  const event = new JioActionRequestEvent(name, detail);
  host.dispatchEvent(event);
  return event;
}

/**
 * Does an action of a widget as the page wants it: `jio-<name>-request` first, which may veto, alter or replace it,
 * then the action, then `jio-<name>`. The action begins in the same turn, so that it may open a window.
 *
 * @param perform does it, and may answer `false` when it came to nothing.
 * @returns what became of it. A failure is told by `jio-error` and never thrown: nobody awaits a click.
 * @group Actions
 */
export async function requestAction<N extends ActionName>(
  host: EventTarget,
  name: N,
  detail: JioActions[N],
  perform: (detail: JioActions[N]) => unknown,
): Promise<ActionOutcome> {
  const request = askPage(host, name, detail);
  if (request.defaultPrevented) return 'vetoed';
  try {
    const { replacement } = request;
    const done = await (replacement ? replacement.work : perform(request.detail));
    if (done === false) return 'failed';
    host.dispatchEvent(new JioActionEvent(name, request.detail));
    return 'done';
  } catch (cause) {
    const error = toJioAssistError(cause, 'action/failed', `The action ${name} failed.`);
    console.error(`[JioAssist] ${error.code}: ${error.message}`, error.details);
    host.dispatchEvent(new JioErrorEvent(error.code));
    return 'failed';
  }
}

declare global {
  interface HTMLElementEventMap {
    'jio-sign-in-request': JioActionRequestEvent<'sign-in'>;
    'jio-sign-in': JioActionEvent<'sign-in'>;
    'jio-retry-request': JioActionRequestEvent<'retry'>;
    'jio-retry': JioActionEvent<'retry'>;
    'jio-customer-change-request': JioActionRequestEvent<'customer-change'>;
  }
}
