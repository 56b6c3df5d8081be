import type { Command, JioAssistClient } from '@jioassist/core-sdk';

/** What happened in a contact, as an item of the interaction. */
export interface LogItem {
  readonly reason: string;
  readonly resolution?: string;
  /** What came of it. */
  readonly item?: { readonly id: string; readonly '@referredType': string };
}

export interface Opening {
  readonly direction: 'inbound' | 'outbound';
  readonly reason: string;
  readonly customerId: string | undefined;
}

const PATH = '/partyInteraction';
const HELD = 'Call held';
const RETRIEVED = 'Call retrieved';

const laneOf = (callId: string): string => `call ${callId}`;
/** Whether a command is one of ours. */
export const isOfCall = ({ request }: Command): boolean => request.lane.startsWith('call ');

/**
 * Writes down what happens in a call as one TMF683 interaction. All of it goes through the client's commands, and these are
 * also how it knows what it wrote: so a reload, another tab or a dead gateway neither loses nor doubles anything.
 */
export class InteractionLog {
  readonly #client: JioAssistClient;
  readonly #now: () => number;
  /** What is written of one call is written in its order. */
  readonly #queues = new Map<string, Promise<void>>();

  constructor(client: JioAssistClient, now: () => number = Date.now) {
    this.#client = client;
    this.#now = now;
  }

  /** Begins the interaction of a call, unless it has begun. */
  open(callId: string, opening: Opening): Promise<void> {
    return this.#enqueue(callId, async () => {
      if (await this.#opened(callId)) return;
      await this.#client.commands.submit({
        api: 'tmf683',
        method: 'POST',
        path: PATH,
        lane: laneOf(callId),
        body: this.#newInteraction(opening),
      });
    });
  }

  /** Notes something that happened. What is about the same thing as an item before is that item. */
  add(callId: string, item: LogItem): Promise<void> {
    return this.#change(callId, (written) => {
      const isKnown = item.item && written.some((each) => each.item?.id === item.item?.id);
      return isKnown ? [] : [this.#itemOp(item)];
    });
  }

  /** Notes that the call is on hold, or no longer, when that is new. */
  noteHold(callId: string, isHeld: boolean): Promise<void> {
    return this.#change(callId, (written) => {
      const last = written.findLast(({ reason }) => reason === HELD || reason === RETRIEVED)?.reason;
      if (isHeld === (last === HELD)) return [];
      return [this.#itemOp({ reason: isHeld ? HELD : RETRIEVED })];
    });
  }

  /** Says whom the interaction is with, found out later. */
  assign(callId: string, customerId: string): Promise<void> {
    return this.#change(callId, (_, operations) => {
      const party = customerParty(customerId);
      const isThere = operations.some(
        ({ value }) => (value as { id?: string } | undefined)?.id === customerId,
      );
      return isThere ? [] : [{ op: 'add', path: '/relatedParty/-', value: party }];
    });
  }

  /** Adds a note of the agent. */
  note(callId: string, text: string): Promise<void> {
    return this.#change(callId, () => [this.#noteOp(text)]);
  }

  /** Ends the interaction, once. */
  close(callId: string, { disposition, note }: { disposition: string; note: string }): Promise<void> {
    return this.#change(callId, (_, operations) => {
      const isClosed = operations.some(({ path }) => path === '/status');
      if (isClosed) return [];
      return [
        ...(note === '' ? [] : [this.#noteOp(note)]),
        this.#itemOp({ reason: 'Wrap-up', resolution: disposition }),
        { op: 'replace', path: '/status', value: 'completed' },
      ];
    });
  }

  #newInteraction({ direction, reason, customerId }: Opening): object {
    const agent = this.#agent();
    return {
      direction,
      reason,
      status: 'inProgress',
      channel: [{ id: 'voice', name: 'Voice' }],
      interactionDate: { startDateTime: this.#time() },
      interactionItem: [{ reason: 'Call answered', itemDate: { startDateTime: this.#time() } }],
      note: [],
      relatedParty: [
        ...(agent ? [{ ...agent, role: 'agent', '@referredType': 'Individual' }] : []),
        ...(customerId === undefined ? [] : [customerParty(customerId)]),
      ],
    };
  }

  #agent(): { id: string; name?: string } | undefined {
    const { value } = this.#client.auth.state;
    const agent = value.status === 'signed-in' ? value.agent : undefined;
    return agent?.id === undefined ? undefined : { id: agent.id, ...(agent.name && { name: agent.name }) };
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }

  #itemOp(item: LogItem): Operation {
    const value = { ...item, itemDate: { startDateTime: this.#time() } };
    return { op: 'add', path: '/interactionItem/-', value };
  }

  #noteOp(text: string): Operation {
    const author = this.#agent()?.name ?? '';
    return { op: 'add', path: '/note/-', value: { author, date: this.#time(), text } };
  }

  /** Changes the interaction of a call by what is not written yet; a call without one has nothing to change. */
  #change(callId: string, make: (items: LogItem[], operations: Operation[]) => Operation[]): Promise<void> {
    return this.#enqueue(callId, async () => {
      const opening = await this.#opened(callId);
      if (!opening) return;
      const operations = (await this.#commandsOf(callId)).flatMap(operationsIn);
      const items = operations.flatMap(({ path, value }) =>
        path === '/interactionItem/-' ? [value as LogItem] : [],
      );
      const body = make(items, operations);
      if (body.length === 0) return;
      const lane = laneOf(callId);
      await this.#client.commands.submit({
        api: 'tmf683',
        method: 'PATCH',
        path: PATH,
        of: opening.id,
        lane,
        body,
      });
    });
  }

  async #opened(callId: string): Promise<Command | undefined> {
    return (await this.#commandsOf(callId)).find(({ request }) => request.method === 'POST');
  }

  async #commandsOf(callId: string): Promise<Command[]> {
    const commands = await this.#client.commands.list();
    return commands.filter(({ request }) => request.lane === laneOf(callId));
  }

  #enqueue(callId: string, work: () => Promise<void>): Promise<void> {
    const next = (this.#queues.get(callId) ?? Promise.resolve()).then(work);
    // What cannot be written down is said to whoever asked; what comes after is tried all the same.
    this.#queues.set(
      callId,
      next.catch(() => undefined),
    );
    return next;
  }
}

interface Operation {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: unknown;
}

const customerParty = (id: string): object => ({ id, role: 'customer', '@referredType': 'Customer' });

function operationsIn({ request: { method, body } }: Command): Operation[] {
  if (method === 'PATCH') return body as Operation[];
  const { relatedParty } = body as { relatedParty: readonly object[] };
  return relatedParty.map((value) => ({ op: 'add', path: '/relatedParty/-', value }));
}
