import type { JioAssistClient } from '@jioassist/core-sdk';
import { CallerBriefs, type CallerBrief } from './caller-brief.js';
import { Contacts, type ContactsOptions } from './contacts.js';
import { followDialLinks } from './dial-links.js';
import type { CtiProvider } from './model/index.ts';
import { OnePhone } from './one-phone.js';
import { permissionToCall, type Permission } from './permission.js';
import { PhoneAnnouncer } from './phone-announcer.js';
import { contactCards } from './parts/contact-card.js';
import { dialField, history } from './parts/dial-pad.js';
import { Ringer } from './ringer.js';

/**
 * All that a phone needs to take calls, beside the telephone itself. It is loaded with the telephone system, before the first
 * call can ring; a page whose agent is not signed in, or has no telephone, does without.
 */
export class Desk {
  readonly contacts: Contacts;
  readonly announcer = new PhoneAnnouncer();
  readonly ringer = new Ringer();
  readonly followDialLinks = followDialLinks;
  readonly parts = { contactCards, dialField, history };
  readonly #client: JioAssistClient;
  readonly #briefs: CallerBriefs;

  constructor(client: JioAssistClient, options: ContactsOptions, changed: () => void) {
    this.#client = client;
    this.contacts = new Contacts(client, options);
    this.#briefs = new CallerBriefs(client, changed);
  }

  /** The telephone of this tab, or of another; `open` connects it where it is this one. */
  newPhone(name: string, open: () => Promise<CtiProvider>): OnePhone {
    return new OnePhone(name, open);
  }

  /** What to know of a caller before answering. */
  briefOf(customerId: string): CallerBrief {
    return this.#briefs.of(customerId);
  }

  /** Whether the customer behind a number wants to be called. */
  permissionToCall(number: string): Promise<Permission> {
    return permissionToCall(this.#client, number);
  }
}
