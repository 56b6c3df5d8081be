import type { Command, JioAssistClient } from '@jioassist/core-sdk';
import { wasAnswered, type Contact } from './contact.js';
import { isOfCall, type InteractionLog } from './interaction-log.js';

/** What other widgets may do while the agent speaks with the customer, by the last step of the path. */
const KINDS: Readonly<Record<string, readonly [type: string, reason: string]>> = {
  serviceTest: ['ServiceTest', 'Service test'],
  communicationMessage: ['CommunicationMessage', 'Message sent'],
  troubleTicket: ['TroubleTicket', 'Ticket'],
  productOrder: ['ProductOrder', 'Order'],
  salesLead: ['SalesLead', 'Lead'],
  appointment: ['Appointment', 'Appointment'],
  topupBalance: ['TopupBalance', 'Top-up'],
};

/**
 * Notes in the interaction what comes of the agent's other commands during a call: a test that was run, a message with an
 * article, a ticket. No widget has to tell of it, since every change goes through the same client.
 */
export class WorkInCalls {
  readonly #log: InteractionLog;
  readonly #client: JioAssistClient;
  /** Commands that were given while nobody was on the line, or are noted. */
  readonly #settled = new Set<string>();
  /** In which call a command was given. */
  readonly #calls = new Map<string, string>();

  constructor(client: JioAssistClient, log: InteractionLog) {
    this.#client = client;
    this.#log = log;
  }

  look(contacts: readonly Contact[], current: string | null): void {
    for (const command of this.#client.commands.state.value.commands) {
      if (this.#settled.has(command.id) || isOfCall(command)) continue;
      if (kindOf(command)) this.#take(command, contacts, current);
      else this.#settled.add(command.id);
    }
  }

  #take(command: Command, contacts: readonly Contact[], current: string | null): void {
    const { id, outcome } = command;
    const callId = this.#calls.get(id) ?? this.#callFor(command, contacts, current);
    if (callId === undefined) {
      this.#settled.add(id);
      return;
    }
    this.#calls.set(id, callId);
    if (outcome.status === 'pending') return;
    this.#settled.add(id);
    this.#calls.delete(id);
    const made = outcome.status === 'done' ? outcome.location?.split('/').at(-1) : undefined;
    const kind = kindOf(command);
    if (made === undefined || !kind) return;
    const [type, reason] = kind;
    void this.#log
      .add(callId, { reason, item: { id: decodeURIComponent(made), '@referredType': type } })
      .catch(() => undefined);
  }

  /** The call the agent speaks in, when it is with the customer whose record is open and the command is younger. */
  #callFor(command: Command, contacts: readonly Contact[], current: string | null): string | undefined {
    const fits = contacts.filter(
      (contact) =>
        wasAnswered(contact) && (contact.customerId === undefined || contact.customerId === current),
    );
    const speaking = fits.find(({ call }) => call.state === 'connected') ?? fits[0];
    if (!speaking) return undefined;
    const lane = `call ${speaking.call.id}`;
    const opening = this.#client.commands.state.value.commands.find(({ request }) => request.lane === lane);
    return opening && opening.sequence < command.sequence ? speaking.call.id : undefined;
  }
}

function kindOf({ request }: Command): readonly [string, string] | undefined {
  const name = request.path.split('/').at(-1) ?? '';
  return request.method === 'POST' && Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
}
