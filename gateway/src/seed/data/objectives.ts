import type { IndicatorId } from '../../measurement/indicators.ts';

export interface Objective {
  readonly comparator: 'lessThan' | 'greaterThan';
  readonly target: number;
  readonly tolerance: number;
  readonly severity: 'minor' | 'major';
}

/** What a service is to reach, by what carries it. Units are those of the indicators. */
export const objectives: {
  readonly [category in 'mobile' | 'fibre']: { readonly [indicator in IndicatorId]: Objective };
} = {
  mobile: {
    latency: { comparator: 'lessThan', target: 80, tolerance: 120, severity: 'minor' },
    packetLoss: { comparator: 'lessThan', target: 1, tolerance: 2, severity: 'major' },
    signal: { comparator: 'greaterThan', target: -105, tolerance: -112, severity: 'major' },
    throughput: { comparator: 'greaterThan', target: 5, tolerance: 2, severity: 'minor' },
  },
  fibre: {
    latency: { comparator: 'lessThan', target: 15, tolerance: 25, severity: 'minor' },
    packetLoss: { comparator: 'lessThan', target: 0.5, tolerance: 1, severity: 'major' },
    signal: { comparator: 'greaterThan', target: -24, tolerance: -26, severity: 'major' },
    throughput: { comparator: 'greaterThan', target: 80, tolerance: 50, severity: 'minor' },
  },
};
