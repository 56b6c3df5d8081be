import type { ServiceView } from './service-view.js';
import { HEALTHS } from './verdict.js';

/** The services by health, worst first; those that are as well as each other keep the customer's order. */
export function byHealth(services: readonly ServiceView[]): ServiceView[] {
  const rank = ({ verdict }: ServiceView): number => HEALTHS.indexOf(verdict.health);
  return [...services].sort((a, b) => rank(a) - rank(b));
}

/** The order of the cards: by health, but nothing moves under the agent's hands. */
export class CardOrder {
  #ids: readonly string[] = [];

  /** @param held whether an agent is at work in the list, so that cards stay where they are */
  next(services: readonly ServiceView[], held: boolean): ServiceView[] {
    const sorted = byHealth(services);
    const known = new Map(services.map((service) => [service.id, service]));
    const kept = held ? this.#ids.flatMap((id) => known.get(id) ?? []) : [];
    const ordered = [...kept, ...sorted.filter((service) => !kept.includes(service))];
    this.#ids = ordered.map(({ id }) => id);
    return ordered;
  }
}
