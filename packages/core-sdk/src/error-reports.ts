import { checkArgument } from './arguments.js';
import { isJioAssistError, type JioAssistError } from './errors.js';
import { State, type Observable } from './observable.js';

/** The same error after this long without it is another one: what was wrong had been put right. In milliseconds. */
const QUIET = 60_000;

/** Errors worth telling the developer: each on the console once, however many widgets meet it and however often. */
export class ErrorReports {
  readonly #latest = new State<JioAssistError | undefined>(undefined);
  readonly #seen = new Map<string, number>();

  /** The newest error that was worth telling. */
  get latest(): Observable<JioAssistError | undefined> {
    return this.#latest;
  }

  report(error: JioAssistError): void {
    checkArgument(isJioAssistError(error), 'errors.report', 'error', 'must be a JioAssistError');
    const now = Date.now();
    for (const [key, seenAt] of this.#seen) if (now - seenAt > QUIET) this.#seen.delete(key);
    const key = `${error.code} ${JSON.stringify(error.details)}`;
    const known = this.#seen.has(key);
    this.#seen.set(key, now);
    if (known) return;
    // Message and details only: a cause could hold what the host must not find in its logs.
    console.error(`[JioAssist] ${error.code}: ${error.message}`, error.details);
    this.#latest.set(error);
  }
}
