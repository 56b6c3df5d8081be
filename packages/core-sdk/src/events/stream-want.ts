import type { Topic } from './topics.js';

/** What a page wants to hear of; nothing when one of the lists is empty. */
export interface Want {
  readonly topics: readonly Topic[];
  readonly customerIds: readonly string[];
}

export const NOTHING: Want = { topics: [], customerIds: [] };

export function isNothing({ topics, customerIds }: Want): boolean {
  return topics.length === 0 || customerIds.length === 0;
}

/** What several want together, in an order that does not depend on theirs. */
export function together(wants: Iterable<Want>): Want {
  const real = [...wants].filter((want) => !isNothing(want));
  return {
    topics: [...new Set(real.flatMap(({ topics }) => topics))].sort(),
    customerIds: [...new Set(real.flatMap(({ customerIds }) => customerIds))].sort(),
  };
}

export function covers(have: Want, want: Want): boolean {
  return (
    want.topics.every((topic) => have.topics.includes(topic)) &&
    want.customerIds.every((id) => have.customerIds.includes(id))
  );
}
