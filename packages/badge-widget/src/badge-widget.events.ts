import type { JioActionEvent, JioActionRequestEvent } from '@jioassist/core-sdk/lit';
import type { BadgeOutcome } from './badge-widget.model.js';

declare module '@jioassist/core-sdk/actions.js' {
  interface JioActions {
    /** The next best action of a badge; `kind` and `target` say what it leads to. */
    'badge-action': { badge: string; action: string; kind: string; target: string };
    /** A badge is put off or said not to fit. */
    'badge-dismiss': { badge: string; outcome: BadgeOutcome };
  }
}

declare global {
  interface HTMLElementEventMap {
    'jio-badge-action-request': JioActionRequestEvent<'badge-action'>;
    'jio-badge-action': JioActionEvent<'badge-action'>;
    'jio-badge-dismiss-request': JioActionRequestEvent<'badge-dismiss'>;
    'jio-badge-dismiss': JioActionEvent<'badge-dismiss'>;
  }
}
