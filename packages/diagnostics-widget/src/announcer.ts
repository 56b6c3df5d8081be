import type { ServiceView } from './service-view.js';

/** What is new and worth interrupting for: the service with its verdict, and how many others are new with it. */
export interface Announcement {
  readonly service: ServiceView;
  readonly others: number;
}

/** Sees to it that every anomaly is told once, and none while the agent must not be interrupted. */
export class Announcer {
  readonly #told = new Set<string>();
  #latest: Announcement | undefined;

  /** The announcement to show now: the same object until there is something new. */
  next(services: readonly ServiceView[], quiet: boolean): Announcement | undefined {
    if (quiet) return this.#latest;
    const news = services.filter((service) => newsOf(service).some((key) => !this.#told.has(key)));
    for (const service of news) for (const key of newsOf(service)) this.#told.add(key);
    const [service] = news;
    if (service) this.#latest = { service, others: news.length - 1 };
    return this.#latest;
  }

  clear(): void {
    this.#told.clear();
    this.#latest = undefined;
  }
}

/** A problem of the area and an alarm of the service are told once each, however often their details change. */
function newsOf({ id, findings, verdict }: ServiceView): string[] {
  const alarms = findings.map(({ alarmId, indicatorId }) => `${id} ${alarmId || indicatorId}`);
  return verdict.area ? [...alarms, `${id} ${verdict.area.id}`] : alarms;
}
