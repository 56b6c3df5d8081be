import type { ErrorCode } from '../errors.js';

/**
 * What each action of a widget tells the page, by the action's name. A widget adds its own by merging with the interface
 * in the module that declares it, `@jioassist/core-sdk/actions.js`: what is exported again elsewhere cannot be merged with.
 * Ids and codes only: the page, and everything else on it, can read it.
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

declare global {
  interface HTMLElementEventMap {
    'jio-sign-in-request': JioActionRequestEvent<'sign-in'>;
    'jio-sign-in': JioActionEvent<'sign-in'>;
    'jio-retry-request': JioActionRequestEvent<'retry'>;
    'jio-retry': JioActionEvent<'retry'>;
    'jio-customer-change-request': JioActionRequestEvent<'customer-change'>;
  }
}
