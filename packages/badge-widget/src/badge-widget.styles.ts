import { css } from 'lit';

export const badgeStyles = css`
  .base {
    padding: var(--_space);
  }
  .base.alone {
    padding: 0;
  }
  :host([layout='column']) .badges {
    flex-direction: column;
    align-items: stretch;
  }
  /* As high as one badge from the first moment, so that what stands below does not jump. */
  slot[hidden] {
    display: none;
  }
  .badges:not(:has(button)) {
    display: none;
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-block-size: 34px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    min-block-size: 32px;
    padding: 4px 10px;
    border: 1px solid var(--_tone);
    border-radius: 16px;
    background: var(--_tone-surface);
    color: var(--_color-text);
    text-align: start;
  }
  .badge .text {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badge[aria-expanded='true'] {
    box-shadow: inset 0 0 0 1px var(--_tone);
  }
  .critical {
    --_tone: var(--_color-bad);
    --_tone-surface: var(--_color-bad-surface);
  }
  .warning {
    --_tone: var(--_color-caution);
    --_tone-surface: var(--_color-caution-surface);
  }
  .opportunity {
    --_tone: var(--_color-good);
    --_tone-surface: var(--_color-surface-raised);
  }
  .info {
    --_tone: var(--_color-accent);
    --_tone-surface: var(--_color-surface-raised);
  }
  .icon {
    flex: none;
    fill: var(--_tone);
  }
  .icon .ink {
    fill: var(--_tone-surface);
  }
  .more {
    min-block-size: 32px;
    border-radius: 16px;
  }
  .quiet-note {
    margin: 0;
    min-block-size: 34px;
    padding-block: 7px;
    color: var(--_color-text-quiet);
  }
  .stale .badge {
    border-style: dashed;
  }
  [popover] {
    position-area: block-end span-inline-end;
    position-try-fallbacks:
      flip-inline,
      flip-block,
      flip-block flip-inline;
    inset: auto;
    margin: 6px 0;
    inline-size: min(340px, calc(100vw - 16px));
    max-block-size: min(480px, calc(100vh - 16px));
    overflow: auto;
    padding: calc(var(--_space) * 1.5);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface);
    color: var(--_color-text);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.2);
  }
  /* Where it is as wide as the screen, it keeps off the edges. */
  @media (max-width: 480px) {
    [popover] {
      margin-inline: 8px;
    }
  }
  [popover] h3 {
    margin: 0 0 4px;
    font-size: 1.05em;
    overflow-wrap: anywhere;
  }
  [popover] p {
    margin: 0 0 8px;
  }
  .severity {
    color: var(--_tone);
    font-size: 0.85em;
    font-weight: 600;
  }
  .evidence {
    display: grid;
    gap: 2px;
    margin: 0 0 8px;
    padding: 6px 8px;
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_color-surface-raised);
  }
  .evidence div {
    display: flex;
    justify-content: space-between;
    gap: var(--_space);
  }
  dt {
    color: var(--_color-text-quiet);
  }
  dd {
    margin: 0;
    text-align: end;
    overflow-wrap: anywhere;
  }
  .source {
    color: var(--_color-text-quiet);
    font-size: 0.85em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .question {
    flex-basis: 100%;
  }
`;
