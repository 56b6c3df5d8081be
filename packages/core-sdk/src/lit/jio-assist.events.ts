import type { ErrorCode } from '../errors.js';

/** Another customer became the current one, or none did. */
export class JioCustomerChangeEvent extends CustomEvent<{ customerId: string | null; revision: number }> {
  constructor(customerId: string | null, revision: number) {
    super('jio-customer-change', { bubbles: true, composed: true, detail: { customerId, revision } });
  }
}

/** Something went wrong that the host may want to know of; the agent is told by the widget. */
export class JioErrorEvent extends CustomEvent<{ code: ErrorCode }> {
  constructor(code: ErrorCode) {
    super('jio-error', { bubbles: true, composed: true, detail: { code } });
  }
}

declare global {
  interface HTMLElementEventMap {
    'jio-customer-change': JioCustomerChangeEvent;
    'jio-error': JioErrorEvent;
  }
}
