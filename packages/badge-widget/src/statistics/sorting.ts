import type { BadgeStatistics } from '@jioassist/core-sdk';

export const COLUMNS = ['badge', 'shown', 'acted', 'later', 'dismissed', 'repeatContact'] as const;
/** What the table can be sorted by. */
export type Column = (typeof COLUMNS)[number];

export interface Sorting {
  readonly by: Column;
  readonly isDescending: boolean;
}

export const MOST_SHOWN: Sorting = { by: 'shown', isDescending: true };

/** The same column again turns the order round; numbers begin with the largest, names with A. */
export const sortedBy = (column: Column, { by, isDescending }: Sorting): Sorting => ({
  by: column,
  isDescending: column === by ? !isDescending : column !== 'badge',
});

/** Of two badges with the same number the one whose name comes first stands first, whichever way the numbers go. */
export function sortStatistics(
  statistics: readonly BadgeStatistics[],
  { by, isDescending }: Sorting,
  nameOf: (badge: string) => string,
  locale: string,
): BadgeStatistics[] {
  const { compare } = new Intl.Collator(locale);
  const sign = isDescending ? -1 : 1;
  const byName = (a: BadgeStatistics, b: BadgeStatistics) => compare(nameOf(a.badge), nameOf(b.badge));
  if (by === 'badge') return [...statistics].sort((a, b) => sign * byName(a, b));
  return [...statistics].sort((a, b) => sign * (a[by] - b[by]) || byName(a, b));
}

/** Which part of the contacts a badge was shown in this is, 0 to 1; none for what was never shown. */
export const shareOf = (count: number, { shown }: BadgeStatistics): number | undefined =>
  shown === 0 ? undefined : Math.min(1, count / shown);
