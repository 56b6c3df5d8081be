import type { FACT_MODEL } from './fact-model.ts';

type Model = typeof FACT_MODEL;

/** What each fact is, in one sentence for whoever writes rules. Not loaded with the rules themselves. */
export const FACT_DESCRIPTIONS: {
  readonly [Group in keyof Model]: { readonly [Name in keyof Model[Group]]: string };
} = {
  customer: {
    segment: 'Segment of the customer, such as `consumer`, `youth`, `senior`, `vip` or `business` (TMF629).',
    status: 'State of the customer relationship (TMF629).',
    circle: 'Telecom circle the customer belongs to.',
    language: 'Preferred language, as a two-letter code.',
    ageYears: 'Age in whole years (TMF632).',
    tenureYears: 'Whole years as a customer.',
  },
  identity: {
    documentExpiresInDays: 'Days until the identity document on file expires (TMF632).',
    isVerified: 'Whether the identity was verified.',
  },
  contacts: {
    inSevenDays: 'Contacts of the last seven days, on all channels (TMF683).',
    sameReasonInSevenDays: 'The most contacts of the last seven days that have one reason in common.',
    repeatedReason: 'The reason those have in common.',
    socialComplaintsInSevenDays: 'Complaints on social media in the last seven days.',
  },
  tickets: {
    open: 'Tickets that are not resolved (TMF621).',
    overdue: 'Open tickets past the time they were promised for.',
    mostOverdueHours: 'By how many hours the most overdue ticket is late.',
    mostOverdueName: 'What the most overdue ticket is about.',
    mostOverdueId: 'Its id.',
  },
  balance: {
    rupees: 'Main balance of the prepaid service that has least (TMF654).',
    dataUsedPercent: 'Used share of the data of the plan nearest its end.',
    dataLeftGigabytes: 'What is left of it.',
    validityEndsInHours: 'Hours until the first plan ends.',
    validityEnds: 'When that is.',
  },
  billing: {
    latestAmount: 'The newest bill, with tax (TMF678).',
    usualAmount: 'The median of the three bills before it.',
    timesUsual: 'The newest bill, as a multiple of that.',
    overdueAmount: 'What is unpaid past its due date.',
    overdueDays: 'For how many days the oldest of it is due.',
    autoPayFailed: 'Whether the last automatic payment failed (TMF666).',
    refundPendingAmount: 'A refund that was promised and not paid yet.',
    refundPendingDays: 'For how many days it has been promised.',
  },
  services: {
    names: 'Names of the services (TMF638).',
    active: 'Services in use.',
    barred: 'Services that are barred.',
    barring: 'The widest barring: `none`, `outgoing` or `all`.',
    barringReason: 'Why.',
    roamingNotActive: 'Whether roaming was asked for and is not active yet.',
    simChangedHoursAgo: 'Hours since the newest SIM was put to use.',
    deviceName: 'The device that stops being supported first.',
    deviceSupportEndsInDays: 'Days until its support ends.',
    daysBelowPlanSpeed: 'For how many days in a row a service stays below the speed of its plan.',
    slowServiceName: 'Which service that is.',
  },
  network: {
    isOutage: 'Whether a problem that stops a service of the customer is open (TMF656).',
    isDegraded: 'Whether a problem that slows one is open.',
    problemName: 'Name of the worst problem.',
    problemId: 'Its id.',
    area: 'Where it is.',
    since: 'Since when.',
    sinceHours: 'For how many hours.',
    affectedServices: 'Ids of the services of the customer it affects.',
    alarms: 'Open alarms on services of the customer (TMF642).',
    criticalAlarms: 'Those that are critical.',
  },
  orders: {
    open: 'Orders under way (TMF622).',
    portOutRequested: 'Whether the customer asked to take a number to another operator.',
    portInDelayedDays: 'For how many days a number that comes to us is late.',
    terminationRequested: 'Whether an order to end a product is under way.',
    mostOverdueDays: 'By how many days the most overdue order is late.',
  },
  appointments: {
    missedDaysAgo: 'Days since a technician last did not come (TMF646).',
    nextInHours: 'Hours until the next visit.',
    next: 'When that is.',
  },
  loyalty: {
    tier: 'Tier in the loyalty programme (TMF658).',
    points: 'Points that can be used.',
    expiringPoints: 'Points that expire next.',
    expireInDays: 'Days until they do.',
  },
  risk: {
    churn: 'Risk that the customer leaves, 0 to 100 (TMF696).',
    fraud: 'Risk of fraud, 0 to 100.',
    payment: 'Risk that bills are not paid, 0 to 100.',
  },
  consent: {
    isOnFile: 'Whether there is a valid privacy agreement (TMF644).',
    offersByPhone: 'Whether offers may be made on the phone.',
  },
  offers: {
    names: 'What is recommended, best first (TMF680).',
    best: 'The first of them.',
    isUpgrade: 'Whether that is an upgrade of a product the customer has.',
  },
};
