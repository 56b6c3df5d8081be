import { css } from 'lit';

export const cardStyles = css`
  .notice {
    margin-block-end: var(--_space);
  }
  .services {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: start;
    gap: var(--_space);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .service {
    container-type: inline-size;
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-inline-start: 4px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-raised);
    /* Cards out of sight cost neither layout nor paint; the height is a guess until one was seen. */
    content-visibility: auto;
    contain-intrinsic-block-size: auto 240px;
  }
  .service[data-health='ill'] {
    border-inline-start-color: var(--_color-bad);
  }
  .service[data-health='watch'] {
    border-inline-start-color: var(--_color-caution);
  }
  .service[data-health='well'] {
    border-inline-start-color: var(--_color-good);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 var(--_space);
  }
  h3 {
    margin: 0;
    font-size: 1em;
    overflow-wrap: anywhere;
  }
  .number {
    display: inline-block;
    color: var(--_color-text-quiet);
    font-weight: normal;
    direction: ltr;
  }
  .health {
    color: var(--_color-text-quiet);
    font-size: 0.9em;
    font-weight: 600;
  }
  [data-health='ill'] .health {
    color: var(--_color-bad);
  }
  [data-health='watch'] .health {
    color: var(--_color-caution);
  }
  [data-health='well'] .health {
    color: var(--_color-good);
  }
  .verdict {
    margin: 2px 0 6px;
    overflow-wrap: anywhere;
  }
  [data-health='well'] .verdict,
  [data-health='unknown'] .verdict {
    color: var(--_color-text-quiet);
  }
  /* One grid for all rows of a service, so that names, values and lines stand under each other. */
  dl {
    display: grid;
    grid-template-columns: max-content minmax(64px, 1fr);
    gap: 6px var(--_space);
    margin: 0;
  }
  .kpi {
    display: grid;
    grid-column: span 2;
    grid-template-areas: 'name reading' 'note trend';
    grid-template-columns: subgrid;
    align-items: center;
    min-block-size: 36px;
    line-height: 1.3;
  }
  dt {
    grid-area: name;
    overflow-wrap: anywhere;
  }
  dd {
    margin: 0;
    white-space: nowrap;
  }
  .reading {
    grid-area: reading;
    text-align: end;
  }
  .note {
    grid-area: note;
    color: var(--_color-text-quiet);
    font-size: 0.82em;
  }
  .value {
    font-weight: 600;
  }
  /* Else a sign, or a unit in Latin letters, decides on which side the unit stands. */
  .value,
  .unit {
    unicode-bidi: isolate;
  }
  .odd .value {
    color: var(--_color-bad);
  }
  .old .value {
    opacity: 0.7;
  }
  .note.age {
    color: var(--_color-caution);
  }
  .unit {
    color: var(--_color-text-quiet);
    font-size: 0.85em;
    text-align: start;
  }
  .trend {
    display: flex;
    grid-area: trend;
    direction: ltr;
  }
  /* A canvas knows no custom properties: it reads its colours from properties that draw nothing on it. */
  .trend canvas {
    inline-size: 100%;
    block-size: 20px;
    color: var(--_color-accent);
    caret-color: var(--_color-bad);
    column-rule-color: color-mix(in srgb, var(--_color-good) 16%, transparent);
    transition: color 1ms;
  }
  .stale .trend canvas {
    opacity: 0.5;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 0.5);
    margin-block-start: 6px;
  }
  .feedback {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 0.5);
    margin-inline-start: auto;
  }
  .feedback-state {
    color: var(--_color-text-quiet);
    font-size: 0.85em;
  }
  button.small {
    min-block-size: 26px;
    padding: 1px calc(var(--_space) * 0.75);
    font-size: 0.85em;
  }
  button.small.quiet {
    border-color: var(--_color-border);
  }
  button.small.quiet[aria-expanded='true'],
  button.small.quiet[aria-pressed='true'] {
    border-color: var(--_color-accent);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }
  .panel {
    margin-block-start: var(--_space);
    padding-block-start: var(--_space);
    border-block-start: 1px solid var(--_color-border);
  }
  .quiet:not(button) {
    margin: 0;
    color: var(--_color-text-quiet);
  }
  @container (min-width: 280px) {
    dl {
      grid-template-columns: max-content max-content minmax(48px, 1fr);
      row-gap: 2px;
    }
    .kpi {
      grid-column: span 3;
      grid-template-areas: 'name reading trend' 'note reading trend';
    }
    .unit {
      display: inline-block;
      inline-size: 6ch;
    }
    .trend canvas {
      block-size: 28px;
    }
    button.small {
      padding-inline: var(--_space);
      font-size: 0.9em;
    }
  }
  @container (min-width: 600px) {
    dl {
      grid-template-columns: repeat(2, max-content max-content minmax(48px, 1fr));
      column-gap: calc(var(--_space) * 1.5);
    }
  }
  @container (min-width: 1000px) {
    .services {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`;
