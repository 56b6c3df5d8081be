import {
  isJioAssistError,
  State,
  toJioAssistError,
  type JioAssistClient,
  type JioAssistError,
  type Observable,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import type { CallChange } from './call-changes.js';
import type { Contact } from './contact.js';
import type { ContactSettings, ContactsOptions } from './contacts.js';
import type { Desk } from './desk.js';
import {
  isAlerting,
  isLive,
  type CommandWish,
  type CtiProvider,
  type PhoneErrorCode,
} from './model/index.ts';
import type { OnePhone } from './one-phone.js';
import { NO_PHONE, type PhoneView } from './phone-view.js';
import { connectTo, isTelephoneSystem } from './telephone-systems.js';

/** What the element is about now: the first that holds. */
export const PHONE_STATUSES = [
  'signed-out',
  'no-system',
  'error',
  'mirror',
  'superseded',
  'connecting',
  'offline',
  'alerting',
  'in-call',
  'wrap-up',
  'ready',
] as const;
export type PhoneStatus = (typeof PHONE_STATUSES)[number];

/** Everything the element renders from. */
export interface CtiPhoneState extends PhoneView {
  readonly status: PhoneStatus;
  readonly signingIn: boolean;
  readonly signInError: JioAssistError | undefined;
  readonly contacts: readonly Contact[];
  /** Which command was not done, and why; undefined once another was. */
  readonly failure: PhoneErrorCode | undefined;
}

/** What the model asks and tells its element. */
export interface PhoneListener {
  mayOpen(customerId: string, callId: string): boolean;
  changed(change: CallChange, customerId: string | undefined): void;
}

/** Where the telephone comes from: the name of a system, or a provider of the page. */
export type TelephoneSystem = string | CtiProvider;

const NOBODY: PhoneListener = { mayOpen: () => true, changed: () => undefined };

/** A phone of one client: the telephone, and the customer on the line. */
export class CtiPhoneModel {
  /** How contacts end. */
  settings: ContactSettings = { closeAfter: 0, needsDisposition: false };
  readonly #client: JioAssistClient;
  readonly #state: State<CtiPhoneState>;
  #listener = NOBODY;
  #system: TelephoneSystem = '';
  #scenario = '';
  #phone: OnePhone | undefined;
  #desk: Desk | undefined;
  /** Of several times the phone was turned on the last one counts. */
  #attempt = {};
  #loadProblem: unknown;
  #releases: Unsubscribe[] = [];
  #phoneReleases: Unsubscribe[] = [];
  #isPhoneOn = false;
  #failure: PhoneErrorCode | undefined;
  #signInError: JioAssistError | undefined;

  constructor(client: JioAssistClient) {
    this.#client = client;
    this.#state = new State<CtiPhoneState>(this.#derive(), {
      start: () => {
        this.#start();
      },
      stop: () => {
        // An element that is only moved follows again within the same turn.
        queueMicrotask(() => {
          if (!this.#state.observed) this.#stop();
        });
      },
    });
  }

  get state(): Observable<CtiPhoneState> {
    return this.#state;
  }

  set listener(listener: PhoneListener) {
    this.#listener = listener;
  }

  /** Uses another telephone system from now on. */
  use(system: TelephoneSystem, scenario: string): void {
    if (system === this.#system && scenario === this.#scenario) return;
    this.#system = system;
    this.#scenario = scenario;
    // Nobody looks yet: it is connected when somebody does.
    if (this.#releases.length === 0) return;
    this.#turnOff();
    this.#followAgent();
    this.#renew();
  }

  /** What takes calls; undefined until its code is there. */
  get desk(): Desk | undefined {
    return this.#desk;
  }

  /** Asks the telephone system for something. @returns whether it was done; why not is in the state. */
  async run(wish: CommandWish): Promise<boolean> {
    try {
      if (!this.#phone) return false;
      await this.#phone.run(wish);
      this.#fail(undefined);
      return true;
    } catch (error) {
      const { code } = error as { code?: PhoneErrorCode };
      this.#fail(code ?? 'cti/refused');
      return false;
    }
  }

  /** Ends the contact here and in the telephone system. @returns false while something is missing. */
  async finish(callId: string): Promise<boolean> {
    const contact = this.#desk?.contacts.find(callId);
    if (!contact || !(await this.#desk?.contacts.finish(callId))) return false;
    if (contact.call.capabilities.includes('wrapUp'))
      await this.run({ name: 'wrapUp', callId, disposition: contact.disposition });
    return true;
  }

  /** Writes a lead for a caller who is no customer. Resolves when it is written down and cannot be lost. */
  async newLead(callId: string): Promise<void> {
    const contact = this.#desk?.contacts.find(callId);
    const phoneNumber = contact?.call.number;
    await this.#client.commands.submit({
      api: 'tmf699',
      method: 'POST',
      path: '/salesLead',
      lane: `lead ${callId}`,
      body: {
        name: 'Caller without an account',
        status: 'acknowledged',
        channel: { id: 'voice', name: 'Voice' },
        ...(phoneNumber !== undefined && {
          prospectContact: [{ mediumType: 'phone', characteristic: { phoneNumber } }],
        }),
      },
    });
  }

  /** Takes the telephone from another tab or browser, or tries again what could not be started. */
  takeHere(): void {
    if (this.#loadProblem !== undefined) this.#switchPhone();
    else this.#phone?.takeHere();
  }

  /** Opens the sign-in window; must be called from a click or key press. Resolves with whether it worked. */
  async signIn(): Promise<boolean> {
    this.#signInError = undefined;
    try {
      await this.#client.auth.signIn?.();
    } catch (error) {
      this.#signInError = toJioAssistError(error, 'auth/failed', 'Signing in failed.');
    }
    this.#renew();
    return this.#signInError === undefined;
  }

  #start(): void {
    if (this.#releases.length > 0) return;
    const { auth, customer } = this.#client;
    const renew = (): void => {
      this.#renew();
    };
    this.#releases = [
      customer.watch('profile', 'tickets', 'interactions'),
      customer.state.subscribe(renew),
      auth.state.subscribe(() => {
        this.#followAgent();
        this.#renew();
      }),
    ];
    this.#followAgent();
    this.#renew();
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#turnOff();
    this.#client.quiet.set(false);
  }

  /** An agent who is signed out in the middle of a call goes on with it. */
  #followAgent(): void {
    if (this.#client.auth.state.value.status === 'signed-in' && !this.#isPhoneOn) this.#switchPhone();
  }

  #switchPhone(): void {
    this.#turnOff();
    if (!this.#hasSystem()) return;
    this.#isPhoneOn = true;
    const attempt = (this.#attempt = {});
    this.#loadDesk().then(
      (desk) => {
        if (this.#attempt === attempt && this.#isPhoneOn) this.#begin(desk);
      },
      (problem: unknown) => {
        this.#loadProblem = problem;
        this.#renew();
      },
    );
  }

  async #loadDesk(): Promise<Desk> {
    const { Desk } = await import('./desk.js');
    this.#loadProblem = undefined;
    return (this.#desk ??= new Desk(this.#client, this.#contactsOptions(), () => {
      this.#renew();
    }));
  }

  #begin(desk: Desk): void {
    const phone = (this.#phone = this.#newPhone(desk));
    desk.contacts.start();
    this.#phoneReleases = [
      desk.contacts.state.subscribe(() => {
        this.#renew();
      }),
      phone.state.subscribe((view) => {
        this.#take(view, desk);
      }),
    ];
    phone.start();
  }

  #contactsOptions(): ContactsOptions {
    return {
      mayOpen: (customerId, callId) => this.#listener.mayOpen(customerId, callId),
      onChange: (change, customerId) => {
        this.#listener.changed(change, customerId);
      },
      onError: (cause) => {
        if (isJioAssistError(cause)) this.#client.errors.report(cause);
      },
      settings: () => this.settings,
    };
  }

  #turnOff(): void {
    for (const release of this.#phoneReleases) release();
    this.#phoneReleases = [];
    this.#desk?.contacts.stop();
    this.#phone?.stop();
    this.#phone = undefined;
    this.#isPhoneOn = false;
  }

  #take({ role, snapshot }: PhoneView, { contacts }: Desk): void {
    // What happens to a call is written down by the tab that has it.
    contacts.follow(role === 'leader' ? snapshot.calls : []);
    this.#client.quiet.set(snapshot.calls.some(({ state }) => isAlerting(state)));
    this.#renew();
  }

  #newPhone(desk: Desk): OnePhone {
    const { value } = this.#client.auth.state;
    const agent = (value.status === 'signed-in' ? value.agent?.id : undefined) ?? '';
    const system = this.#system;
    const name = typeof system === 'string' ? system : system.name;
    const open = (): Promise<CtiProvider> =>
      typeof system === 'string'
        ? connectTo(system, { client: this.#client, scenario: this.#scenario })
        : Promise.resolve(system);
    return desk.newPhone(`jioassist phone ${name} ${agent}`, open);
  }

  #hasSystem(): boolean {
    return typeof this.#system !== 'string' || isTelephoneSystem(this.#system);
  }

  #fail(failure: PhoneErrorCode | undefined): void {
    this.#failure = failure;
    this.#renew();
  }

  #renew(): void {
    this.#state.set(this.#derive());
  }

  #derive(): CtiPhoneState {
    const { problem = this.#loadProblem, ...rest } = this.#phone?.state.value ?? NO_PHONE;
    const view = { ...rest, problem };
    const contacts = this.#desk?.contacts.state.value ?? [];
    const auth = this.#client.auth.state.value;
    return {
      ...view,
      status: this.#statusOf(view, contacts),
      signingIn: auth.status === 'signing-in',
      signInError: this.#signInError ?? (auth.status === 'signed-out' ? auth.error : undefined),
      contacts,
      failure: this.#failure,
    };
  }

  #statusOf({ role, snapshot, problem }: PhoneView, contacts: readonly Contact[]): PhoneStatus {
    const { calls, connection } = snapshot;
    const hasCall = calls.some(({ state }) => isLive(state));
    if (this.#client.auth.state.value.status !== 'signed-in' && !hasCall && contacts.length === 0)
      return 'signed-out';
    if (!this.#hasSystem()) return 'no-system';
    if (problem !== undefined || connection.state === 'fatal') return 'error';
    if (role === 'mirror') return 'mirror';
    if (connection.state === 'superseded') return 'superseded';
    if (calls.some(({ state }) => isAlerting(state))) return 'alerting';
    if (hasCall) return 'in-call';
    if (contacts.length > 0) return 'wrap-up';
    if (connection.state === 'online') return 'ready';
    return connection.state === 'degraded' || connection.state === 'expired' ? 'offline' : 'connecting';
  }
}
