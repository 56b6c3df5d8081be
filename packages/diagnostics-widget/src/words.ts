import { msg, str } from '@lit/localize';
import type { Announcement } from './announcer.js';
import { deviationOf } from './deviation.js';
import type { Source } from './diagnostics-widget.model.js';
import type { Cause, Why } from './explanation.js';
import type { Finding } from './finding.js';
import { formatFigure, formatMoment, formatNames, quoted } from './format.js';
import type { KpiView, ServiceView } from './service-view.js';
import type { Health, Verdict } from './verdict.js';

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
export function verdictText(view: Pick<ServiceView, 'verdict' | 'kpis'>): string {
  const { account, area, health } = view.verdict;
  if (health === 'well') return msg('Working as usual');
  if (health === 'unknown') return unknownText(view);
  return [
    account && accountText(account),
    area && areaText(view.verdict),
    ...findingClauses(view),
    account?.detail.why !== 'off' && area === null && msg('area is healthy'),
    !area && lastGoodText(view.verdict.finding),
  ]
    .filter((clause) => typeof clause === 'string')
    .reduce((text, clause) => msg(str`${text}; ${clause}`));
}

function unknownText({ verdict, kpis }: Pick<ServiceView, 'verdict' | 'kpis'>): string {
  if (verdict.measured) return msg('Values are there, but nothing says whether they are normal');
  const newest = Math.max(...kpis.map(({ series }) => series.lastMeasured?.[0] ?? 0));
  return newest > 0
    ? msg(str`No new values; nothing was wrong until ${formatMoment(newest)}`)
    : msg('Nothing is measured now');
}

/** What is not as usual, what else with it, and what it began with. */
function findingClauses({ verdict, kpis }: Pick<ServiceView, 'verdict' | 'kpis'>): (string | undefined)[] {
  const { finding, others, explained, change } = verdict;
  if (!finding) return [];
  return [
    explained ? deviationText(finding, kpis) : findingText(finding, kpis),
    others.length > 0 ? alsoText(others, kpis) : undefined,
    change?.detail.why === 'changed' ? changeText(change.detail) : undefined,
  ];
}

function alsoText(indicatorIds: readonly string[], kpis: readonly KpiView[]): string {
  const names = formatNames(indicatorIds.map((id) => indicatorName(id, knownOf(id, kpis)?.name)));
  return msg(str`also affected: ${names}`);
}

export function changeText({ what, at }: Extract<Why, { why: 'changed' }>): string {
  const moment = formatMoment(at);
  return what === 'sim' ? msg(str`new SIM since ${moment}`) : msg(str`new firmware since ${moment}`);
}

/** Nothing, when it would only say the same minute again. */
function lastGoodText({ since, lastGood }: Partial<Finding> = {}): string | undefined {
  if (lastGood === undefined) return undefined;
  const text = formatMoment(lastGood);
  return since !== undefined && formatMoment(since) === text ? undefined : msg(str`last good ${text}`);
}

function accountText({ detail }: Cause): string {
  switch (detail.why) {
    case 'barred': {
      const text = barringText(detail.scope, detail.reason);
      return detail.since === undefined ? text : withSince(text, detail.since);
    }
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

function areaText({ area, areaSince }: Verdict): string {
  const known =
    areaSince === undefined
      ? msg('Known network problem')
      : withSince(msg('Known network problem'), areaSince);
  const name = area?.name || area?.description;
  return name ? msg(str`${known}: ${quoted(name)}`) : known;
}

/** A finding in words, with its time. */
export function findingText(finding: Finding, kpis: readonly KpiView[]): string {
  const text = deviationText(finding, kpis);
  return finding.since === undefined ? text : withSince(text, finding.since);
}

function knownOf(id: string, kpis: readonly KpiView[]): KpiView['indicator'] | undefined {
  return kpis.find(({ indicator }) => indicator.id === id)?.indicator;
}

function withSince(text: string, since: number): string {
  return msg(str`${text} since ${formatMoment(since)}`);
}

function deviationText(finding: Finding, kpis: readonly KpiView[]): string {
  const known = knownOf(finding.indicatorId, kpis);
  const name = indicatorName(finding.indicatorId, known?.name);
  const unit = finding.unit || (known?.indicatorUnit ?? '');
  const deviation = deviationOf({ ...finding, unit });
  switch (deviation.kind) {
    case 'silent':
      return finding.indicatorId === 'signal' ? msg('No signal') : msg(str`${name} is not measured`);
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
