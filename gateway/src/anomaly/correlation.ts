import type { WatchedService } from '../measurement/measured-services.ts';

/** What services may share that can go wrong, the nearest first. */
const scopes = ['resource', 'firmware', 'area'] as const;
export type Scope = (typeof scopes)[number];

/** A cause that several ill services have in common. */
export interface Cause {
  /** The same for the same cause, always: `resource:OLT-MAH-0100`. */
  readonly key: string;
  readonly scope: Scope;
  /** The id of the cell or OLT, the name of the firmware, or of the circle. */
  readonly name: string;
  readonly ill: readonly WatchedService[];
  /** How many measured services share it. */
  readonly population: number;
}

interface Demand {
  /** So many ill services at least. */
  readonly ill: number;
  /** On so many cells or OLTs at least: what hangs on one is explained by that one. */
  readonly resources: number;
  /** Such a share of all that share it. */
  readonly share: number;
  /** No more than such a share of the ill ones on one cell or OLT: an area that is ill is so in several places. */
  readonly onOne: number;
}

const demands: { readonly [scope in Scope]: Demand } = {
  resource: { ill: 2, resources: 1, share: 0.5, onOne: 1 },
  firmware: { ill: 3, resources: 2, share: 0.5, onOne: 1 },
  area: { ill: 3, resources: 2, share: 0.6, onOne: 0.5 },
};

/** What began further apart than this, in milliseconds, is not one fault. */
export const TOGETHER = 5 * 60_000;

/** When a service became ill, in epoch milliseconds; undefined for one that is well. */
type Onset = (service: WatchedService) => number | undefined;

/**
 * Finds what explains ill services together. The cause that explains the most of them comes first, of equals the nearer one;
 * what it explains needs no other. A service that stands alone has no cause here.
 */
export function findCauses(services: readonly WatchedService[], onsetOf: Onset): Cause[] {
  let rest = services.filter((service) => onsetOf(service) !== undefined);
  const populations = countedByKey(services);
  const causes: Cause[] = [];
  for (;;) {
    const [best] = candidates(rest, populations, onsetOf).sort(
      (one, other) =>
        other.ill.length - one.ill.length || scopes.indexOf(one.scope) - scopes.indexOf(other.scope),
    );
    if (!best) return causes;
    causes.push(best);
    rest = rest.filter((service) => !best.ill.includes(service));
  }
}

/** What a service shares with others. */
export function causesOf({ resourceId, firmware, circle, category }: WatchedService): {
  key: string;
  scope: Scope;
  name: string;
}[] {
  return [
    { key: `resource:${resourceId}`, scope: 'resource', name: resourceId },
    ...(firmware === undefined
      ? []
      : [{ key: `firmware:${firmware}`, scope: 'firmware' as const, name: firmware }]),
    ...(circle === undefined
      ? []
      : [{ key: `area:${category}:${circle}`, scope: 'area' as const, name: circle }]),
  ];
}

function candidates(
  ill: readonly WatchedService[],
  populations: ReadonlyMap<string, number>,
  onsetOf: Onset,
): Cause[] {
  const found = new Map<string, { cause: ReturnType<typeof causesOf>[number]; ill: WatchedService[] }>();
  for (const service of ill) {
    for (const cause of causesOf(service)) {
      const entry = found.get(cause.key) ?? { cause, ill: [] };
      entry.ill.push(service);
      found.set(cause.key, entry);
    }
  }
  return [...found.values()]
    .map(({ cause, ill: affected }) => ({
      ...cause,
      ill: begunTogether(affected, onsetOf),
      population: populations.get(cause.key) ?? affected.length,
    }))
    .filter(isEnough);
}

/** Those that became ill with the latest of them; what was ill long before has a cause of its own. */
function begunTogether(ill: readonly WatchedService[], onsetOf: Onset): WatchedService[] {
  const latest = Math.max(...ill.map((service) => onsetOf(service) ?? 0));
  return ill.filter((service) => latest - (onsetOf(service) ?? 0) <= TOGETHER);
}

function isEnough({ scope, ill, population }: Cause): boolean {
  const demand = demands[scope];
  const byResource = [...Map.groupBy(ill, ({ resourceId }) => resourceId).values()];
  const most = Math.max(...byResource.map(({ length }) => length));
  return (
    ill.length >= demand.ill &&
    byResource.length >= demand.resources &&
    ill.length >= demand.share * population &&
    most <= demand.onOne * ill.length
  );
}

function countedByKey(services: readonly WatchedService[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const service of services) {
    for (const { key } of causesOf(service)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
