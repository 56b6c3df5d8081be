import { css } from 'lit';

export const diagnosticsStyles = css`
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
    margin-block-end: var(--_space);
  }
  h2 {
    margin: 0;
    font-size: 1.1em;
  }
  .customer {
    color: var(--_color-text-quiet);
    overflow-wrap: anywhere;
  }
  .now {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: end;
    gap: 4px var(--_space);
    margin-inline-start: auto;
  }
  .freshness {
    color: var(--_color-good);
    font-size: 0.9em;
  }
  header button {
    min-block-size: 26px;
    padding: 1px var(--_space);
    font-size: 0.9em;
  }
  .freshness.stale {
    padding: 1px 8px;
    border-radius: var(--_radius);
    background: var(--_color-caution-surface);
    color: var(--_color-caution);
  }
`;
