const COUNTRY_CODE = '91';

/** Digits of an Indian number after the country code: mobile, or STD code with the subscriber's number. */
const NATIONAL_LENGTH = 10;

/** E.164 allows 15 digits; below 7 it is a short code, which belongs to no customer. */
const LONGEST = 15;
const SHORTEST = 7;

/**
 * A number as agents, CRMs and switches write it, in E.164: `+919812345210`. Numbers without a country code are
 * Indian. Source: ITU-T E.164, and the National Numbering Plan of India (trunk prefix 0, ten digits).
 *
 * @example toE164('098123 45210') // '+919812345210'
 * @example toE164('tel:022-2345-6789') // '+912223456789'
 * @returns `undefined` for what is no subscriber's number.
 */
export function toE164(written: string): string | undefined {
  if (typeof (written as unknown) !== 'string') return undefined;
  const text = written.trim().replace(/^tel:/i, '').replace(/;.*$/, '');
  if (!/^\(?\+?[\d\s().\-/]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  const international = /^\(?\+/.test(text) ? digits : /^00[1-9]/.test(digits) ? digits.slice(2) : undefined;
  return international === undefined ? national(digits) : checked(withoutTrunkPrefix(international));
}

function national(digits: string): string | undefined {
  const subscriber = digits.replace(/^0+/, '');
  if (subscriber.length === NATIONAL_LENGTH) return `+${COUNTRY_CODE}${subscriber}`;
  return isIndian(subscriber) ? `+${subscriber}` : undefined;
}

/** `+91 (0) 98…`: the trunk prefix is written by those who mean well, and dialled by nobody. */
function withoutTrunkPrefix(international: string): string {
  const mistaken = new RegExp(`^${COUNTRY_CODE}0(\\d{${NATIONAL_LENGTH}})$`);
  return international.replace(mistaken, `${COUNTRY_CODE}$1`);
}

function checked(international: string): string | undefined {
  const plausible = international.length >= SHORTEST && international.length <= LONGEST;
  return plausible && !international.startsWith('0') ? `+${international}` : undefined;
}

function isIndian(international: string): boolean {
  return (
    international.startsWith(COUNTRY_CODE) && international.length === COUNTRY_CODE.length + NATIONAL_LENGTH
  );
}
