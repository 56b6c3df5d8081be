import type { CustomerFacts } from '@jioassist/badge-widget/rules.js';

export interface Sample {
  readonly name: string;
  readonly facts: CustomerFacts;
}

/** What is known of a customer whom nothing troubles. */
const calm: CustomerFacts = {
  customer: {
    segment: 'consumer',
    status: 'active',
    circle: 'Maharashtra',
    language: 'en',
    ageYears: 34,
    tenureYears: 3,
  },
  identity: { documentExpiresInDays: 900, isVerified: true },
  contacts: { inSevenDays: 0, sameReasonInSevenDays: 0, socialComplaintsInSevenDays: 0 },
  tickets: { open: 0, overdue: 0 },
  billing: {
    latestAmount: 824,
    usualAmount: 811,
    timesUsual: 1.02,
    overdueAmount: 0,
    overdueDays: 0,
    autoPayFailed: false,
    refundPendingAmount: 0,
  },
  services: {
    names: ['Home fibre'],
    active: 1,
    barred: 0,
    barring: 'none',
    roamingNotActive: false,
    daysBelowPlanSpeed: 0,
  },
  network: { isOutage: false, isDegraded: false, affectedServices: [], alarms: 0, criticalAlarms: 0 },
  orders: { open: 0, portOutRequested: false, terminationRequested: false },
  loyalty: { tier: 'silver', points: 1_200 },
  risk: { churn: 12, fraud: 3, payment: 5 },
  consent: { isOnFile: true, offersByPhone: true },
  offers: { names: ['Device protection'], best: 'Device protection', isUpgrade: false },
};

/** A calm customer but for some groups of facts. */
const but = (changes: CustomerFacts): CustomerFacts => ({
  ...calm,
  ...Object.fromEntries(
    Object.entries(changes).map(([group, facts]) => [
      group,
      { ...calm[group as keyof CustomerFacts], ...facts },
    ]),
  ),
});

/** Customers to try a rule on: each has something another has not. */
export const samples: readonly Sample[] = [
  { name: 'Kiran Rao, all is well', facts: calm },
  {
    name: 'Lakshmi Naidu, line is down',
    facts: but({
      network: {
        isOutage: true,
        area: 'Hyderabad',
        problemName: 'Outage at OLT-HYD-0100',
        problemId: 'PRB-7',
        since: '2026-11-25T08:30:00Z',
        sinceHours: 1.5,
        affectedServices: ['SVC-1'],
        alarms: 1,
        criticalAlarms: 1,
      },
      tickets: {
        open: 1,
        overdue: 1,
        mostOverdueHours: 30,
        mostOverdueName: 'Fibre is down',
        mostOverdueId: 'TT-7',
      },
      contacts: { inSevenDays: 3, sameReasonInSevenDays: 3, repeatedReason: 'Fibre is down' },
    }),
  },
  {
    name: 'Farhan Joshi, behind with bills',
    facts: but({
      billing: {
        latestAmount: 1_978,
        timesUsual: 2.4,
        overdueAmount: 1_178,
        overdueDays: 6,
        autoPayFailed: true,
      },
      risk: { payment: 74 },
    }),
  },
  {
    name: 'Ritu Fernandes, wants to leave',
    facts: but({
      customer: { segment: 'vip', tenureYears: 9 },
      risk: { churn: 86 },
      orders: { open: 1, portOutRequested: true },
      contacts: { inSevenDays: 2, sameReasonInSevenDays: 2, repeatedReason: 'Bill too high' },
    }),
  },
  {
    name: 'Ayesha Khan, prepaid at its end',
    facts: but({
      customer: { segment: 'youth', language: 'ur', ageYears: 21 },
      balance: {
        rupees: 3,
        dataUsedPercent: 96,
        dataLeftGigabytes: 0.4,
        validityEndsInHours: 20,
        validityEnds: '2026-11-26T05:00:00Z',
      },
      loyalty: { expiringPoints: 500, expireInDays: 10 },
    }),
  },
  {
    name: 'Mohan Pillai, new SIM today',
    facts: but({
      customer: { ageYears: 71, language: 'hi', tenureYears: 6 },
      services: { simChangedHoursAgo: 5 },
      risk: { fraud: 82 },
      identity: { documentExpiresInDays: 12 },
    }),
  },
  { name: 'Unknown caller, nothing is known', facts: {} },
];
