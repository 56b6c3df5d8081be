import { css } from 'lit';

export const serviceTestsStyles = css`
  .test-choice {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.75);
    margin-block-end: var(--_space);
  }
  .tests {
    display: grid;
    gap: var(--_space);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .test {
    padding-block-start: var(--_space);
    border-block-start: 1px solid var(--_color-border);
  }
  .test-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--_space);
    min-block-size: 28px;
  }
  .test-state.good {
    color: var(--_color-good);
  }
  .test-state.bad {
    color: var(--_color-bad);
  }
  .test-time {
    color: var(--_color-text-quiet);
    font-size: 0.9em;
  }
  .test-head button {
    margin-inline-start: auto;
  }
  progress {
    display: block;
    inline-size: 100%;
    block-size: 6px;
    margin-block: 4px;
    accent-color: var(--_color-accent);
  }
  summary {
    color: var(--_color-text-quiet);
    cursor: pointer;
  }
  .measures {
    inline-size: 100%;
    margin-block-start: 4px;
    border-collapse: collapse;
    font-size: 0.92em;
  }
  .measures th,
  .measures td {
    padding: 2px 6px 2px 0;
    text-align: start;
    font-weight: normal;
  }
  .measures td:nth-child(3) {
    white-space: nowrap;
  }
  .measures thead th {
    color: var(--_color-text-quiet);
    font-size: 0.9em;
  }
  .pass .result {
    color: var(--_color-good);
  }
  .fail .result,
  .fail td:nth-child(2) {
    color: var(--_color-bad);
    font-weight: 600;
  }
`;
