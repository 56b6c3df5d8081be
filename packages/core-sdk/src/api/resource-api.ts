import type { GenericSchema } from './valibot.js';
import { JioAssistError } from '../errors.js';
import { parseList, parseShape } from './parse.js';
import type { CallOptions, Requests } from './request.js';
import type { Customer } from './resources/customer.js';

/**
 * Which resources to list: attributes by their dotted paths, and `sort`, `limit`, `offset`. Several values mean any of
 * them.
 */
export type ListQuery = Readonly<Record<string, string | number | readonly string[]>>;

/** Where a kind of resource is found, and how to read it. */
export interface ResourceKind<T> {
  /** The address of the collection. */
  readonly url: string;
  /** The resource's name as in the specification, for errors. */
  readonly name: string;
  readonly schema: GenericSchema<unknown, T>;
}

/** Reads one kind of TM Forum resource. Changes go through {@link Commands}, which lose nothing. */
export class ResourceApi<T> {
  readonly #kind: ResourceKind<T>;
  readonly #requests: Requests;
  readonly #report: (error: JioAssistError) => void;

  constructor(kind: ResourceKind<T>, requests: Requests, report: (error: JioAssistError) => void) {
    this.#kind = kind;
    this.#requests = requests;
    this.#report = report;
  }

  /**
   * Those that fit the query. A record that cannot be read is left out and reported, so that the others are not lost.
   *
   * @throws JioAssistError any `auth/…`, `network/…` or `api/…` code.
   */
  async list(query: ListQuery = {}, options: CallOptions = {}): Promise<T[]> {
    const { url, name, schema } = this.#kind;
    const parameters = new URLSearchParams(
      Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
    ).toString();
    const answer = await this.#requests.getJson(parameters ? `${url}?${parameters}` : url, options);
    return parseList(schema, answer, name, this.#report);
  }

  /** @throws JioAssistError any `auth/…`, `network/…` or `api/…` code. */
  async retrieve(id: string, options: CallOptions = {}): Promise<T> {
    const { url, name, schema } = this.#kind;
    const answer = await this.#requests.getJson(`${url}/${encodeURIComponent(id)}`, options);
    return parseShape(schema, answer, name);
  }
}

/** Reads TMF629 customers. */
export class CustomerApi extends ResourceApi<Customer> {
  /** @throws JioAssistError `customer/not-found`, or any `auth/…`, `network/…` or `api/…` code. */
  override async retrieve(id: string, options: CallOptions = {}): Promise<Customer> {
    try {
      return await super.retrieve(id, options);
    } catch (error) {
      throw namingCustomer(error, id);
    }
  }
}

/** What is not found because there is no such customer is said in the same words everywhere, so it is told once. */
export function namingCustomer(error: unknown, customerId: string): unknown {
  if (!(error instanceof JioAssistError) || error.details['status'] !== 404) return error;
  return new JioAssistError(
    'customer/not-found',
    `No customer has the id ${customerId}.`,
    { customerId },
    error,
  );
}
