import {
  addTranslations,
  errorNotice,
  formatTag,
  JioElement,
  ModelController,
  noticeStyles,
  PROTOCOL_MAJOR,
  requestAction,
  signInNotice,
} from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Announcer } from './announcer.js';
import { badgeButton } from './badge-button.js';
import { BadgePopover } from './badge-popover.js';
import type { BadgeView } from './badge-view.js';
import './badge-widget.events.js';
import { badgesOf, type BadgesState } from './badge-widget.model.js';
import { badgeStyles } from './badge-widget.styles.js';

export const BADGE_LAYOUTS = ['row', 'column'] as const;
export type BadgeLayout = (typeof BADGE_LAYOUTS)[number];

const translations = { hi: () => import('./locales/hi.js'), ur: () => import('./locales/ur.js') };
addTranslations(translations);

const KEYS: Readonly<Record<string, number | undefined>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/**
 * @tag jio-badges
 * @summary What is about to go wrong for the current customer, why, and the best thing to do about it.
 * @status experimental
 * @since 0.1
 *
 * The host's `data-state` attribute is one of `signed-out`, `no-customer`, `loading`, `ready`, `stale` and `error`.
 *
 * @event {JioActionRequestEvent} jio-badge-action-request - Before the action of a badge; can be vetoed, altered or replaced.
 * @event {JioActionEvent} jio-badge-action - The agent acts on a badge: open what `kind` and `target` name.
 * @event {JioActionRequestEvent} jio-badge-dismiss-request - Before a badge is put off or said not to fit.
 * @event {JioActionEvent} jio-badge-dismiss - A badge was put off or said not to fit.
 * @event {JioActionRequestEvent} jio-sign-in-request - Before the sign-in window opens; can be vetoed or replaced.
 * @event {JioActionEvent} jio-sign-in - The agent has signed in here.
 * @event {JioActionRequestEvent} jio-retry-request - Before what failed is tried again; can be vetoed or replaced.
 * @event {JioActionEvent} jio-retry - What failed is tried again.
 *
 * @slot empty - In place of the words that nothing is to be told.
 *
 * @csspart base - The widget's box.
 * @csspart badge - One badge; also has its severity as a part.
 * @csspart critical - A badge that is urgent.
 * @csspart warning - A badge that needs attention.
 * @csspart opportunity - A badge with good news.
 * @csspart info - A badge that is good to know.
 * @csspart more - The button that shows what is folded.
 * @csspart popover - Why there is a badge, and what can be done.
 * @csspart evidence - What a badge is concluded from.
 * @csspart action - An action of a badge.
 * @csspart later - The button that puts a badge off.
 * @csspart dismiss - The button that says that a badge does not fit.
 * @csspart reason - A reason why it does not.
 * @csspart sign-in - The button that opens the sign-in window.
 * @csspart retry - The button that tries again after an error.
 * @csspart error-code - The code of an error.
 */
