import { css } from 'lit';

export const workbenchStyles = css`
  .base {
    padding: var(--_space);
  }
  .columns,
  .side {
    display: grid;
    align-content: start;
    gap: calc(var(--_space) * 2);
  }
  @container (inline-size > 860px) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
  section {
    display: grid;
    align-content: start;
    gap: var(--_space);
    min-inline-size: 0;
  }
  h2 {
    margin: 0;
    font-size: 1.1em;
  }
  h3 {
    margin: 0;
    font-size: 1em;
  }
  p {
    margin: 0;
  }
  label {
    font-weight: 600;
  }
  select,
  input,
  textarea {
    inline-size: 100%;
    padding: 6px 8px;
    border: 1px solid var(--_color-text-quiet);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_color-surface);
    color: inherit;
    font: inherit;
  }
  select,
  input {
    min-block-size: 32px;
  }
  textarea {
    block-size: 30em;
    resize: vertical;
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
    font-size: 0.9em;
    line-height: 1.5;
    tab-size: 2;
    white-space: pre;
  }
  textarea[aria-invalid='true'] {
    border-color: var(--_color-bad);
    box-shadow: inset 0 0 0 1px var(--_color-bad);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .bar > :first-child {
    flex: 1 1 18ch;
  }
  /* As high as one row from the start, so that what stands below does not move while one writes. */
  .completion {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-block-size: 32px;
  }
  .completion button {
    font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
    font-size: 0.9em;
  }
  .quiet-text {
    color: var(--_color-text-quiet);
  }
  .state {
    padding: 8px 10px;
    border-inline-start: 4px solid var(--_color-good);
    background: var(--_color-surface-raised);
  }
  .state.bad {
    border-color: var(--_color-bad);
    background: var(--_color-bad-surface);
  }
  .problems {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .problems button {
    inline-size: 100%;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .place {
    margin-inline-end: 6px;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 6px 8px;
    border-block-end: 1px solid var(--_color-border);
    text-align: start;
    vertical-align: baseline;
  }
  tr[aria-current] {
    background: var(--_color-surface-raised);
    box-shadow: inset 3px 0 0 var(--_color-accent);
  }
  th button {
    border: 0;
    padding-inline: 0;
    text-align: start;
  }
  .verdict {
    white-space: nowrap;
    font-weight: 600;
  }
  .verdict.yes {
    color: var(--_color-good);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 22ch), 1fr));
    gap: var(--_space);
  }
  .facts label {
    display: block;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .preview.old {
    border-color: var(--_color-bad);
  }
  .preview {
    min-block-size: 52px;
    border: 1px dashed var(--_color-border);
    border-radius: var(--_radius);
  }
`;
