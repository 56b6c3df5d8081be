import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement, type CSSResultGroup } from 'lit';
import { baseStyles } from './base.styles.js';
import { tokenStyles } from './tokens.styles.js';

/**
 * The thin base of every element of the SDK: design tokens, and a new rendering when the language changes.
 * Templates start with one `.base` element.
 */
export class JioElement extends LitElement {
  static override styles: CSSResultGroup = [tokenStyles, baseStyles];

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }
}
