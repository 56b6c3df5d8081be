import { css } from 'lit';

/** Of uPlot's own elements, what it cannot be without. A canvas takes its colours from properties that draw nothing. */
export const chartStyles = css`
  .choice,
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.5);
    margin-block-end: calc(var(--_space) * 0.5);
  }
  .readout {
    margin: var(--_space) 0 2px;
    font-weight: 600;
  }
  .plot {
    min-block-size: 180px;
    border-radius: calc(var(--_radius) * 0.5);
    color: var(--_color-accent);
    caret-color: var(--_color-bad);
    column-rule-color: color-mix(in srgb, var(--_color-text-quiet) 18%, transparent);
    text-decoration-color: var(--_color-text-quiet);
    touch-action: pan-y;
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under,
  .u-axis,
  .u-select,
  .u-cursor-x,
  .u-cursor-y,
  .u-cursor-pt {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .plot canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .u-select {
    background: color-mix(in srgb, var(--_color-accent) 20%, transparent);
    pointer-events: none;
  }
  .u-cursor-x,
  .u-cursor-y,
  .u-cursor-pt {
    inset-block-start: 0;
    left: 0;
    pointer-events: none;
  }
  .u-cursor-x {
    block-size: 100%;
    border-inline-end: 1px dashed var(--_color-text-quiet);
  }
  .u-cursor-pt {
    border: 0 solid;
    border-radius: 50%;
  }
  .u-off {
    display: none;
  }
  .table {
    max-block-size: 240px;
    margin-block-start: var(--_space);
    overflow: auto;
  }
  .table table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.92em;
  }
  .table th,
  .table td {
    padding: 2px 6px;
    font-weight: normal;
    text-align: end;
  }
  .table th:first-child {
    text-align: start;
  }
  .table thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_color-surface-raised);
    color: var(--_color-text-quiet);
  }
`;
