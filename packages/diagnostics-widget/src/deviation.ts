import type { Finding } from './finding.js';

/** How far a value is from what is normal, in the form that says most. */
export type Deviation =
  | { readonly kind: 'silent' }
  /** The single value says little: it is how the values move that changed. */
  | { readonly kind: 'unsteady' | 'out-of-rhythm' }
  /** Usual for this service, and yet not what is promised. */
  | { readonly kind: 'breach'; readonly value: number | undefined }
  | { readonly kind: 'times'; readonly factor: number }
  | { readonly kind: 'share'; readonly percent: number }
  | { readonly kind: 'instead'; readonly value: number; readonly expected: number }
  | { readonly kind: 'unusual' };

/** Units that count from an arbitrary zero or in logarithms: "twice as much" means nothing with them. */
const WITHOUT_RATIO = /^(dB\w*|°C|°F)$/;
const CLEARLY_MORE = 1.5;
const CLEARLY_LESS = 0.67;

export function deviationOf({ reason, value, expected, unit }: Finding): Deviation {
  if (reason === 'silence') return { kind: 'silent' };
  if (reason === 'variance') return { kind: 'unsteady' };
  if (reason === 'periodicity broken') return { kind: 'out-of-rhythm' };
  if (reason === 'objective breach') return { kind: 'breach', value };
  if (value === undefined || expected === undefined) return { kind: 'unusual' };
  const ratio = value / expected;
  const comparable = expected > 0 && value >= 0 && Number.isFinite(ratio) && !WITHOUT_RATIO.test(unit);
  if (comparable && ratio >= CLEARLY_MORE) return { kind: 'times', factor: ratio };
  if (comparable && ratio <= CLEARLY_LESS) return { kind: 'share', percent: ratio * 100 };
  return { kind: 'instead', value, expected };
}
