import { msg, str } from '@lit/localize';
import type { Announcement } from './announcer.js';
import type { Source } from './diagnostics-widget.model.js';
import type { Cause } from './explanation.js';
import type { Finding } from './finding.js';
import { formatFigure, formatMoment } from './format.js';
import type { KpiView, ServiceView } from './service-view.js';
import { deviationOf, type Health } from './verdict.js';

/** The KPI's name for the agent; the gateway's own name for one that is not known here. */
export function indicatorName(id: string, name = id): string {
  switch (id) {
    case 'latency':
      return msg('Latency');
    case 'packetLoss':
      return msg('Packet loss');
    case 'signal':
      return msg('Signal');
    case 'throughput':
      return msg('Throughput');
    default:
      return name;
  }
}

/** A service category for the agent, where it is one we know. */
export function categoryName(category: string): string {
  switch (category) {
    case 'mobile':
      return msg('Mobile');
    case 'fibre':
      return msg('Fibre');
    default:
      return category;
  }
}

export function serviceName({ name, category, id }: Pick<ServiceView, 'name' | 'category' | 'id'>): string {
  return name || categoryName(category) || id;
}

/** A TMF638 service state for the agent. */
export function stateName(state: string): string {
  switch (state) {
    case 'active':
      return msg('Active');
    case 'inactive':
      return msg('Not active');
    case 'terminated':
      return msg('Ended');
    default:
      return msg('In preparation');
  }
}

export function healthName(health: Health): string {
  switch (health) {
    case 'ill':
      return msg('Needs attention');
    case 'watch':
      return msg('Keep an eye on it');
    case 'off':
      return msg('Switched off');
    case 'unknown':
      return msg('Not known');
    case 'well':
      return msg('Healthy');
  }
}

export function sourceName(source: Source): string {
  switch (source) {
    case 'measurement':
      return msg('live values');
    case 'alarms':
      return msg('alarms');
    case 'problems':
      return msg('area problems');
    case 'serviceTests':
      return msg('tests');
    case 'balance':
      return msg('balance');
    case 'bills':
      return msg('bills');
  }
}

/** How a service is, in one sentence: what is wrong, since when, how far from normal, and what was ruled out. */
export function verdictText({ verdict, kpis }: Pick<ServiceView, 'verdict' | 'kpis'>): string {
  const { account, finding, others, area, health } = verdict;
  if (health === 'well') return msg('Working as usual');
  if (health === 'unknown') {
    if (verdict.measured) return msg('Values are there, but nothing says whether they are normal');
    const newest = Math.max(...kpis.map(({ series }) => series.lastMeasured?.[0] ?? 0));
    return newest > 0
      ? msg(str`No new values; nothing was wrong until ${formatMoment(newest)}`)
      : msg('Nothing is measured now');
  }
  const clauses = [
    account && accountText(account),
    area && areaText(area.name || area.description, area.creationDate),
    finding && findingText(finding, kpis),
    finding && area === null && msg('area is healthy'),
    finding && lastGoodText(finding),
    others > 0 && (others === 1 ? msg('one more finding') : msg(str`${others} more findings`)),
  ];
  return clauses
    .filter((clause) => typeof clause === 'string')
    .reduce((text, clause) => msg(str`${text}; ${clause}`));
}

/** Nothing, when it would only say the same minute again. */
function lastGoodText({ since, lastGood }: Finding): string | undefined {
  if (lastGood === undefined) return undefined;
  const text = formatMoment(lastGood);
  return since !== undefined && formatMoment(since) === text ? undefined : msg(str`last good ${text}`);
}

function accountText({ detail }: Cause): string {
  switch (detail.why) {
    case 'barred':
      return barringText(detail.scope, detail.reason);
    case 'used-up':
      return msg('The data of the plan is used up');
    case 'off':
      return stateName(detail.state);
    default:
      return '';
  }
}

export function barringText(scope: string, reason: string): string {
  const barred =
    scope === 'outgoing' ? msg('Outgoing calls and data are barred') : msg('The service is barred');
  const why = barringReason(reason);
  return why ? msg(str`${barred} (${why})`) : barred;
}

function barringReason(reason: string): string {
  switch (reason) {
    case 'payment':
    case 'paymentOverdue':
      return msg('payment due');
    case 'fraud':
      return msg('suspicion of fraud');
    case 'lost':
    case 'stolen':
      return msg('reported lost');
    case 'customerRequest':
      return msg('asked for by the customer');
    default:
      return reason;
  }
}

function areaText(name: string, creationDate: string | undefined): string {
  const since = Date.parse(creationDate ?? '');
  const text = name ? msg(str`Problem in the area: ${name}`) : msg('Problem in the area');
  return Number.isNaN(since) ? text : withSince(text, since);
}

/** A finding in words, with its time. */
export function findingText(finding: Finding, kpis: readonly KpiView[]): string {
  const known = kpis.find(({ indicator }) => indicator.id === finding.indicatorId)?.indicator;
  const name = indicatorName(finding.indicatorId, known?.name);
  const text = deviationText(name, finding, finding.unit || (known?.indicatorUnit ?? ''));
  return finding.since === undefined ? text : withSince(text, finding.since);
}

function withSince(text: string, since: number): string {
  return msg(str`${text} since ${formatMoment(since)}`);
}

function deviationText(name: string, finding: Finding, unit: string): string {
  const deviation = deviationOf({ ...finding, unit });
  switch (deviation.kind) {
    case 'silent':
      return msg(str`${name} is not measured`);
    case 'unsteady':
      return msg(str`${name} swings more than usual`);
    case 'out-of-rhythm':
      return msg(str`${name} has lost its usual rhythm`);
    case 'breach':
      return deviation.value === undefined
        ? msg(str`${name} is outside its limit`)
        : msg(str`${name} is outside its limit at ${formatFigure(deviation.value)} ${unit}`);
    case 'times':
      return msg(str`${name} is ${formatFigure(deviation.factor)}× normal`);
    case 'share':
      return msg(str`${name} is at ${formatFigure(deviation.percent)}% of normal`);
    case 'instead': {
      const [value, expected] = [formatFigure(deviation.value), formatFigure(deviation.expected)];
      return msg(str`${name} is ${value} instead of ${expected} ${unit}`);
    }
    case 'unusual':
      return msg(str`${name} (alarm)`);
  }
}

/** What a screen reader hears of something new. */
export function announcementText({ service, others }: Announcement): string {
  const text = msg(str`${serviceName(service)}: ${verdictText(service)}`);
  if (others === 0) return text;
  return others === 1
    ? msg(str`${text}. One more service is affected.`)
    : msg(str`${text}. ${others} more services are affected.`);
}
