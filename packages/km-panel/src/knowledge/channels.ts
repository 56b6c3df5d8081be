import type { CustomerState } from '@jioassist/core-sdk';
import { CHANNELS, type Channel, type ChannelOption } from './knowledge.js';

/** The contact medium that each channel needs, as TMF629 names it. */
const MEDIA: Readonly<Record<Channel, readonly string[]>> = {
  SMS: ['phoneNumber', 'mobile', 'telephone'],
  WhatsApp: ['phoneNumber', 'mobile', 'telephone'],
  Email: ['emailAddress', 'email'],
};

/** How something could be sent to the customer; whether they want it is asked of the gateway. */
export function channelsOf({ profile }: CustomerState, refused: readonly string[]): ChannelOption[] {
  const media = 'data' in profile ? profile.data.contactMedium : [];
  return CHANNELS.map((channel) => {
    const own = media.filter(({ mediumType }) => MEDIA[channel].includes(mediumType));
    const medium = own.find(({ preferred }) => preferred) ?? own[0];
    const refusal = refused.includes(channel) ? 'no-consent' : undefined;
    return { channel, masked: medium?.masked ?? '', refusal: medium ? refusal : 'no-contact' };
  });
}
