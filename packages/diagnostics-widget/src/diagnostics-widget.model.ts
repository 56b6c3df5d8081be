import {
  isJioAssistError,
  JioAssistError,
  State,
  toJioAssistError,
  type CustomerState,
  type JioAssistClient,
  type Observable,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import type { Announcement } from './announcer.js';
import type { ServiceHealth } from './service-health.js';
import type { ServiceView } from './service-view.js';

/** What the widget shows as a whole. */
export const STATUSES = ['signed-out', 'no-customer', 'loading', 'ready', 'stale', 'error'] as const;
export type DiagnosticsStatus = (typeof STATUSES)[number];

/** Where the answers come from, beside the services themselves. */
export const SOURCES = ['measurement', 'alarms', 'problems', 'serviceTests', 'balance', 'bills'] as const;
export type Source = (typeof SOURCES)[number];

/** Parts of the customer that the answers are made from; what a plan belongs to is in the products. */
const PARTS = ['alarms', 'problems', 'serviceTests', 'balance', 'bills'] as const;

/** A source that did not answer, and why. */
export interface Failure {
  readonly source: Source;
  readonly error: JioAssistError;
}

/** Everything the element renders from. */
export interface DiagnosticsState {
  readonly status: DiagnosticsStatus;
  readonly signingIn: boolean;
  readonly customerName: string;
  /** In the order in which the customer has them. */
  readonly services: readonly ServiceView[];
  /** The newest moment of any value on the screen, in epoch milliseconds. */
  readonly newest: number | undefined;
  /** When what is on the screen was true, in epoch milliseconds: the newest value, or the list when that is what is old. */
  readonly measuredAt: number | undefined;
  /** Whether the agent must not be interrupted now. */
  readonly quiet: boolean;
  /** Whether the live stream is away, and what is on screen all there is for now. */
  readonly offline: boolean;
  readonly failures: readonly Failure[];
  readonly announcement: Announcement | undefined;
  readonly error: JioAssistError | undefined;
}

const NOTHING: DiagnosticsState = {
  status: 'loading',
  signingIn: false,
  customerName: '',
  services: [],
  newest: undefined,
  measuredAt: undefined,
  quiet: false,
  offline: false,
  failures: [],
  announcement: undefined,
  error: undefined,
};

const NOBODY = new JioAssistError('customer/not-found', 'No customer was found.');

/** Follows the current customer's services, how they are and why, while somebody looks. */
export class DiagnosticsModel {
  readonly client: JioAssistClient;
  readonly #state = new State<DiagnosticsState>(NOTHING, {
    start: () => {
      this.#start();
    },
    stop: () => {
      this.#stop();
    },
  });
  #releases: Unsubscribe[] = [];
  #signInError: JioAssistError | undefined;
  #health: ServiceHealth | undefined;
  #loadingHealth = false;
  #healthError: JioAssistError | undefined;
  #renewal = false;

  constructor(client: JioAssistClient) {
    this.client = client;
  }

  get state(): Observable<DiagnosticsState> {
    return this.#state;
  }

  /** Opens the sign-in window; must be called from a click or key press. Resolves with whether it worked. */
  async signIn(): Promise<boolean> {
    this.#signInError = undefined;
    try {
      await this.client.auth.signIn?.();
    } catch (error) {
      if (!isJioAssistError(error)) throw error;
      this.#signInError = error;
    }
    this.#renewSoon();
    return this.#signInError === undefined;
  }

  /** Tries again whatever failed. */
  retry(): void {
    if (this.client.auth.state.value.status === 'signed-in') {
      void this.client.customer.refresh();
      if (this.#health) this.#health.reload();
      else if (!this.#loadingHealth) void this.#loadHealth();
    } else {
      this.client.gateway.check();
    }
  }

  #start(): void {
    const renew = (): void => {
      this.#renewSoon();
    };
    const { auth, customer, gateway, quiet } = this.client;
    this.#releases = [
      customer.watch('profile', 'services', 'products', ...PARTS),
      auth.state.subscribe(() => {
        this.#prepareHealth();
        this.#renewSoon();
      }),
      gateway.state.subscribe(renew),
      quiet.subscribe(renew),
      customer.state.subscribe((state) => {
        this.#health?.follow(state);
        this.#prepareHealth();
        this.#renewSoon();
      }),
    ];
    this.#health?.start();
    this.#prepareHealth();
    this.#renewSoon();
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#health?.stop();
  }

  /** Its code is on its way while the customer is read, so that neither waits for the other. */
  #prepareHealth(): void {
    const { auth, customer } = this.client;
    if (this.#health || this.#loadingHealth || this.#healthError) return;
    if (auth.state.value.status !== 'signed-in' || customer.state.value.customerId === null) return;
    void this.#loadHealth();
  }

  async #loadHealth(): Promise<void> {
    this.#loadingHealth = true;
    this.#healthError = undefined;
    try {
      const { ServiceHealth } = await import('./service-health.js');
      this.#health = new ServiceHealth(this.client, () => {
        this.#renewSoon();
      });
      if (this.#state.observed) this.#health.start();
    } catch (cause) {
      this.#healthError = toJioAssistError(
        cause,
        'network/unreachable',
        'A file of the widget did not come.',
      );
    }
    this.#loadingHealth = false;
    this.#renewSoon();
  }

  /** One new state for all that changes in a turn: a message of the stream brings every service's values. */
  #renewSoon(): void {
    if (this.#renewal) return;
    this.#renewal = true;
    queueMicrotask(() => {
      this.#renewal = false;
      if (this.#state.observed) this.#state.set(this.#derive());
    });
  }

  #derive(): DiagnosticsState {
    const { auth, customer, gateway } = this.client;
    const signIn = auth.state.value;
    if (signIn.status !== 'signed-in') {
      if (gateway.state.value.status === 'failed') return failed(gateway.state.value.error);
      const signingIn = signIn.status === 'signing-in';
      const error = signIn.status === 'signed-out' ? (this.#signInError ?? signIn.error) : undefined;
      return { ...NOTHING, status: 'signed-out', signingIn, error };
    }
    const { customerId, matches, profile, services } = customer.state.value;
    if (customerId === null) return whileSearching(matches);
    if (profile.status === 'error' && profile.error.code === 'customer/not-found')
      return failed(profile.error);
    if (services.status === 'error') return failed(services.error);
    if (services.status === 'idle' || services.status === 'loading') return NOTHING;
    const health = this.#health?.derive(customer.state.value, services.data);
    if (!health) return this.#healthError ? failed(this.#healthError) : NOTHING;
    return {
      ...NOTHING,
      ...health,
      customerName: 'data' in profile ? profile.data.name : '',
      quiet: this.client.quiet.value,
    };
  }
}

/** Before there is a customer: none was asked for, one is looked for, or the agent has to choose. */
function whileSearching(matches: CustomerState['matches']): DiagnosticsState {
  if (matches.status === 'loading') return NOTHING;
  if (matches.status === 'error') return failed(matches.error);
  if (matches.status === 'ready' && matches.data.length === 0) return failed(NOBODY);
  return { ...NOTHING, status: 'no-customer' };
}

function failed(error: JioAssistError): DiagnosticsState {
  return { ...NOTHING, status: 'error', error };
}
