import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Contact } from '../contact.js';
import { isAlerting, isLive } from '../model/index.ts';
import type { PhoneUi } from '../phone-ui.js';
import { activeCall } from './active-call.js';
import { incomingCard } from './incoming-card.js';
import { wrapUp } from './wrap-up.js';

/** The contacts there are, each with what the agent has begun in it. */
export const contactCards = (ui: PhoneUi): unknown =>
  repeat(
    ui.state.contacts,
    ({ call }) => call.id,
    (contact) => contactCard(ui, contact),
  );

/** A contact as it stands: it rings, somebody is on the line, or it is to be wrapped up. */
function contactCard(ui: PhoneUi, contact: Contact): TemplateResult {
  const { state } = contact.call;
  if (isAlerting(state)) return incomingCard(ui, contact);
  return isLive(state) ? activeCall(ui, contact) : wrapUp(ui, contact);
}
