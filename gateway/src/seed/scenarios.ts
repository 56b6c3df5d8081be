import type { Condition } from '../measurement/incidents.ts';

export interface ServicePlan {
  readonly category: 'mobile' | 'fibre';
  readonly technology?: '4G' | '5G';
  readonly state?: 'active' | 'inactive';
  readonly payment?: 'prepaid' | 'postpaid';
  /** The service hangs on a cell or OLT of its own that always has this fault. */
  readonly condition?: Condition;
  /** What is the matter with it that the network has nothing to do with. */
  readonly matter?: Matter;
}

export type Matter = 'usedUp' | 'unpaid' | 'roaming';

/**
 * The first customers are cast, so that a demonstration shows every case at any hour of the day; everyone after them is
 * drawn at random.
 */
export const scenarios: readonly (readonly ServicePlan[])[] = [
  [
    { category: 'fibre', condition: 'fibreDegradation' },
    { category: 'mobile', technology: '5G' },
  ],
  [{ category: 'mobile', technology: '4G', condition: 'cellCongestion' }, { category: 'fibre' }],
  [{ category: 'mobile', technology: '5G' }, { category: 'fibre' }],
  [{ category: 'mobile', technology: '4G' }],
  [
    { category: 'fibre' },
    { category: 'mobile', technology: '5G' },
    { category: 'mobile', technology: '5G', condition: 'signalDips' },
    { category: 'mobile', technology: '4G' },
    { category: 'mobile', technology: '4G', condition: 'cellCongestion' },
  ],
  [],
  [{ category: 'mobile', technology: '4G', state: 'inactive' }],
  [{ category: 'mobile', technology: '5G', condition: 'signalDips' }],
  [{ category: 'mobile', technology: '5G', payment: 'prepaid', matter: 'usedUp' }, { category: 'fibre' }],
  [{ category: 'mobile', technology: '5G', payment: 'postpaid', matter: 'unpaid' }, { category: 'fibre' }],
  [{ category: 'mobile', technology: '5G', payment: 'postpaid', matter: 'roaming' }, { category: 'fibre' }],
];
