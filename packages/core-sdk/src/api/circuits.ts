import { backoff } from '../backoff.js';
import { JioAssistError, isJioAssistError } from '../errors.js';
import { State, type Observable } from '../observable.js';

/** So many calls in a row that a gateway did not answer, and it is left alone for a while. */
const TOLERATED = 5;

const browser = 'addEventListener' in globalThis;

/**
 * A gateway that does not answer and is left alone until `until`, in epoch milliseconds; then one call is let through
 * (`probing`), and its outcome decides.
 *
 * @group Client
 */
export interface Outage {
  readonly origin: string;
  readonly status: 'open' | 'probing';
  /** Why the last call failed. */
  readonly error: JioAssistError;
  readonly until: number;
}

interface Circuit {
  /** In a row. */
  failures: number;
  /** Pauses since it last answered. */
  pauses: number;
  outage: Outage | undefined;
}

/**
 * One circuit for each gateway: when it has failed again and again, calls fail at once instead of each waiting for its
 * time limit, and a gateway that comes up is not met by all of them together.
 */
export class Circuits {
  readonly #circuits = new Map<string, Circuit>();
  readonly #outages = new State<readonly Outage[]>([]);

  get outages(): Observable<readonly Outage[]> {
    return this.#outages;
  }

  /** Does `work`, a call of `url`. @throws JioAssistError of the last failure, with `retryAfter`, while the circuit is open. */
  async run<T>(url: string, work: () => Promise<T>): Promise<T> {
    const { origin } = new URL(url);
    let circuit = this.#circuits.get(origin);
    if (!circuit) this.#circuits.set(origin, (circuit = { failures: 0, pauses: 0, outage: undefined }));
    const { outage } = circuit;
    if (outage) this.#probe(circuit, outage);
    try {
      const result = await work();
      this.#close(circuit);
      return result;
    } catch (error) {
      if (isOutage(error)) this.#fail(circuit, origin, error);
      else if (isJioAssistError(error)) this.#close(circuit);
      // The caller gave up, which says nothing of the gateway: the next call may probe.
      else if (outage && circuit.outage?.status === 'probing') this.#show(circuit, { ...outage, until: 0 });
      throw error;
    }
  }

  #probe(circuit: Circuit, outage: Outage): void {
    const { status, until, error } = outage;
    const wait = until - Date.now();
    if (status === 'probing' || wait > 0) {
      const retryAfter = Math.max(1, Math.ceil(wait / 1000));
      const message = `The gateway has failed ${circuit.failures} times in a row and is left alone for a while.`;
      throw new JioAssistError(error.code, message, { ...error.details, retryAfter }, error);
    }
    this.#show(circuit, { ...outage, status: 'probing' });
  }

  #fail(circuit: Circuit, origin: string, error: JioAssistError): void {
    circuit.failures++;
    const { outage, failures } = circuit;
    // Calls that were on their way when it opened say nothing new.
    if (outage?.status === 'open' || failures < TOLERATED) return;
    const until = Date.now() + backoff(circuit.pauses++);
    this.#show(circuit, { origin, status: 'open', error, until });
  }

  #close(circuit: Circuit): void {
    circuit.failures = circuit.pauses = 0;
    if (circuit.outage) this.#show(circuit, undefined);
  }

  #show(circuit: Circuit, outage: Outage | undefined): void {
    circuit.outage = outage;
    const outages = [...this.#circuits.values()].flatMap((each) => each.outage ?? []);
    this.#outages.set(outages);
    if (!browser) return;
    if (outages.length > 0) globalThis.addEventListener('online', this.#retry);
    else globalThis.removeEventListener('online', this.#retry);
  }

  /** With the network back, waiting makes no sense any more. */
  readonly #retry = (): void => {
    for (const circuit of this.#circuits.values()) {
      if (circuit.outage?.status === 'open') this.#show(circuit, { ...circuit.outage, until: 0 });
    }
  };
}

/** Whether nobody answered; a gateway that refuses, or is busy with too much of ours (429), is there. */
function isOutage(error: unknown): error is JioAssistError {
  if (!isJioAssistError(error)) return false;
  const { code, details } = error;
  return code === 'network/unreachable' || code === 'network/timeout' || (details['status'] as number) >= 500;
}
