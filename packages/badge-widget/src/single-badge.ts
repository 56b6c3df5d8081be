import { JioElement, ModelController, PROTOCOL_MAJOR } from '@jioassist/core-sdk/lit';
import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import './badge-widget.events.js';
import { badgesOf } from './badge-widget.model.js';
import { badgeStyles } from './badge-widget.styles.js';
import { LazyList } from './lazy-list.js';

/**
 * @tag jio-badge
 * @summary One badge in a place of its own, such as the page's header; nothing while its rule does not hold.
 * @status experimental
 * @since 0.1
 *
 * @event {JioActionRequestEvent} jio-badge-action-request - Before the action of the badge; can be vetoed, altered or replaced.
 * @event {JioActionEvent} jio-badge-action - The agent acts on the badge: open what `kind` and `target` name.
 * @event {JioActionRequestEvent} jio-badge-dismiss-request - Before the badge is put off or said not to fit.
 * @event {JioActionEvent} jio-badge-dismiss - The badge was put off or said not to fit.
 *
 * @csspart base - The badge's box.
 * @csspart badge - The badge; also has its severity as a part.
 * @csspart popover - Why there is a badge, and what can be done.
 */
export class JioBadge extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  static override styles: CSSResultGroup = [super.styles, badgeStyles];

  private readonly controller = new ModelController(this, badgesOf);
  private readonly list = new LazyList(this, () => this.controller.model);

  /** The id of the rule whose badge this is. */
  @property() rule = '';

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this.controller;
    const badge = model?.find(this.rule);
    if (!model || !badge || !this.list.value) return nothing;
    return html`<div class="base alone" part="base">
      ${this.list.value.renderOne(badge, model.state.value.asOf)}
    </div>`;
  }
}
