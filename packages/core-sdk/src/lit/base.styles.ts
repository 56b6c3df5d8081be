import { css } from 'lit';

/**
 * What every widget starts from. The page can style the host element and so everything that is inherited through
 * it; inside `.base` all of that is undone, but for writing direction and colour scheme, which are the page's to say.
 */
export const baseStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  .base {
    all: initial;
    display: block;
    box-sizing: border-box;
    color-scheme: inherit;
    direction: inherit;
    container-type: inline-size;
    background: var(--_color-surface);
    color: var(--_color-text);
    font-family: var(--_font-family);
    font-size: var(--_font-size);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
  }
  .base *,
  .base *::before,
  .base *::after {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    cursor: pointer;
    min-block-size: 32px;
    padding: 4px calc(var(--_space) * 1.5);
    border: 1px solid var(--_color-accent);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }
  button.quiet {
    background: transparent;
    color: var(--_color-accent);
  }
  button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.6;
  }
  :focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
