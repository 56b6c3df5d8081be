/**
 * A phone number as it may be shown before the agent reveals it: the first two and the last three digits of the
 * subscriber's number.
 *
 * @example maskPhoneNumber('+919812345210') // '98•••••210'
 */
export function maskPhoneNumber(number: string): string {
  const digits = number.replace(/\D/g, '').replace(/^(?:0?91|0)(?=\d{10}$)/, '');
  if (digits.length < 7) return '•'.repeat(digits.length);
  return digits.slice(0, 2) + '•'.repeat(digits.length - 5) + digits.slice(-3);
}
