import { State, type JioAssistClient, type Observable, type Unsubscribe } from '@jioassist/core-sdk';
import { identify, reasonOf, searchFor, type Who } from './caller.js';
import { changesBetween, renamesBetween, type CallChange } from './call-changes.js';
import { newContact, wasAnswered, type Contact } from './contact.js';
import { InteractionLog } from './interaction-log.js';
import { isAlerting, isLive, type Call } from './model/index.ts';
import { WorkInCalls } from './work-in-calls.js';

export interface ContactsOptions {
  /** Asks the page whether a customer's record may be opened now. */
  readonly mayOpen: (customerId: string, callId: string) => boolean;
  readonly onChange: (change: CallChange, customerId: string | undefined) => void;
  readonly onError: (cause: unknown) => void;
  readonly settings: () => ContactSettings;
  readonly now?: () => number;
}

/** How contacts end. */
export interface ContactSettings {
  /** Milliseconds after a call until its contact closes by itself; 0 is never. */
  readonly closeAfter: number;
  /** Whether a contact needs a disposition to end. */
  readonly needsDisposition: boolean;
}

const draftOf = (callId: string): string => `call ${callId}`;

/**
 * Follows calls with the customer: finds out who is on the line, opens the record, writes the interaction, and keeps what the
 * agent writes until it is saved.
 */
export class Contacts {
  readonly #client: JioAssistClient;
  readonly #options: ContactsOptions;
  readonly #log: InteractionLog;
  readonly #work: WorkInCalls;
  readonly #state = new State<readonly Contact[]>([]);
  readonly #now: () => number;
  #calls: readonly Call[] = [];
  #releases: Unsubscribe[] = [];
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(client: JioAssistClient, options: ContactsOptions) {
    this.#client = client;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#log = new InteractionLog(client, this.#now);
    this.#work = new WorkInCalls(client, this.#log);
  }

  get state(): Observable<readonly Contact[]> {
    return this.#state;
  }

