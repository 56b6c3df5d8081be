import { formatTag } from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Announcer } from './announcer.js';
import { badgeButton } from './badge-button.js';
import { BadgePopover } from './badge-popover.js';
import type { BadgeView } from './badge-view.js';
import type { BadgesModel, BadgesState } from './badge-widget.model.js';

const KEYS: Readonly<Record<string, number | undefined>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** The badges of an element, with one stop for the Tab key; loaded with the first that there are. */
export class BadgeList implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #popover: BadgePopover;
  readonly #announcer = new Announcer();
  #isUnfolded = false;
  #tabStop: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, model: () => BadgesModel | undefined) {
    this.#host = host;
    this.#popover = new BadgePopover(host, model);
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  render({ shown, folded, asOf, status }: BadgesState): TemplateResult {
    const visible = this.#isUnfolded ? [...shown, ...folded] : shown;
    const stops = [...visible.map(({ id }) => id), 'more'];
    const stop = stops.find((id) => id === this.#tabStop) ?? stops[0];
    const { polite, urgent } = this.#announcer.tell(shown, formatTag());
    return html`
      <div class="badges ${status}" role="toolbar" aria-label=${msg('Badges')} @keydown=${this.#handleKey}>
        ${repeat(
          visible,
          ({ id }) => id,
          (badge) => this.#renderBadge(badge, stop === badge.id),
        )}
        ${folded.length > 0 ? this.#renderMore(folded.length, stop === 'more') : nothing}
      </div>
      ${this.#popover.render(asOf)}
      <p class="visually-hidden" role="status">${polite}</p>
      <p class="visually-hidden" role="alert">${urgent}</p>
    `;
  }

  /** One badge alone. */
  renderOne(badge: BadgeView, asOf: number | undefined): TemplateResult {
    return html`${this.#renderBadge(badge, true)}${this.#popover.render(asOf)}`;
  }

  #renderBadge(badge: BadgeView, isTabStop: boolean): TemplateResult {
    return badgeButton(badge, {
      isTabStop,
      isOpen: this.#popover.openFor === badge.id,
      open: (button) => {
        this.#tabStop = badge.id;
        void this.#popover.toggle(badge, button);
      },
    });
  }

  #renderMore(count: number, isTabStop: boolean): TemplateResult {
    return html`<button
      type="button"
      class="quiet more"
      part="more"
      tabindex=${isTabStop ? 0 : -1}
      aria-expanded=${this.#isUnfolded}
      @click=${this.#handleFold}
    >
      ${this.#isUnfolded ? msg('Fewer') : msg(str`${count} more`)}
    </button>`;
  }

  readonly #handleFold = (): void => {
    this.#isUnfolded = !this.#isUnfolded;
    this.#host.requestUpdate();
  };

  /** Roving focus: the arrows go between the badges. */
  readonly #handleKey = (event: KeyboardEvent): void => {
    const toolbar = event.currentTarget as HTMLElement;
    const buttons = [...toolbar.querySelectorAll<HTMLButtonElement>(':scope > button')];
    const index = buttons.indexOf(event.target as HTMLButtonElement);
    const isRightToLeft = getComputedStyle(toolbar).direction === 'rtl';
    const to = index < 0 ? undefined : nextIndex(event.key, index, buttons.length, isRightToLeft);
    const next = to === undefined ? undefined : buttons[to];
    if (!next) return;
    event.preventDefault();
    this.#tabStop = next.dataset['badge'] ?? 'more';
    next.focus();
    this.#host.requestUpdate();
  };
}

function nextIndex(key: string, index: number, count: number, isRightToLeft: boolean): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = KEYS[key];
  if (step === undefined) return undefined;
  const isSideways = key === 'ArrowLeft' || key === 'ArrowRight';
  return (index + (isSideways && isRightToLeft ? -step : step) + count) % count;
}
