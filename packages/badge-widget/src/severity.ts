import { msg } from '@lit/localize';
import { svg, type SVGTemplateResult } from 'lit';
import type { Severity } from './rules/rule-set-schema.ts';

// Closed in full: what minifies templates nests elements that close themselves.
/** A severity is told by shape, colour and word: never by colour alone. */
export function severityIcon(severity: Severity): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${shapes[severity]}</svg>`;
}

const shapes: Readonly<Record<Severity, SVGTemplateResult>> = {
  critical: svg`<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"></path><path class="ink" d="M7 4h2v5H7zm0 6h2v2H7z"></path>`,
  warning: svg`<path d="M8 1 16 15H0z"></path><path class="ink" d="M7 6h2v4H7zm0 5h2v2H7z"></path>`,
  opportunity: svg`<path d="m8 1 2.2 4.7 5 .7-3.6 3.6.8 5L8 12.6l-4.4 2.4.8-5L.8 6.4l5-.7z"></path>`,
  info: svg`<circle cx="8" cy="8" r="7"></circle><path class="ink" d="M7 3h2v2H7zm0 3h2v7H7z"></path>`,
};

export function severityName(severity: Severity): string {
  switch (severity) {
    case 'critical':
      return msg('Urgent');
    case 'warning':
      return msg('Attention');
    case 'opportunity':
      return msg('Opportunity');
    case 'info':
      return msg('Note');
  }
}
