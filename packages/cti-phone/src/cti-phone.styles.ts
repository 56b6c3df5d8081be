import { css } from 'lit';

export const phoneStyles = css`
  .base {
    padding: var(--_space);
    background: var(--_color-surface);
  }
  :host([layout='dock']) {
    max-inline-size: 280px;
  }
  .stack {
    display: grid;
    gap: var(--_space);
  }
  p,
  h3,
  ul,
  dl,
  dd {
    margin: 0;
  }
  ul {
    padding: 0;
    list-style: none;
  }
  .agent,
  .line,
  .row,
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .agent select,
  .row input {
    flex: 1 1 12ch;
    min-inline-size: 0;
  }
  input,
  select,
  textarea {
    font: inherit;
    min-block-size: 32px;
    inline-size: 100%;
    padding: 4px 8px;
    border: 1px solid var(--_color-text-quiet);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_color-surface);
    color: var(--_color-text);
  }
  textarea {
    resize: vertical;
  }
  .agent.ready {
    --_tone: var(--_color-good);
  }
  .agent.busy,
  .agent.reserved {
    --_tone: var(--_color-accent);
  }
  .agent {
    --_tone: var(--_color-caution);
    padding-inline-start: 6px;
    border-inline-start: 4px solid var(--_tone);
  }
  .card {
    display: grid;
    gap: 6px;
    padding: var(--_space);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-raised);
  }
  .card.incoming {
    border-color: var(--_color-accent);
    box-shadow: inset 0 0 0 1px var(--_color-accent);
  }
  .card.held {
    border-style: dashed;
  }
  .line {
    justify-content: space-between;
  }
  .state {
    font-weight: 600;
  }
  .incoming .state,
  .connected .state {
    color: var(--_color-accent);
  }
  .held .state {
    color: var(--_color-caution);
  }
  .who {
    font-size: 1.15em;
    overflow-wrap: anywhere;
  }
  .quiet-text,
  dt {
    color: var(--_color-text-quiet);
    font-size: 0.9em;
  }
  .quiet-text,
  .why {
    overflow-wrap: anywhere;
  }
  .flag {
    padding: 1px 6px;
    border: 1px solid var(--_color-border);
    border-radius: 10px;
    font-size: 0.85em;
  }
  .caution {
    padding: 4px 8px;
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_color-caution-surface);
  }
  .brief {
    display: grid;
    gap: 2px;
  }
  .brief div {
    display: grid;
    grid-template-columns: minmax(8ch, 11ch) 1fr;
    gap: var(--_space);
  }
  .brief dd {
    overflow-wrap: anywhere;
  }
  button.good {
    border-color: var(--_color-good);
    background: var(--_color-good);
    color: var(--_color-surface);
  }
  button.bad {
    border-color: var(--_color-bad);
    background: transparent;
    color: var(--_color-bad);
  }
  .buttons button {
    flex: 0 1 auto;
  }
  .incoming .buttons button {
    flex: 1;
  }
  .buttons .hangUp {
    margin-inline-start: auto;
  }
  .choice,
  .transfer,
  .consult,
  .note,
  .field {
    display: grid;
    gap: 4px;
  }
  .choice button {
    text-align: start;
  }
  .consult {
    padding-block-start: 6px;
    border-block-start: 1px solid var(--_color-border);
  }
  .note button {
    justify-self: start;
  }
  .keypad {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 4px;
    max-inline-size: 220px;
  }
  .entries,
  .participants {
    display: grid;
    gap: 4px;
  }
  .entries li,
  .participants li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 8px;
  }
  summary {
    min-block-size: 24px;
    cursor: pointer;
  }
  details[open] summary {
    margin-block-end: 6px;
  }
  .dial {
    display: grid;
    gap: var(--_space);
  }
`;
