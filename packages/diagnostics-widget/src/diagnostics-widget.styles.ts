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
  .freshness {
    margin-inline-start: auto;
    color: var(--_color-good);
    font-size: 0.9em;
  }
  .freshness.stale {
    padding: 1px 8px;
    border-radius: var(--_radius);
    background: var(--_color-caution-surface);
    color: var(--_color-caution);
  }
  .services {
    display: grid;
    gap: var(--_space);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .service {
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-radius: var(--_radius);
    background: var(--_color-surface-raised);
  }
  h3 {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space);
    margin: 0 0 4px;
    font-size: 1em;
  }
  .number,
  .service-state {
    color: var(--_color-text-quiet);
    font-weight: normal;
  }
  .number {
    direction: ltr;
  }
  .service-state {
    margin-inline-start: auto;
  }
  .service-state.off {
    color: var(--_color-caution);
  }
  /* One grid for all rows of a service, so that names, values and lines stand under each other. */
  dl {
    display: grid;
    grid-template-columns: max-content max-content minmax(48px, 1fr);
    gap: 2px var(--_space);
    margin: 0;
  }
  .kpi {
    display: grid;
    grid-column: span 3;
    grid-template-columns: subgrid;
    align-items: center;
    min-block-size: 28px;
  }
  dt {
    color: var(--_color-text-quiet);
    white-space: nowrap;
  }
  dd {
    margin: 0;
    text-align: end;
    white-space: nowrap;
  }
  .value {
    font-weight: 600;
  }
  .unit {
    display: inline-block;
    inline-size: 6ch;
    color: var(--_color-text-quiet);
    font-size: 0.85em;
    text-align: start;
  }
  .trend {
    display: flex;
  }
  canvas {
    inline-size: 100%;
    block-size: 22px;
    color: var(--_color-accent);
  }
  .stale canvas {
    opacity: 0.5;
  }
  @container (min-width: 560px) {
    dl {
      grid-template-columns: repeat(2, max-content max-content minmax(48px, 1fr));
      column-gap: calc(var(--_space) * 1.5);
    }
  }
  @container (min-width: 1000px) {
    .services {
      grid-template-columns: 1fr 1fr;
    }
  }
`;
