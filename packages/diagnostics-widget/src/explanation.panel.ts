import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Cause, CauseId, Standing, Why } from './explanation.js';
import { explanationStyles } from './explanation.styles.js';
import { formatDay, formatMoment, formatMoney, formatQuantity, sentence } from './format.js';
import type { Panel, PanelContext } from './panel.js';
import type { KpiView, ServiceView } from './service-view.js';
import { barringText, changeText, findingText, stateName } from './words.js';

export { explanationStyles as styles };

/** Unfolds every cause of a service that does not work, side by side: the likeliest first, then what was ruled out. */
export function openPanel(_context: PanelContext): Panel {
  return { render: renderExplanation, dispose: () => undefined };
}

function renderExplanation({ causes, kpis, category }: ServiceView): TemplateResult {
  return html`
    <p class="conclusion">${conclusionText(causes)}</p>
    <ol class="causes">
      ${causes.map((cause) => renderCause(cause, kpis, category))}
    </ol>
  `;
}

function renderCause(
  { id, standing, detail }: Cause,
  kpis: readonly KpiView[],
  category: string,
): TemplateResult {
  return html`
    <li class="cause" data-cause=${id} data-standing=${standing}>
      <span class="standing">${standingName(standing)}</span>
      <span class="cause-name">${causeName(id, category)}</span>
      <span class="cause-why">${whyText(detail, kpis)}</span>
    </li>
  `;
}

/** Which side the trouble is on, in one sentence. */
function conclusionText(causes: readonly Cause[]): string {
  const found = causes.filter(({ standing }) => standing === 'found');
  const account = found.some(({ id }) => isAccount(id));
  const network = found.some(({ id }) => !isAccount(id) && id !== 'sim-device');
  if (account && found.some(({ id }) => !isAccount(id)))
    return msg('Both: the account, and the network or the device.');
  if (account) return msg('It is the account, not the network.');
  if (network) return msg('It is the network, not the account.');
  if (found.length > 0) return msg('It is the SIM or the device, not the network.');
  if (causes.some(({ standing }) => standing === 'possible'))
    return msg('Nothing is certain yet. A test can tell more.');
  if (causes.some(({ standing }) => standing === 'not-checked'))
    return msg('Nothing was found, but not everything could be checked.');
  return msg('Everything was checked and is in order.');
}

function isAccount(id: CauseId): boolean {
  return id === 'barring' || id === 'plan-exhausted' || id === 'payment-due';
}

function standingName(standing: Standing): string {
  switch (standing) {
    case 'found':
      return msg('Cause');
    case 'possible':
      return msg('Possible');
    case 'ruled-out':
      return msg('Ruled out');
    case 'not-checked':
      return msg('Not checked');
  }
}

function causeName(id: CauseId, category: string): string {
  switch (id) {
    case 'barring':
      return msg('Barring');
    case 'plan-exhausted':
      return msg('Plan used up');
    case 'payment-due':
      return msg('Payment due');
    case 'sim-device':
      return category === 'mobile' ? msg('SIM or phone') : msg('Router');
    case 'line':
      return category === 'mobile' ? msg('Radio link') : msg('Line');
    case 'area-outage':
      return msg('Area outage');
  }
}

function whyText(detail: Why, kpis: readonly KpiView[]): string {
  switch (detail.why) {
    case 'barred':
      return barringText(detail.scope, detail.reason);
    case 'off':
      return msg(str`The service is not active: ${stateName(detail.state)}`);
    case 'not-barred':
      return msg('Nothing is barred');
    case 'used-up':
      return msg('No data is left');
    case 'low':
    case 'left':
      return msg(str`${formatQuantity(detail.remaining)} left`);
    case 'no-limit':
      return msg('No data limit on this service');
    case 'overdue':
      return msg(str`${formatMoney(detail.amount)} overdue since ${formatDay(detail.since)}`);
    case 'due-later':
      return msg(str`Nothing overdue; next payment by ${formatDay(detail.due)}`);
    case 'paid':
      return msg('Nothing to pay');
    case 'problem':
      return (
        detail.problem.name || detail.problem.description || msg('A problem in the area is being worked on')
      );
    case 'no-problem':
      return msg('No open problem in the area');
    case 'measured':
      return findingText(detail.finding, kpis);
    case 'changed':
      return sentence(changeText(detail));
    case 'measured-well':
      return msg('Everything measured is as usual');
    case 'area-explains':
      return msg('Others have the same trouble');
    case 'test-passed':
      return msg(str`Test passed, ${formatMoment(detail.at)}`);
    case 'test-failed':
      return msg(str`Test failed, ${formatMoment(detail.at)}`);
    case 'not-measured':
      return msg('Nothing is measured now');
    case 'not-known':
      return msg('This could not be read');
  }
}
