import type { JioAssistError } from '../errors.js';
import { checkOk, readJson } from './answer.js';
import { parseList } from './parse.js';
import type { CallOptions, Requests } from './request.js';
import type { GenericSchema } from './valibot.js';

/** What the parts of the gateway's own API, `/jioassist/v1`, have in common. */
export class OwnApi {
  readonly #baseUrl: string;
  readonly #requests: Requests;
  readonly #report: (error: JioAssistError) => void;

  constructor(baseUrl: string, requests: Requests, report: (error: JioAssistError) => void) {
    this.#baseUrl = baseUrl;
    this.#requests = requests;
    this.#report = report;
  }

  /** @param query left out when it is empty. */
  protected get(
    path: string,
    query: Readonly<Record<string, string>>,
    options: CallOptions,
  ): Promise<unknown> {
    return this.#requests.getJson(this.#address(path, query), options);
  }

  /** An answer that is no JSON, to be read as it comes. The time limit spans the wait for its beginning. */
  protected open(
    path: string,
    query: Readonly<Record<string, string>>,
    options: CallOptions,
  ): Promise<Response> {
    return this.#requests.openStream(this.#address(path, query), {}, options);
  }

  /** Asks something that must not stand in an address, or that is to be on record. Changes go through `commands`. */
  protected post(path: string, body: object, options: CallOptions): Promise<unknown> {
    const init = {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    } as const;
    return this.#requests.call(`${this.#baseUrl}/${path}`, init, options, async (response, url) => {
      await checkOk(response, url);
      return readJson(response, url);
    });
  }

  /** The records that can be read; the others are reported. */
  protected readList<T>(item: GenericSchema<unknown, T>, answer: unknown, resource: string): T[] {
    return parseList(item, answer, resource, this.#report);
  }

  #address(path: string, query: Readonly<Record<string, string>>): string {
    const parameters = new URLSearchParams(query).toString();
    return `${this.#baseUrl}/${path}${parameters && `?${parameters}`}`;
  }
}
