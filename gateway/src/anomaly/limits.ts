import { anomalyThreshold } from '@jioassist/anomaly/source';
import { indicators, type IndicatorId } from '../measurement/indicators.ts';
import type { Queryable } from '../store/database.ts';

/** How unusual, and how large, a change must be before it is an alarm. */
export interface Limit {
  readonly category: string;
  readonly indicator: IndicatorId;
  /** Verdicts of noise less those of use, within bounds. */
  readonly step: number;
  /** The score of the detector from which on an anomaly counts. */
  readonly score: number;
  /** The least change that is felt is multiplied by this. */
  readonly effect: number;
  readonly useful: number;
  readonly noise: number;
}

const STEPS = { least: -4, most: 8 };
const SCORE_PER_STEP = 0.05;
const EFFECT_PER_STEP = 1.1;

/**
 * The limit that some verdicts lead to. It depends on them alone and not on their order, so that taking one back takes back what
 * it did; and it has bounds, so that no number of clicks can silence an indicator or make it cry all day.
 */
export function limitOf(category: string, indicator: IndicatorId, useful: number, noise: number): Limit {
  const step = Math.max(STEPS.least, Math.min(STEPS.most, noise - useful));
  return {
    category,
    indicator,
    step,
    score: rounded(anomalyThreshold + SCORE_PER_STEP * step),
    effect: rounded(EFFECT_PER_STEP ** step),
    useful,
    noise,
  };
}

/** The limits in force: one for each category of service and each indicator. */
export async function readLimits(on: Queryable): Promise<Limit[]> {
  const rows = await on.query<{ category: string; indicator: string; useful: number; noise: number }>(
    `select category, indicator,
       (count(*) filter (where verdict = 'useful'))::int as useful,
       (count(*) filter (where verdict = 'noise'))::int as noise
     from anomaly_feedback group by category, indicator`,
  );
  return ['fibre', 'mobile'].flatMap((category) =>
    indicators.map(({ id }) => {
      const given = rows.find((row) => row.category === category && row.indicator === id);
      return limitOf(category, id, given?.useful ?? 0, given?.noise ?? 0);
    }),
  );
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
