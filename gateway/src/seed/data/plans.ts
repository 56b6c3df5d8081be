/** Our own inventions; prices in rupees a month. */
export const mobilePlans = [
  { id: 'MOB-PRE-239', name: 'Prepaid Daily 1.5 GB', price: 239, payment: 'prepaid', technology: '4G' },
  { id: 'MOB-PRE-299', name: 'Prepaid Daily 2 GB', price: 299, payment: 'prepaid', technology: '5G' },
  { id: 'MOB-PRE-449', name: 'Prepaid Daily 3 GB', price: 449, payment: 'prepaid', technology: '5G' },
  { id: 'MOB-POST-399', name: 'Postpaid 75 GB', price: 399, payment: 'postpaid', technology: '4G' },
  { id: 'MOB-POST-699', name: 'Postpaid Family 150 GB', price: 699, payment: 'postpaid', technology: '5G' },
] as const;

export const fibrePlans = [
  { id: 'FIB-499', name: 'Fibre 100 Mbps', price: 499, payment: 'postpaid', technology: 'FTTH' },
  { id: 'FIB-699', name: 'Fibre 150 Mbps', price: 699, payment: 'postpaid', technology: 'FTTH' },
  { id: 'FIB-999', name: 'Fibre 200 Mbps with TV', price: 999, payment: 'postpaid', technology: 'FTTH' },
] as const;

export const segments = ['consumer', 'consumer', 'consumer', 'premium', 'youth', 'smallBusiness'] as const;

export type Plan = (typeof mobilePlans)[number] | (typeof fibrePlans)[number];

/** Bought beside a plan; prices in rupees a month. */
export const addOns = [
  { id: 'ADD-DATA-10', name: 'Data booster 10 GB', price: 119 },
  { id: 'ADD-OTT-149', name: 'Entertainment bundle', price: 149 },
  { id: 'ADD-ROAM-499', name: 'International roaming day pass', price: 499 },
  { id: 'ADD-SAFE-49', name: 'Device protection', price: 49 },
] as const;
