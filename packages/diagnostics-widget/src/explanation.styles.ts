import { css } from 'lit';

export const explanationStyles = css`
  .conclusion {
    margin: 0 0 var(--_space);
    font-weight: 600;
  }
  .causes {
    display: grid;
    grid-template-columns: max-content max-content minmax(0, 1fr);
    gap: 6px calc(var(--_space) * 1.25);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .cause {
    display: grid;
    grid-column: span 3;
    grid-template-columns: subgrid;
    align-items: baseline;
  }
  .standing {
    padding: 0 6px;
    border: 1px solid currentcolor;
    border-radius: calc(var(--_radius) * 0.5);
    color: var(--_color-text-quiet);
    font-size: 0.85em;
    text-align: center;
  }
  .cause[data-standing='found'] .standing {
    background: var(--_color-bad-surface);
    color: var(--_color-bad);
    font-weight: 600;
  }
  .cause[data-standing='possible'] .standing {
    background: var(--_color-caution-surface);
    color: var(--_color-caution);
  }
  .cause[data-standing='ruled-out'] .standing {
    color: var(--_color-good);
  }
  .cause-name {
    font-weight: 600;
  }
  .cause-why {
    color: var(--_color-text-quiet);
    overflow-wrap: anywhere;
  }
  .cause[data-standing='found'] .cause-why {
    color: inherit;
  }
  @container (max-width: 419px) {
    .causes {
      grid-template-columns: max-content minmax(0, 1fr);
    }
    .cause {
      grid-column: span 2;
    }
    .cause-why {
      grid-column: 2;
    }
  }
`;
