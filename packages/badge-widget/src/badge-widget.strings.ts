import { msg } from '@lit/localize';

/** What the evidence of a badge is called; the fact's own name for one that is not known here. */
export function factLabel(path: string): string {
  return labels[path]?.() ?? path;
}

/** Which records a group of facts is read from. */
export function sourceLabel(group: string): string {
  return sources[group]?.() ?? group;
}

const sources: Readonly<Record<string, (() => string) | undefined>> = {
  appointments: () => msg('appointments'),
  balance: () => msg('prepaid balance'),
  billing: () => msg('bills and account'),
  consent: () => msg('consents'),
  contacts: () => msg('interactions'),
  customer: () => msg('customer record'),
  identity: () => msg('identity record'),
  loyalty: () => msg('loyalty programme'),
  network: () => msg('network problems and alarms'),
  offers: () => msg('recommendations'),
  orders: () => msg('orders'),
  risk: () => msg('risk scores'),
  services: () => msg('service records'),
  tickets: () => msg('tickets'),
};

const labels: Readonly<Record<string, (() => string) | undefined>> = {
  'appointments.missedDaysAgo': () => msg('Missed since'),
  'appointments.next': () => msg('Next visit'),
  'balance.dataLeftGigabytes': () => msg('Data left'),
  'balance.dataUsedPercent': () => msg('Data used'),
  'balance.rupees': () => msg('Balance'),
  'balance.validityEnds': () => msg('Plan ends'),
  'billing.latestAmount': () => msg('Newest bill'),
  'billing.overdueAmount': () => msg('Overdue'),
  'billing.overdueDays': () => msg('Overdue since'),
  'billing.refundPendingAmount': () => msg('Refund'),
  'billing.refundPendingDays': () => msg('Promised since'),
  'billing.timesUsual': () => msg('Times the usual'),
  'billing.usualAmount': () => msg('Usual bill'),
  'consent.isOnFile': () => msg('Consent on file'),
  'contacts.inSevenDays': () => msg('Contacts in 7 days'),
  'contacts.repeatedReason': () => msg('Reason'),
  'contacts.sameReasonInSevenDays': () => msg('For this reason'),
  'contacts.socialComplaintsInSevenDays': () => msg('Public complaints in 7 days'),
  'customer.language': () => msg('Language'),
  'customer.segment': () => msg('Segment'),
  'customer.tenureYears': () => msg('Customer for'),
  'identity.documentExpiresInDays': () => msg('Document expires in'),
  'identity.isVerified': () => msg('Identity verified'),
  'loyalty.expireInDays': () => msg('Expire in'),
  'loyalty.expiringPoints': () => msg('Points'),
  'loyalty.tier': () => msg('Tier'),
  'network.affectedServices': () => msg('Services'),
  'network.area': () => msg('Area'),
  'network.criticalAlarms': () => msg('Critical alarms'),
  'network.problemName': () => msg('Problem'),
  'network.since': () => msg('Since'),
  'offers.best': () => msg('Best match'),
  'offers.names': () => msg('Recommended'),
  'orders.mostOverdueDays': () => msg('Late by'),
  'orders.open': () => msg('Open orders'),
  'orders.portInDelayedDays': () => msg('Late by'),
  'orders.portOutRequested': () => msg('Port-out request'),
  'risk.churn': () => msg('Churn score'),
  'risk.fraud': () => msg('Fraud score'),
  'services.barred': () => msg('Services barred'),
  'services.barring': () => msg('Barring'),
  'services.barringReason': () => msg('Reason'),
  'services.daysBelowPlanSpeed': () => msg('Below plan for'),
  'services.deviceName': () => msg('Device'),
  'services.deviceSupportEndsInDays': () => msg('Support ends in'),
  'services.roamingNotActive': () => msg('Roaming requested'),
  'services.simChangedHoursAgo': () => msg('SIM changed before'),
  'services.slowServiceName': () => msg('Service'),
  'tickets.mostOverdueHours': () => msg('Late by'),
  'tickets.mostOverdueId': () => msg('Ticket'),
  'tickets.mostOverdueName': () => msg('About'),
  'tickets.overdue': () => msg('Late tickets'),
};
