import { css } from 'lit';

export const noticeStyles = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space);
    padding: calc(var(--_space) * 1.5);
    border-radius: var(--_radius);
    background: var(--_color-surface-raised);
  }
  .notice p {
    flex: 1 1 16ch;
    margin: 0;
  }
  .notice.bad {
    background: var(--_color-bad-surface);
  }
  .notice.caution {
    background: var(--_color-caution-surface);
  }
  .error-code {
    display: block;
    margin-block-start: 2px;
    color: var(--_color-text-quiet);
    font-size: 0.85em;
    overflow-wrap: anywhere;
  }
`;
