export interface Deviation {
  /** Which lines of the comparison it explains. */
  readonly matches: RegExp;
  readonly reason: string;
}

/** Why we serve something else than the official v4 files say. A line no entry explains fails the comparison. */
export const deviations: readonly Deviation[] = [];
