import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement, type CSSResultGroup, type PropertyValues } from 'lit';
import { baseStyles } from './base.styles.js';
import { tokenStyles } from './tokens.styles.js';

/**
 * The thin base of every element of the SDK: design tokens, a new rendering when the language changes, and a place
 * for the focus. Templates start with one `.base` element, which takes the focus when what had it is gone.
 */
export class JioElement extends LitElement {
  /** Tokens first: what comes after may use them. */
  static override styles: CSSResultGroup = [tokenStyles, baseStyles];

  private hadFocus = false;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override update(changed: PropertyValues<this>): void {
    this.hadFocus = this.shadowRoot?.activeElement != null;
    super.update(changed);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    // A button that ends its own state (sign in, try again) must not throw the agent back to the top of the page.
    if (this.hadFocus && !this.shadowRoot?.activeElement) {
      const base = this.renderRoot.querySelector<HTMLElement>('.base');
      if (base) base.tabIndex = -1;
      base?.focus({ preventScroll: true });
    }
  }
}
