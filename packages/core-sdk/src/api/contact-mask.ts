import { maskPhoneNumber } from '../personal-data.js';

/** How many dots stand for what is hidden: always the same, so that they do not tell how long it is. */
const HIDDEN = '•••';

/**
 * A way to reach a customer as it may be shown before it is revealed: enough to recognise it, too little to use it.
 *
 * @example maskContact({ emailAddress: 'meera@example.in' }) // 'm•••@example.in'
 */
export function maskContact(characteristic: Readonly<Record<string, unknown>>): string {
  const text = (name: string): string => {
    const value = characteristic[name];
    return typeof value === 'string' ? value : '';
  };
  const number = text('phoneNumber');
  if (number) return maskPhoneNumber(number);
  const address = text('emailAddress');
  if (address) return maskEmailAddress(address);
  // Where the customer lives, but not in which house.
  const place = [text('city'), text('stateOrProvince')].filter(Boolean).join(', ');
  return place ? `${HIDDEN}, ${place}` : HIDDEN;
}

function maskEmailAddress(address: string): string {
  const [, first = '', domain = ''] = /^(.).*@([^@]+)$/su.exec(address) ?? [];
  return first && domain ? `${first}${HIDDEN}@${domain}` : HIDDEN;
}
