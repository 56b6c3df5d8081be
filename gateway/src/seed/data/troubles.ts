/** What goes wrong, or is about to, for one customer: each is what a badge is concluded from. Days and hours count from now. */
export interface Trouble {
  readonly segment?: string;
  /** Scores of analytics, 0 to 100. */
  readonly churn?: number;
  readonly fraud?: number;
  /** The identity document expires in so many days; or there is none. */
  readonly documentExpiresIn?: number | 'none';
  readonly consent?: 'refused';
  readonly autoPay?: 'failed';
  readonly refund?: { readonly rupees: number; readonly promisedDaysAgo: number };
  /** A charge that stands on the latest bill only. */
  readonly extraCharge?: { readonly name: string; readonly rupees: number };
  /** The part of the plan's data that is left, 0 to 1, and for how many days. */
  readonly data?: { readonly left: number; readonly days: number };
  readonly roamingRequested?: boolean;
  readonly simChangedHoursAgo?: number;
  readonly device?: { readonly model: string; readonly supportEndsInDays: number };
  readonly daysBelowPlanSpeed?: number;
  readonly contacts?: readonly Contact[];
  readonly visitMissedDaysAgo?: number;
  readonly orders?: readonly Order[];
  readonly points?: { readonly value: number; readonly expireInDays: number };
  readonly upgrade?: { readonly id: string; readonly name: string };
  readonly line?: 'dead' | 'cut';
}

export interface Contact {
  readonly daysAgo: number;
  readonly reason: string;
  readonly description: string;
  readonly channel: 'voice' | 'chat' | 'social';
}

export interface Order {
  readonly category: 'new' | 'portIn' | 'portOut' | 'termination';
  readonly description: string;
  readonly placedDaysAgo: number;
  /** Negative: it was promised for a day that is past. */
  readonly promisedInDays: number;
}

const NO_SERVICE = 'Fibre connection drops';

/** By the customer's number. The first eight are cast for their network; these are cast for what agents must notice. */
export const troubles: Readonly<Record<number, Trouble>> = {
  1009: {
    points: { value: 850, expireInDays: 12 },
    upgrade: { id: 'FIB-999', name: 'Fibre 200 Mbps with TV' },
  },
  1010: { autoPay: 'failed' },
  1011: { extraCharge: { name: 'Roaming outside the pack, Singapore', rupees: 2_150 } },
  1012: { daysBelowPlanSpeed: 5, device: { model: 'HomeHub A1', supportEndsInDays: 40 } },
  1013: { roamingRequested: true, data: { left: 0.06, days: 2 } },
  1014: { documentExpiresIn: 18 },
  1015: { simChangedHoursAgo: 5, fraud: 84 },
  1016: {
    churn: 88,
    orders: [
      {
        category: 'portOut',
        description: 'Take the number to another operator',
        placedDaysAgo: 1,
        promisedInDays: 5,
      },
    ],
  },
  1017: {
    segment: 'vip',
    refund: { rupees: 749, promisedDaysAgo: 9 },
    contacts: [
      {
        daysAgo: 2,
        reason: 'Refund not received',
        description: 'Wrote in public that the refund is still not there.',
        channel: 'social',
      },
    ],
  },
  1018: {
    churn: 64,
    visitMissedDaysAgo: 2,
    contacts: [1, 3, 5].map((daysAgo) => ({
      daysAgo,
      reason: NO_SERVICE,
      description: 'The connection is still lost several times a day.',
      channel: 'voice',
    })),
  },
  1019: {
    documentExpiresIn: 'none',
    consent: 'refused',
    orders: [
      {
        category: 'portIn',
        description: 'Bring the number from another operator',
        placedDaysAgo: 9,
        promisedInDays: -3,
      },
    ],
  },
  1020: {
    churn: 81,
    orders: [
      { category: 'termination', description: 'End the home fibre', placedDaysAgo: 2, promisedInDays: 12 },
    ],
  },
  1021: {
    orders: [{ category: 'new', description: 'New Fibre 100 Mbps', placedDaysAgo: 12, promisedInDays: -4 }],
    contacts: [
      {
        daysAgo: 1,
        reason: 'Order status',
        description: 'Asked when the fibre comes.',
        channel: 'voice',
      },
      {
        daysAgo: 4,
        reason: 'Bill enquiry',
        description: 'Asked whether the bill can be paid later.',
        channel: 'chat',
      },
      {
        daysAgo: 6,
        reason: 'Change of address',
        description: 'Asked to correct the house number.',
        channel: 'chat',
      },
    ],
  },
  1022: { line: 'dead' },
  1023: { line: 'cut' },
};
