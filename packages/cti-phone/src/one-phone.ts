import { canShare, State, Tabs, type Observable } from '@jioassist/core-sdk';
import {
  Phone,
  PhoneError,
  type Call,
  type CommandWish,
  type CtiCapabilities,
  type CtiProvider,
  type PhoneState,
} from './model/index.ts';
import { NO_PHONE, type PhoneView } from './phone-view.js';

/** What the tab with the telephone tells the others. */
type News = { readonly state: PhoneState; readonly capabilities: CtiCapabilities | undefined } | 'tell me';

/**
 * One telephone for all tabs of an agent: the tab that leads has it, the others show what it does, and can take it over. A
 * tab that is closed or crashes gives it to the next.
 */
export class OnePhone {
  readonly #state = new State<PhoneView>(NO_PHONE);
  readonly #open: () => Promise<CtiProvider>;
  readonly #name: string;
  #tabs: Tabs<News> | undefined;
  #phone: Phone | undefined;
  #session = new AbortController();

  /**
   * @param name what tabs with the same telephone have in common.
   * @param open makes the connection to the telephone system, in the tab that leads.
   */
  constructor(name: string, open: () => Promise<CtiProvider>) {
    this.#name = name;
    this.#open = open;
  }

  get state(): Observable<PhoneView> {
    return this.#state;
  }

  start(): void {
    this.#session = new AbortController();
    void this.#join(this.#session.signal);
  }

  stop(): void {
    this.#session.abort();
    this.#tabs?.leave();
    this.#tabs = undefined;
    void this.#release();
    this.#state.set(NO_PHONE);
  }

  /** @throws {PhoneError} also `cti/offline` where another tab has the telephone. */
  run(wish: CommandWish): Promise<void> {
    return (
      this.#phone?.run(wish) ??
      Promise.reject(new PhoneError('cti/offline', 'Another tab has the telephone.'))
    );
  }

  /** Takes the telephone from another tab, or begins anew where another browser took it from this one. */
  takeHere(): void {
    if (this.#state.value.role === 'mirror') this.#tabs?.takeOver();
    else void this.#release().then(() => this.#lead(this.#session.signal));
  }

  async #join(signal: AbortSignal): Promise<void> {
    if (!(await canShare())) {
      if (!signal.aborted) await this.#lead(signal);
      return;
    }
    if (signal.aborted) return;
    this.#tabs = new Tabs<News>(this.#name, {
      onLetter: ({ message }) => {
        this.#hear(message);
      },
      onLead: (lead) => void this.#lead(AbortSignal.any([signal, lead])),
    });
    const tabs = this.#tabs;
    await tabs.join();
    tabs.post('tell me');
  }

  async #lead(signal: AbortSignal): Promise<void> {
    this.#state.set({ ...NO_PHONE, role: 'leader' });
    try {
      const provider = await this.#open();
      if (signal.aborted) return;
      this.#begin(provider, signal);
    } catch (problem) {
      if (!signal.aborted) this.#state.set({ ...NO_PHONE, role: 'leader', problem });
    }
  }

  #begin(provider: CtiProvider, signal: AbortSignal): void {
    const phone = (this.#phone = new Phone(provider));
    const { capabilities } = provider;
    phone.subscribe((snapshot) => {
      if (this.#phone !== phone) return;
      this.#state.set({ role: 'leader', snapshot, capabilities, problem: undefined });
      this.#tell();
    });
    signal.addEventListener('abort', () => {
      if (this.#phone !== phone) return;
      void this.#release();
      // The tab that took over tells what goes on.
      if (this.#tabs) this.#state.set({ ...this.#state.value, role: 'mirror' });
    });
    phone.start();
  }

  async #release(): Promise<void> {
    const phone = this.#phone;
    this.#phone = undefined;
    await phone?.stop().catch(() => undefined);
  }

  #hear(message: News): void {
    if (message === 'tell me') {
      if (this.#phone) this.#tell();
    } else if (!this.#phone) {
      const { state, capabilities } = message;
      const snapshot = {
        ...state,
        connection: { ...state.connection, state: 'mirror' as const },
        pending: [],
      };
      this.#state.set({ role: 'mirror', snapshot, capabilities, problem: undefined });
    }
  }

  #tell(): void {
    const { snapshot, capabilities } = this.#state.value;
    const { connection, agent, calls } = snapshot;
    this.#tabs?.post({ state: { connection, agent, calls: calls.map(withoutData) }, capabilities });
  }
}

/** Other tabs need to know that there is a call, and not what the contact centre knows of the caller. */
const withoutData = (call: Call): Call => ({ ...call, attachedData: {}, participants: [] });
