// Built from tokens/jioassist.tokens.json by tokens/build.mjs.
import { css } from 'lit';

export const tokenStyles = css`
  .base {
    /* Background of a widget. */
    --_color-surface: var(--jio-color-surface, light-dark(#ffffff, #15181e));
    /* Background of a group inside a widget. */
    --_color-surface-raised: var(--jio-color-surface-raised, light-dark(#f5f7fa, #1e222a));
    /* Lines between groups. */
    --_color-border: var(--jio-color-border, light-dark(#d5dbe3, #353b46));
    /* Text and values. */
    --_color-text: var(--jio-color-text, light-dark(#16202e, #eef1f6));
    /* Labels and units. */
    --_color-text-quiet: var(--jio-color-text-quiet, light-dark(#52606f, #a5b0be));
    /* Actions, focus and live lines. */
    --_color-accent: var(--jio-color-accent, light-dark(#0f4fbf, #8db8ff));
    /* Text on the accent colour. */
    --_color-on-accent: var(--jio-color-on-accent, light-dark(#ffffff, #0b1526));
    /* Live and healthy. */
    --_color-good: var(--jio-color-good, light-dark(#11693f, #6fd3a0));
    /* Old data, something to watch. */
    --_color-caution: var(--jio-color-caution, light-dark(#8a4b00, #ffc069));
    /* Background of a caution. */
    --_color-caution-surface: var(--jio-color-caution-surface, light-dark(#fff4e0, #33260f));
    /* Errors. */
    --_color-bad: var(--jio-color-bad, light-dark(#b3261e, #ff9a91));
    /* Background of an error. */
    --_color-bad-surface: var(--jio-color-bad-surface, light-dark(#fdecea, #3a1a18));
    /* One family for everything; figures are tabular. */
    --_font-family: var(--jio-font-family, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", sans-serif);
    /* Size of running text; the rest scales with it. */
    --_font-size: var(--jio-font-size, 14px);
    /* The step of all distances. */
    --_space: var(--jio-space, 8px);
    /* Corners of groups and buttons. */
    --_radius: var(--jio-radius, 8px);
  }
`;
