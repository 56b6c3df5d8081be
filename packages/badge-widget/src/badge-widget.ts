import {
  addTranslations,
  errorNotice,
  JioElement,
  ModelController,
  noticeStyles,
  PROTOCOL_MAJOR,
  requestAction,
  signInNotice,
} from '@jioassist/core-sdk/lit';
import { msg } from '@lit/localize';
import { html, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import './badge-widget.events.js';
import { badgesOf, type BadgesState } from './badge-widget.model.js';
import { badgeStyles } from './badge-widget.styles.js';
import { LazyList } from './lazy-list.js';

export const BADGE_LAYOUTS = ['row', 'column'] as const;
export type BadgeLayout = (typeof BADGE_LAYOUTS)[number];

addTranslations({ hi: () => import('./locales/hi.js'), ur: () => import('./locales/ur.js') });

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
  private readonly list = new LazyList(this, () => this.controller.model);

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

  private renderBadges(badges: BadgesState): TemplateResult {
    const list = this.list.value;
    if (!list) return renderNote(msg('Looking…'));
    const isEmpty = badges.shown.length + badges.folded.length === 0;
    return html`
      <slot name="empty" ?hidden=${!isEmpty}>${renderNote(msg('Nothing to point out.'))}</slot>
      ${list.render(badges)}
    `;
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
        return renderNote(msg('Open a customer to see what to look out for.'));
      case 'loading':
        return renderNote(msg('Looking…'));
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
    return html`
      <section class="base" part="base" aria-label=${msg('Badges')} aria-busy=${badges?.status === 'loading'}>
        ${badges ? this.renderContent(badges) : errorNotice(error, undefined)}
      </section>
    `;
  }
}

const renderNote = (text: string): TemplateResult => html`<p class="quiet-note">${text}</p>`;
