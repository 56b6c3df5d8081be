import type { Limits } from './band.ts';
import type { Evidence, View } from './evidence.ts';
import type { Forecast } from './rhythm.ts';
import type { AnomalyReason } from './types.ts';

/** So far must the last ten values lie on one side, as a mean, for a shift or a drift. */
const enough = 0.4;
/** In a drift the last fifty lie there by so large a part of that as well; after a jump they do not yet. */
const slowness = 0.4;
/** So many deviations from the usual mean are beyond what is ordinary at any time. */
const extreme = 3;

const plain: Partial<Record<View, AnomalyReason>> = { shift: 'level shift', drift: 'drift' };

/**
 * What kind of anomaly the value shows. A value that would be ordinary at another time is out of rhythm. What the view
 * does not tell, the values before it do: after a jump the last few lie on one side of what was expected, in a drift
 * the last fifty do, and before a spike none.
 */
export function reasonOf(
  view: View,
  value: number,
  evidence: Evidence,
  { rhythm }: Forecast,
  { lower, upper }: Limits,
): AnomalyReason {
  const reason = plain[view];
  if (reason) return reason;
  const { sides, usual } = evidence;
  const isOutside = value < lower || value > upper;
  const isExtreme = Math.abs(value - usual.mean) > extreme * usual.deviation;
  if (rhythm > 0 && !isExtreme && (isOutside || view !== 'stillness')) return 'periodicity broken';
  if (view === 'stillness') return 'variance';
  const latest = Math.abs(sides.of10.mean);
  if (latest < enough) return view === 'another day' ? 'level shift' : 'spike';
  return Math.abs(sides.of48.mean) > slowness * latest ? 'drift' : 'level shift';
}
