import { formatTag } from '@jioassist/core-sdk/lit';
import { html, type TemplateResult } from 'lit';
import type { BadgeView } from './badge-view.js';
import { severityIcon, severityName } from './severity.js';

/** One badge: what it says, and a way to why. */
export function badgeButton(
  badge: BadgeView,
  { isOpen, isTabStop, open }: { isOpen: boolean; isTabStop: boolean; open: (button: HTMLElement) => void },
): TemplateResult {
  const title = badge.title(formatTag());
  return html`<button
    type="button"
    class="badge ${badge.severity}"
    part="badge ${badge.severity}"
    data-badge=${badge.id}
    tabindex=${isTabStop ? 0 : -1}
    aria-haspopup="dialog"
    aria-expanded=${isOpen}
    title=${title}
    @click=${(event: Event) => {
      open(event.currentTarget as HTMLElement);
    }}
  >
    ${severityIcon(badge.severity)}<span class="visually-hidden">${severityName(badge.severity)}: </span
    ><span class="text">${title}</span>
  </button>`;
}
