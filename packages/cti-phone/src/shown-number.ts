import { maskPhoneNumber } from '@jioassist/core-sdk';

/** A number as it may be shown: that of a customer in part, a short one in full. */
export const shownNumber = (number: string | undefined): string =>
  number === undefined ? '' : number.replace(/\D/g, '').length < 7 ? number : maskPhoneNumber(number);