  start(): void {
    this.#releases = [
      this.#client.drafts.state.subscribe(() => {
        this.#restore();
      }),
      this.#client.commands.state.subscribe(() => {
        this.#work.look(this.#state.value, this.#client.customer.state.value.customerId);
      }),
    ];
  }

  /** Ends all following; what was written is in drafts and commands. */
  stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    clearInterval(this.#clock);
    this.#clock = undefined;
    this.#calls = [];
    this.#state.set([]);
  }

  /** Takes what the telephone has now. */
  follow(calls: readonly Call[]): void {
    const before = this.#calls;
    this.#calls = calls;
    for (const [from, to] of renamesBetween(before, calls)) this.#rename(from, to);
    const changes = changesBetween(before, calls);
    this.#put(this.#state.value.map((contact) => this.#withCall(contact, calls)));
    for (const change of changes) this.#handle(change);
    this.#put(this.#state.value.filter((contact) => !isGone(contact)));
    this.#watchClock();
  }

  find(callId: string): Contact | undefined {
    return this.#state.value.find(({ call }) => call.id === callId);
  }

  /** Looks for the customer by what the agent typed. */
  async search(callId: string, text: string): Promise<void> {
    await this.#learn(callId, searchFor(this.#client, text.trim()));
  }

  /** Looks again for the one on the line. */
  async lookAgain(callId: string): Promise<void> {
    const contact = this.find(callId);
    if (contact) await this.#learn(callId, identify(this.#client, contact.call));
  }

  /** One of several is the customer. */
  choose(callId: string, customerId: string): void {
    const contact = this.find(callId);
    const matches = contact?.who.status === 'several' ? contact.who.matches : [];
    const match = matches.find((each) => each.customerId === customerId);
    if (!match) return;
    this.#settle(callId, { status: 'found', customerId, name: match.name });
    this.open(callId);
  }

  /** Opens the record of the customer because the agent says so. */
  open(callId: string): void {
    const customerId = this.find(callId)?.customerId;
    if (customerId === undefined) return;
    const isOpen =
      this.#options.mayOpen(customerId, callId) &&
      (this.#client.customer.set({ customerId, reason: 'screen-pop' }), true);
    const isCurrent = this.#client.customer.state.value.customerId === customerId;
    this.#change(callId, { isParked: !isOpen || !isCurrent });
  }

  write(callId: string, words: { readonly note?: string; readonly disposition?: string }): void {
    const contact = this.find(callId);
    if (!contact) return;
    const { note = contact.note, disposition = contact.disposition } = words;
    const isUnsaved = note !== contact.note ? note.trim() !== '' : contact.isUnsaved;
    this.#change(callId, { note, disposition, isUnsaved });
    this.#keep(callId);
  }

  /** Saves the note as it is. Resolves when it is written down and cannot be lost. */
  async saveNote(callId: string): Promise<void> {
    const contact = this.find(callId);
    if (!contact?.isUnsaved) return;
    await this.#log.note(callId, contact.note.trim());
    this.#change(callId, { isUnsaved: this.find(callId)?.note !== contact.note });
    if (!this.find(callId)?.isUnsaved) this.#change(callId, { note: '' });
    this.#keep(callId);
  }

  /** Ends the contact: note and disposition are saved, the interaction is closed. @returns false while something is missing. */
  async finish(callId: string): Promise<boolean> {
    const contact = this.find(callId);
    if (!contact || isLive(contact.call.state)) return false;
    if (this.#options.settings().needsDisposition && contact.disposition === '' && wasAnswered(contact))
      return false;
    const { disposition, isUnsaved, note, customerId } = contact;
    await this.#log.close(callId, { disposition, note: isUnsaved ? note.trim() : '' });
    void this.#client.drafts.drop(draftOf(callId), customerId ?? null);
    this.#put(this.#state.value.filter(({ call }) => call.id !== callId));
    this.#watchClock();
    return true;
  }

  /** The agent stays with a contact that would close. */
  stay(callId: string): void {
    this.#change(callId, { closesAt: undefined });
    this.#watchClock();
  }

  #handle(change: CallChange): void {
    const { call, name } = change;
    const isConsult = call.consultOf !== undefined;
    if (!isConsult && !this.find(call.id) && isLive(call.state)) this.#begin(call);
    const contact = this.find(call.consultOf ?? call.id);
    this.#options.onChange(change, contact?.customerId);
    if (isConsult) {
      if (name === 'answered') this.#note(call.consultOf ?? '', 'Colleague asked', call.number);
      return;
    }
    if (name === 'answered' && contact) this.#answered(contact);
    if (name === 'held' || name === 'retrieved') this.#safely(this.#log.noteHold(call.id, name === 'held'));
    if (name === 'conference') this.#note(call.id, 'Conference');
    if (name === 'ended') this.#ended(call);
  }

  #begin(call: Call): void {
    this.#put([...this.#state.value, newContact(call)]);
    this.#restore();
    void this.#learn(call.id, identify(this.#client, call));
  }

  async #learn(callId: string, looking: Promise<Who>): Promise<void> {
    this.#change(callId, { who: { status: 'looking' } });
    const who = await looking.catch((cause: unknown): Who => {
      this.#options.onError(cause);
      return { status: 'failed' };
    });
    const contact = this.find(callId);
    // Chosen by hand meanwhile, it is decided.
    if (!contact || contact.customerId !== undefined) return;
    if (who.status !== 'found') {
      this.#change(callId, { who });
      return;
    }
    this.#settle(callId, who);
    this.#pop(callId);
  }

  #settle(callId: string, who: Extract<Who, { status: 'found' }>): void {
    const { customerId } = who;
    const contact = this.find(callId);
    this.#change(callId, { who, customerId });
    if (!contact) return;
    if (wasAnswered(contact)) this.#safely(this.#log.assign(callId, customerId));
    // What was written before it was known whose call it is goes with the customer.
    if (contact.note !== '' || contact.disposition !== '') {
      void this.#client.drafts.drop(draftOf(callId), contact.customerId ?? null);
      this.#keep(callId);
    }
    this.#restore();
  }

  /** Opens the record by itself, but never over work that is not saved or another conversation. */
  #pop(callId: string): void {
    const contact = this.find(callId);
    const { customerId: current } = this.#client.customer.state.value;
    if (contact?.customerId === undefined || contact.customerId === current) return;
    const others = this.#state.value.filter((each) => each.call.id !== callId && wasAnswered(each));
    const hasDrafts = Object.keys(this.#client.drafts.state.value.drafts).some(
      (name) => name !== draftOf(callId),
    );
    if (others.length === 0 && !hasDrafts) return this.open(callId);
    this.#change(callId, { isParked: true });
    void this.#client.customer.prefetch({ customerId: contact.customerId }).catch(() => undefined);
  }

  #answered({ call, customerId }: Contact): void {
    const direction = call.direction === 'outbound' ? 'outbound' : 'inbound';
    const reason = reasonOf(call) ?? call.queue ?? 'Call';
    this.#safely(this.#log.open(call.id, { direction, reason, customerId }));
    // Found while it was being opened, or answered before this page was there.
    if (customerId !== undefined) this.#safely(this.#log.assign(call.id, customerId));
    this.#safely(this.#log.noteHold(call.id, call.state === 'held'));
  }

  #ended(call: Call): void {
    if (call.endReason === 'transferred') this.#note(call.id, 'Transferred');
    const { closeAfter } = this.#options.settings();
    if (closeAfter > 0) this.#change(call.id, { closesAt: this.#now() + closeAfter });
  }

  #note(callId: string, reason: string, resolution?: string): void {
    this.#safely(this.#log.add(callId, { reason, ...(resolution !== undefined && { resolution }) }));
  }

  /** A contact closes by itself when nothing would be lost by it; otherwise it waits. */
  #tick(): void {
    for (const contact of this.#state.value) {
      const { call, closesAt, isUnsaved, disposition } = contact;
      if (closesAt === undefined || closesAt > this.#now()) continue;
      const isMissing = isUnsaved || (this.#options.settings().needsDisposition && disposition === '');
      if (isMissing) this.#change(call.id, { closesAt: undefined });
      else this.#safely(this.finish(call.id));
    }
    this.#watchClock();
  }

  #watchClock(): void {
    const isNeeded = this.#state.value.some(({ closesAt }) => closesAt !== undefined);
    if (isNeeded)
      this.#clock ??= setInterval(() => {
        this.#tick();
      }, 250);
    else {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
  }

  #restore(): void {
    const { drafts } = this.#client.drafts.state.value;
    for (const { call, note, disposition } of this.#state.value) {
      const draft = drafts[draftOf(call.id)]?.value as Partial<Record<string, string>> | undefined;
      if (!draft || note !== '' || disposition !== '') continue;
      const { note: kept = '', disposition: chosen = '' } = draft;
      if (kept !== '' || chosen !== '')
        this.#change(call.id, { note: kept, disposition: chosen, isUnsaved: kept !== '' });
    }
  }

  #keep(callId: string): void {
    const contact = this.find(callId);
    if (!contact) return;
    const { note, disposition, customerId = null } = contact;
    const isEmpty = note === '' && disposition === '';
    const { drafts } = this.#client;
    this.#safely(
      isEmpty
        ? drafts.drop(draftOf(callId), customerId)
        : drafts.keep(draftOf(callId), { note, disposition }, customerId),
    );
  }

  #withCall(contact: Contact, calls: readonly Call[]): Contact {
    const call = calls.find(({ id }) => id === contact.call.id);
    return !call || call === contact.call ? contact : { ...contact, call };
  }

  #rename(from: string, to: string): void {
    this.#put(
      this.#state.value.map((contact) =>
        contact.call.id === from ? { ...contact, call: { ...contact.call, id: to } } : contact,
      ),
    );
  }

  #change(callId: string, changes: Partial<Contact>): void {
    this.#put(
      this.#state.value.map((contact) => (contact.call.id === callId ? { ...contact, ...changes } : contact)),
    );
  }

  #put(contacts: readonly Contact[]): void {
    this.#state.set(contacts);
  }

  #safely(work: Promise<unknown>): void {
    work.catch(this.#options.onError);
  }
}

/** A call that nobody answered leaves nothing to do, nor one that is closed before anything was said. */
function isGone(contact: Contact): boolean {
  const { state } = contact.call;
  return !isLive(state) && !wasAnswered(contact) && !isAlerting(state) && !contact.isUnsaved;
}
