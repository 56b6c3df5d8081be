import type { JioAssistError } from './errors.js';
import { State, type Observable } from './observable.js';

/** Errors worth telling the developer: each on the console once, however many widgets meet it. */
export class ErrorReports {
  readonly #latest = new State<JioAssistError | undefined>(undefined);
  readonly #seen = new Set<string>();

  /** The newest error that was not seen before. */
  get latest(): Observable<JioAssistError | undefined> {
    return this.#latest;
  }

  report(error: JioAssistError): void {
    const key = `${error.code} ${JSON.stringify(error.details)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    // Message and details only: a cause could hold what the host must not find in its logs.
    console.error(`[JioAssist] ${error.code}: ${error.message}`, error.details);
    this.#latest.set(error);
  }
}
