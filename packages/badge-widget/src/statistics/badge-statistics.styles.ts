import { css } from 'lit';

export const statisticsStyles = css`
  .base {
    padding: var(--_space);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space);
    margin-block-end: var(--_space);
  }
  h2 {
    margin: 0;
    font-size: 1.15em;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .period {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 32px;
    padding: 4px 10px;
    border: 1px solid var(--_color-border);
    border-radius: 16px;
    cursor: pointer;
  }
  .period:has(:checked) {
    border-color: var(--_color-accent);
    background: var(--_color-surface-raised);
    font-weight: 600;
  }
  .period input {
    accent-color: var(--_color-accent);
    margin: 0;
  }
  /* As high as a few rows from the start, so that what stands below does not jump when the numbers come. */
  .content {
    min-block-size: 160px;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  caption {
    margin-block-end: 4px;
    color: var(--_color-text-quiet);
    text-align: start;
  }
  th,
  td {
    padding: 6px 8px;
    border-block-end: 1px solid var(--_color-border);
    text-align: end;
    vertical-align: baseline;
  }
  th:first-child {
    min-inline-size: 12ch;
    text-align: start;
    overflow-wrap: anywhere;
  }
  tbody th {
    font-weight: 400;
  }
  thead th {
    padding: 2px 4px;
    vertical-align: bottom;
  }
  thead button {
    display: inline-flex;
    align-items: baseline;
    gap: 2px;
    padding: 4px;
    border: 0;
    font-weight: 600;
    text-align: inherit;
  }
  /* Before the numbers' names, so that these stand above the numbers. */
  th:not(:first-child) button {
    flex-direction: row-reverse;
  }
  .arrow {
    inline-size: 1em;
  }
  .share {
    display: block;
    color: var(--_color-text-quiet);
    font-size: 0.85em;
  }
  .quiet-note {
    margin: 0;
    padding-block: 7px;
    color: var(--_color-text-quiet);
  }
  /* In a side bar a badge is a card: its numbers stand below its name. */
  @container (inline-size < 480px) {
    table,
    thead,
    tbody,
    tr,
    caption {
      display: block;
    }
    thead tr {
      display: flex;
      flex-wrap: wrap;
    }
    tbody tr {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      padding-block: 6px;
      border-block-end: 1px solid var(--_color-border);
    }
    tbody th {
      grid-column: 1 / -1;
      font-weight: 600;
    }
    th,
    td {
      display: block;
      padding: 2px 4px;
      border: 0;
      text-align: start;
    }
    td::before {
      content: attr(data-label);
      display: block;
      color: var(--_color-text-quiet);
      font-size: 0.85em;
    }
  }
`;
