import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement, nothing, type CSSResultGroup, type PropertyValues } from 'lit';
import { baseStyles } from './base.styles.js';
import { tokenStyles } from './tokens.styles.js';

/**
 * The thin base of every element of the SDK: design tokens, a new rendering when the language changes, and a place
 * for the focus. An element that cannot render says so in place of its content. Templates start with one `.base` element, which takes the focus when what had it is gone.
 */
export class JioElement extends LitElement {
  /** Tokens first: what comes after may use them. */
  static override styles: CSSResultGroup = [tokenStyles, baseStyles];

  private hadFocus = false;
  private attempt = {};

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** In another document (a window of its own, for example) the styles of the first are not valid, and are gone. */
  adoptedCallback(): void {
    const { CSSStyleSheet } = this.ownerDocument.defaultView ?? {};
    const { elementStyles } = this.constructor as typeof JioElement;
    if (!CSSStyleSheet || !this.shadowRoot) return;
    this.shadowRoot.adoptedStyleSheets = elementStyles.map((style) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('cssText' in style ? style.cssText : '');
      return sheet;
    });
  }

  protected override update(changed: PropertyValues<this>): void {
    this.hadFocus = this.shadowRoot?.activeElement != null;
    const attempt = (this.attempt = {});
    try {
      super.update(changed);
    } catch (cause) {
      this.endUpdate(changed);
      void import('./render-failure.js').then(({ showRenderFailure }) => {
        // Rendered again meanwhile, it has something better to show.
        if (this.attempt === attempt) showRenderFailure(this, cause);
      });
    }
  }

  /** An update that broke off is not over for Lit: it would never begin another. */
  private endUpdate(changed: PropertyValues<this>): void {
    Object.defineProperty(this, 'render', { configurable: true, value: () => nothing });
    try {
      super.update(changed);
    } finally {
      Reflect.deleteProperty(this, 'render');
    }
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
