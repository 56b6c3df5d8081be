import type { Outage } from './api/circuits.js';
import { backoff, pause } from './backoff.js';
import type { ResolvedConfig } from './config.js';
import type { ErrorReports } from './error-reports.js';
import type { JioAssistError } from './errors.js';
import { checkGateway } from './gateway-check.js';
import { State, type Observable } from './observable.js';

/** Whether the gateway is there and allows this page; `unknown` until somebody asked. */
export type GatewayState =
  | { readonly status: 'unknown' }
  | { readonly status: 'ok' }
  | { readonly status: 'failed'; readonly error: JioAssistError };

/** Tells, before anybody has signed in, whether signing in could work. */
export class GatewayStatus {
  readonly #config: ResolvedConfig;
  readonly #errors: ErrorReports;
  readonly #state = new State<GatewayState>({ status: 'unknown' });
  /** Gateways that keep failing, the configured one or that of an API with an address of its own; usually none. */
  readonly outages: Observable<readonly Outage[]>;
  #watch: AbortController | undefined;

  constructor(config: ResolvedConfig, errors: ErrorReports, outages: Observable<readonly Outage[]>) {
    this.#config = config;
    this.#errors = errors;
    this.outages = outages;
  }

  get state(): Observable<GatewayState> {
    return this.#state;
  }

  /** Asks now, and goes on asking while the gateway cannot be reached. */
  check(): void {
    this.#watch?.abort();
    this.#watch = new AbortController();
    void this.#askUntilReached(this.#watch.signal);
  }

  dispose(): void {
    this.#watch?.abort();
  }

  async #askUntilReached(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const error = await checkGateway(this.#config);
      if (signal.aborted) return;
      if (error) this.#errors.report(error);
      this.#state.set(error ? { status: 'failed', error } : { status: 'ok' });
      // A refusal, or a stranger at this address, needs somebody to change something first.
      if (error?.code !== 'network/unreachable') return;
      await pause(backoff(attempt), signal);
    }
  }
}
