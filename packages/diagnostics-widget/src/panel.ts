import type { CSSResult, TemplateResult } from 'lit';
import type { DiagnosticsModel } from './diagnostics-widget.model.js';
import type { ServiceView } from './service-view.js';

/** What can be unfolded below a card, each with code of its own that is loaded when it is. */
export const PANELS = ['why', 'tests', 'chart'] as const;
export type PanelName = (typeof PANELS)[number];

/** What a panel gets to work with. */
export interface PanelContext {
  readonly host: HTMLElement;
  readonly model: DiagnosticsModel;
  readonly service: ServiceView;
  /** Asks for a new rendering. */
  readonly changed: () => void;
}

/** What is unfolded below one card. */
export interface Panel {
  render(service: ServiceView): TemplateResult;
  dispose(): void;
}

/** The module of a panel. */
export interface PanelModule {
  readonly styles: CSSResult;
  readonly openPanel: (context: PanelContext) => Panel;
}
