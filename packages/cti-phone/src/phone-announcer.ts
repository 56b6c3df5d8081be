import { msg, str } from '@lit/localize';
import { reasonOf } from './caller.js';
import type { CtiPhoneState } from './cti-phone.model.js';
import { callStateName } from './cti-phone.strings.js';
import { isAlerting, isLive } from './model/index.ts';
import { nameOf } from './parts/who.js';

export interface Spoken {
  /** Said at once. */
  readonly urgent: string;
  /** Said when the reader has time. */
  readonly polite: string;
}

/** What a screen reader hears: that it rings, once, and where each call is. In a call it does not interrupt. */
export class PhoneAnnouncer {
  #heard = new Map<string, string>();
  #spoken: Spoken = { urgent: '', polite: '' };

  tell({ contacts }: CtiPhoneState): Spoken {
    const isTalking = contacts.some(({ call }) => call.state === 'connected');
    const news = contacts.flatMap((contact) => {
      const { call } = contact;
      const isRinging = isAlerting(call.state);
      // Found out while it rings, the name is news as well.
      const text = isRinging
        ? [msg(str`Incoming call: ${nameOf(contact)}`), reasonOf(call) ?? ''].filter(Boolean).join('. ')
        : msg(str`${nameOf(contact)}: ${callStateName(call.state)}`);
      const key = `${isLive(call.state) ? call.state : 'over'} ${isRinging ? text : ''}`;
      if (this.#heard.get(call.id) === key) return [];
      this.#heard.set(call.id, key);
      return [{ text, isUrgent: isRinging && !isTalking }];
    });
    const known = new Set(contacts.map(({ call }) => call.id));
    for (const id of this.#heard.keys()) if (!known.has(id)) this.#heard.delete(id);
    if (news.length === 0) return this.#spoken;
    const say = (urgent: boolean): string =>
      news
        .filter(({ isUrgent }) => isUrgent === urgent)
        .map(({ text }) => text)
        .join('. ');
    return (this.#spoken = { urgent: say(true), polite: say(false) });
  }
}