export class JioBadges extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  static override styles: CSSResultGroup = [super.styles, noticeStyles, badgeStyles];

  private readonly controller = new ModelController(this, badgesOf);
  private readonly popovers = new BadgePopover(this, () => this.controller.model);
  private readonly announcer = new Announcer();

  @state() private isUnfolded = false;
  @state() private tabStop: string | undefined;

  /** How the badges stand: `row` or `column`. */
  @property({ reflect: true }) layout: BadgeLayout = 'row';

  /** How many badges are shown at once, 1 to 10; the others are folded. */
  @property({ type: Number }) max = 3;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { model } = this.controller;
    if (model && (changed.has('max') || !this.hasUpdated))
      model.atOnce = Math.min(10, Math.max(1, Math.floor(this.max) || 3));
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const status = this.controller.model?.state.value.status ?? 'error';
    // Written only when it changes, so that a page may observe it.
    if (this.dataset['state'] !== status) this.dataset['state'] = status;
  }

  private handleSignIn = (): void => {
    void requestAction(this, 'sign-in', {}, () => this.controller.model?.signIn());
  };

  private handleRetry = (): void => {
    const code = this.controller.model?.state.value.error?.code;
    void requestAction(this, 'retry', { code }, () => {
      this.controller.model?.retry();
    });
  };

  private handleFold = (): void => {
    this.isUnfolded = !this.isUnfolded;
  };

  /** Roving focus: one stop for the Tab key, and the arrows between the badges. */
  private handleKey = (event: KeyboardEvent): void => {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.badges > button')];
    const index = buttons.indexOf(event.target as HTMLButtonElement);
    const to = index < 0 ? undefined : nextIndex(event.key, index, buttons.length, this.isRightToLeft());
    const next = to === undefined ? undefined : buttons[to];
    if (!next) return;
    event.preventDefault();
    this.tabStop = next.dataset['badge'] ?? 'more';
    next.focus();
  };

  private isRightToLeft(): boolean {
    return getComputedStyle(this).direction === 'rtl';
  }

  private renderBadges({ shown, folded, asOf, status }: BadgesState): TemplateResult {
    if (shown.length + folded.length === 0)
      return html`<slot name="empty"><p class="quiet-note">${msg('Nothing to point out.')}</p></slot>`;
    const visible = this.isUnfolded ? [...shown, ...folded] : shown;
    const stops = [...visible.map(({ id }) => id), 'more'];
    const stop = stops.find((id) => id === this.tabStop) ?? stops[0];
    return html`
      <div class="badges ${status}" role="toolbar" aria-label=${msg('Badges')} @keydown=${this.handleKey}>
        ${repeat(
          visible,
          ({ id }) => id,
          (badge) => this.renderBadge(badge, stop === badge.id),
        )}
        ${folded.length > 0 ? this.renderMore(folded.length, stop === 'more') : nothing}
      </div>
      ${this.popovers.render(asOf)}
    `;
  }

  private renderBadge(badge: BadgeView, isTabStop: boolean): TemplateResult {
    return badgeButton(badge, {
      isTabStop,
      isOpen: this.popovers.openFor === badge.id,
      open: (button) => {
        this.tabStop = badge.id;
        void this.popovers.toggle(badge, button);
      },
    });
  }

  private renderMore(count: number, isTabStop: boolean): TemplateResult {
    return html`<button
      type="button"
      class="quiet more"
      part="more"
      tabindex=${isTabStop ? 0 : -1}
      aria-expanded=${this.isUnfolded}
      @click=${this.handleFold}
    >
      ${this.isUnfolded ? msg('Fewer') : msg(str`${count} more`)}
    </button>`;
  }

  private renderContent(badges: BadgesState): TemplateResult {
    switch (badges.status) {
      case 'signed-out':
        return signInNotice(
          msg('Sign in to see what to look out for.'),
          badges.signingIn,
          badges.error,
          this.handleSignIn,
        );
      case 'no-customer':
        return html`<p class="quiet-note">${msg('Open a customer to see what to look out for.')}</p>`;
      case 'loading':
        return html`<p class="quiet-note badges">${msg('Looking…')}</p>`;
      case 'error':
        return badges.error ? errorNotice(badges.error, this.handleRetry) : html``;
      case 'ready':
      case 'stale':
        return this.renderBadges(badges);
    }
  }

  protected override render(): TemplateResult {
    const { model, error } = this.controller;
    const badges = model?.state.value;
    const { polite, urgent } = this.announcer.tell(badges?.shown ?? [], formatTag());
    return html`
      <section class="base" part="base" aria-label=${msg('Badges')} aria-busy=${badges?.status === 'loading'}>
        ${badges ? this.renderContent(badges) : errorNotice(error, undefined)}
        <p class="visually-hidden" role="status">${polite}</p>
        <p class="visually-hidden" role="alert">${urgent}</p>
      </section>
    `;
  }
}

function nextIndex(key: string, index: number, count: number, isRightToLeft: boolean): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = KEYS[key];
  if (step === undefined) return undefined;
  const isSideways = key === 'ArrowLeft' || key === 'ArrowRight';
  return (index + (isSideways && isRightToLeft ? -step : step) + count) % count;
}
