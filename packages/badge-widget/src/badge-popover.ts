import { formatTag, formatTime, requestAction } from '@jioassist/core-sdk/lit';
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { BadgeAction, BadgeView } from './badge-view.js';
import type { BadgeOutcome, BadgesModel } from './badge-widget.model.js';

type Details = typeof import('./badge-details.js');

/** The one popover of an element: which badge it is about, and what its buttons do. */
export class BadgePopover implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #model: () => BadgesModel | undefined;
  #details: Details | undefined;
  #badge: BadgeView | undefined;
  #isAsking = false;
  #opener: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, model: () => BadgesModel | undefined) {
    this.#host = host;
    this.#model = model;
    host.addController(this);
  }

  /** The badge it is open for. */
  get openFor(): string | undefined {
    return this.#badge?.id;
  }

  hostDisconnected(): void {
    this.#badge = undefined;
  }

  /** A badge that went while it was read is not taken out of the agent's hands; its newer words are shown. */
  hostUpdate(): void {
    const id = this.#badge?.id;
    if (id !== undefined) this.#badge = this.#model()?.find(id) ?? this.#badge;
  }

  async toggle(badge: BadgeView, opener: HTMLElement): Promise<void> {
    if (this.#badge?.id === badge.id) {
      this.close();
      return;
    }
    this.#badge = badge;
    this.#opener = opener;
    this.#isAsking = false;
    this.#details ??= await import('./badge-details.js');
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const popover = this.#element;
    if (!popover) return;
    popover.showPopover({ source: opener });
    popover.querySelector('button')?.focus();
  }

  close(): void {
    this.#element?.hidePopover();
  }

  render(asOf: number | undefined): TemplateResult {
    const badge = this.#badge;
    return html`<div
      popover="auto"
      id="details"
      part="popover"
      role="dialog"
      aria-labelledby="title"
      class=${badge?.severity ?? ''}
      @toggle=${this.#handleToggle}
    >
      ${
        badge && this.#details
          ? this.#details.renderDetails(badge, {
              locale: formatTag(),
              asOf: asOf === undefined ? '–' : formatTime(asOf),
              isAsking: this.#isAsking,
              act: (action) => {
                this.#act(badge, action);
              },
              later: () => {
                this.#dismiss(badge, 'later');
              },
              ask: () => {
                this.#ask();
              },
              dismiss: (reason) => {
                this.#dismiss(badge, 'dismissed', reason);
              },
            })
          : nothing
      }
    </div>`;
  }

  get #element(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('[popover]') ?? null;
  }

  readonly #handleToggle = (event: ToggleEvent): void => {
    if (event.newState === 'open') return;
    this.#badge = undefined;
    this.#host.requestUpdate();
    if (this.#opener?.isConnected) this.#opener.focus();
  };

  #ask(): void {
    this.#isAsking = true;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#element?.querySelector('button')?.focus());
  }

  #act(badge: BadgeView, { id, kind, target }: BadgeAction): void {
    const detail = { badge: badge.id, action: id, kind, target };
    void requestAction(this.#host, 'badge-action', detail, async () => {
      this.close();
      await this.#model()?.deal(badge.id, 'acted');
    });
  }

  #dismiss(badge: BadgeView, outcome: BadgeOutcome, reason?: string): void {
    void requestAction(this.#host, 'badge-dismiss', { badge: badge.id, outcome }, async () => {
      this.close();
      await this.#model()?.deal(badge.id, outcome, reason);
    });
  }
}
