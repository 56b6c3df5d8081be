import { toE164, type JioAssistClient, type PartyPrivacyProfile } from '@jioassist/core-sdk';

/** Whether a number may be called: `unknown` when nobody has it, or it cannot be found out. */
export type Permission = 'allowed' | 'unwanted' | 'unknown';

/** What customers say in their privacy profile (TMF644), and the value that means "do not call me". */
const REFUSALS: Readonly<Record<string, boolean>> = { doNotCall: true, offersByPhone: false };

/** Asks whether the customer behind a number wants to be called. */
export async function permissionToCall(client: JioAssistClient, number: string): Promise<Permission> {
  if (toE164(number) === undefined) return 'unknown';
  try {
    const matches = await client.customer.find({ msisdn: number });
    const profiles = await Promise.all(
      matches.map(({ customerId }) =>
        client.api.partyPrivacyProfile.list({ 'agreedByParty.id': customerId, limit: 20 }),
      ),
    );
    if (profiles.flat().some(refuses)) return 'unwanted';
    return matches.length > 0 ? 'allowed' : 'unknown';
  } catch {
    return 'unknown';
  }
}

const refuses = ({ status, partyPrivacyProfileCharacteristic }: PartyPrivacyProfile): boolean =>
  status !== 'terminated' &&
  partyPrivacyProfileCharacteristic.some(
    ({ name, value }) => Object.hasOwn(REFUSALS, name) && value === REFUSALS[name],
  );
