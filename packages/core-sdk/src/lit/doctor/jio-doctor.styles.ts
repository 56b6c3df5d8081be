import { css } from 'lit';

export const doctorStyles = css`
  .base {
    padding: calc(var(--_space) * 1.5);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px var(--_space);
  }
  h2 {
    margin: 0;
    font-size: 1.1em;
  }
  .summary {
    margin: 0;
    color: var(--_color-text-quiet);
  }
  progress {
    inline-size: 100%;
    accent-color: var(--_color-accent);
  }
  .checks {
    display: grid;
    gap: calc(var(--_space) / 2);
    margin: var(--_space) 0;
    padding: 0;
    list-style: none;
  }
  .check {
    padding: calc(var(--_space) * 0.75) var(--_space);
    border-inline-start: 4px solid var(--_color-border);
    border-radius: calc(var(--_radius) / 2);
    background: var(--_color-surface-raised);
  }
  .check.ok {
    border-color: var(--_color-good);
  }
  .check.warning {
    border-color: var(--_color-caution);
    background: var(--_color-caution-surface);
  }
  .check.failed {
    border-color: var(--_color-bad);
    background: var(--_color-bad-surface);
  }
  h3 {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space);
    margin: 0;
    font-size: 1em;
  }
  .status {
    margin-inline-start: auto;
    font-weight: normal;
  }
  .ok .status {
    color: var(--_color-good);
  }
  .warning .status {
    color: var(--_color-caution);
  }
  .failed .status {
    color: var(--_color-bad);
  }
  .check p {
    margin: 2px 0 0;
    overflow-wrap: anywhere;
  }
  .advice {
    font-weight: 600;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
  }
  textarea {
    inline-size: 100%;
    margin-block-start: var(--_space);
    border: 1px solid var(--_color-border);
    background: var(--_color-surface);
    color: var(--_color-text);
    font:
      0.85em ui-monospace,
      monospace;
  }
`;
