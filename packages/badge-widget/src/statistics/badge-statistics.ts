import {
  addTranslations,
  errorNotice,
  formatTag,
  JioElement,
  ModelController,
  notice,
  noticeStyles,
  PROTOCOL_MAJOR,
  requestAction,
  signInNotice,
} from '@jioassist/core-sdk/lit';
import type { BadgeStatistics } from '@jioassist/core-sdk';
import { msg, str } from '@lit/localize';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import {
  BadgeStatisticsModel,
  PERIODS,
  type Period,
  type StatisticsState,
} from './badge-statistics.model.js';
import { statisticsStyles } from './badge-statistics.styles.js';
import { titleOf } from './badge-titles.js';
import {
  COLUMNS,
  MOST_SHOWN,
  shareOf,
  sortedBy,
  sortStatistics,
  type Column,
  type Sorting,
} from './sorting.js';

addTranslations({ hi: () => import('../locales/hi.js'), ur: () => import('../locales/ur.js') });

/**
 * @tag jio-badge-statistics
 * @summary For supervisors: how often each badge was shown, what agents did about it, and whether customers came again.
 * @status experimental
 * @since 0.1
 *
 * The host's `data-state` attribute is one of `signed-out`, `loading`, `ready`, `empty`, `not-allowed` and `error`.
 *
 * @event {JioActionRequestEvent} jio-sign-in-request - Before the sign-in window opens; can be vetoed or replaced.
 * @event {JioActionEvent} jio-sign-in - The agent has signed in here.
 * @event {JioActionRequestEvent} jio-retry-request - Before what failed is tried again; can be vetoed or replaced.
 * @event {JioActionEvent} jio-retry - What failed is tried again.
 *
 * @csspart base - The element's box.
 * @csspart table - The table of badges.
 * @csspart sort - The button in the head of a column.
 * @csspart sign-in - The button that opens the sign-in window.
 * @csspart retry - The button that tries again after an error.
 * @csspart error-code - The code of an error.
 */
export class JioBadgeStatistics extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  static override styles: CSSResultGroup = [super.styles, noticeStyles, statisticsStyles];

  private readonly controller = new ModelController(this, (client) => new BadgeStatisticsModel(client));

  @state() private sorting: Sorting = MOST_SHOWN;

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const status = this.controller.model?.state.value.status ?? 'error';
    // Written only when it changes, so that a page may observe it.
    if (this.dataset['state'] !== status) this.dataset['state'] = status;
  }

  private handleSignIn = (): void => {
    void requestAction(this, 'sign-in', {}, () => this.controller.model?.signIn());
  };

  private handleRetry = (): void => {
    const code = this.controller.model?.state.value.error?.code;
    void requestAction(this, 'retry', { code }, () => {
      this.controller.model?.retry();
    });
  };

  private renderPeriods(days: Period): TemplateResult {
    return html`<fieldset>
      <legend>${msg('Period')}</legend>
      ${PERIODS.map(
        (period) =>
          html`<label class="period"
            ><input
              type="radio"
              name="period"
              .checked=${period === days}
              @change=${() => {
                if (this.controller.model) this.controller.model.days = period;
              }}
            />${daysText(period)}</label
          >`,
      )}
    </fieldset>`;
  }

  private renderContent(state: StatisticsState): TemplateResult {
    switch (state.status) {
      case 'signed-out':
        return signInNotice(
          msg('Sign in to see how badges do.'),
          state.signingIn,
          state.error,
          this.handleSignIn,
        );
      case 'loading':
        return html`<p class="quiet-note" role="status">${msg('Counting…')}</p>`;
      case 'not-allowed':
        return notice(msg('How badges do is for supervisors to see. Sign in as one, or ask one.'));
      case 'error':
        return state.error ? errorNotice(state.error, this.handleRetry) : html``;
      case 'empty':
        return html`<p class="quiet-note" role="status">${msg('No badge was shown in this time.')}</p>`;
      case 'ready':
        return this.renderTable(state);
    }
  }

  // Narrow, the rows are laid out as cards, which takes the meaning of a table from its tags: the roles keep it.
  private renderTable({ statistics, titles, days }: StatisticsState): TemplateResult {
    const locale = formatTag();
    const nameOf = (badge: string) => titleOf(titles, badge, locale);
    const sorted = sortStatistics(statistics, this.sorting, nameOf, locale);
    // The region scrolls where the table is too wide, and so can be reached with the keyboard.
    return html`<div class="scroll" role="region" aria-labelledby="caption" tabindex="0">
      <table part="table" role="table">
        <caption id="caption">
          ${msg(str`Shares are of the contacts a badge was shown in, over ${daysText(days)}.`)}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            ${COLUMNS.map((column) => this.renderHead(column))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${sorted.map((row) => renderRow(row, nameOf(row.badge)))}
        </tbody>
      </table>
    </div>`;
  }

  private renderHead(column: Column): TemplateResult {
    const { by, isDescending } = this.sorting;
    const order = by === column ? (isDescending ? 'descending' : 'ascending') : undefined;
    return html`<th scope="col" role="columnheader" aria-sort=${order ?? nothing}>
      <button
        type="button"
        class="quiet"
        part="sort"
        @click=${() => {
          this.sorting = sortedBy(column, this.sorting);
        }}
      >
        ${columnName(column)}<span class="arrow" aria-hidden="true"
          >${order ? (isDescending ? '↓' : '↑') : ''}</span
        >
      </button>
    </th>`;
  }

  protected override render(): TemplateResult {
    const { model, error } = this.controller;
    const state = model?.state.value;
    const hasPeriods = state && !['signed-out', 'not-allowed'].includes(state.status);
    return html`<section
      class="base"
      part="base"
      aria-label=${msg('How badges do')}
      aria-busy=${state?.status === 'loading'}
    >
      <div class="head">
        <h2>${msg('How badges do')}</h2>
        ${hasPeriods ? this.renderPeriods(state.days) : nothing}
      </div>
      <div class="content">${state ? this.renderContent(state) : errorNotice(error, undefined)}</div>
    </section>`;
  }
}

function renderRow(row: BadgeStatistics, name: string): TemplateResult {
  const [, ...numbers] = COLUMNS;
  return html`<tr role="row" data-badge=${row.badge}>
    <th scope="row" role="rowheader">${name}</th>
    ${numbers.map((column) => {
      const share = column === 'shown' ? undefined : shareOf(row[column], row);
      return html`<td role="cell" data-label=${columnName(column)}>
        ${formatCount(row[column])}${share === undefined ? nothing : html`<span class="share">${formatShare(share)}</span>`}
      </td>`;
    })}
  </tr>`;
}

const formatCount = (count: number): string => new Intl.NumberFormat(formatTag()).format(count);
const formatShare = (share: number): string =>
  new Intl.NumberFormat(formatTag(), { style: 'percent' }).format(share);
const daysText = (days: number): string =>
  new Intl.NumberFormat(formatTag(), { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);

function columnName(column: Column): string {
  switch (column) {
    case 'badge':
      return msg('Badge');
    case 'shown':
      return msg('Shown');
    case 'acted':
      return msg('Acted on');
    case 'later':
      return msg('Put off');
    case 'dismissed':
      return msg('Did not fit');
    case 'repeatContact':
      return msg('Came again');
  }
}
