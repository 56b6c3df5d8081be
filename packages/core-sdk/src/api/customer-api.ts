import * as v from './valibot.js';
import { JioAssistError } from '../errors.js';
import { parseShape } from './parse.js';
import type { CallOptions, Requests } from './request.js';

const Characteristic = v.object({ name: v.string(), value: v.unknown() });

const CustomerSchema = v.object({
  id: v.string(),
  name: v.string(),
  status: v.optional(v.string()),
  characteristic: v.optional(v.array(Characteristic), []),
});

/**
 * A customer (TMF629 v4 `Customer`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 */
export type Customer = v.InferOutput<typeof CustomerSchema>;

/** Calls of TMF629 Customer Management. */
export class CustomerApi {
  readonly #baseUrl: string;
  readonly #requests: Requests;

  constructor(baseUrl: string, requests: Requests) {
    this.#baseUrl = baseUrl;
    this.#requests = requests;
  }

  /** Customers with one of the values in an attribute, named by its dotted path; at most `limit`. */
  async listBy(
    attribute: string,
    values: readonly string[],
    limit: number,
    options: CallOptions = {},
  ): Promise<Customer[]> {
    const query = new URLSearchParams({ [attribute]: values.join(','), limit: String(limit) });
    const answer = await this.#requests.getJson(`${this.#baseUrl}/customer?${query.toString()}`, options);
    return parseShape(v.array(CustomerSchema), answer, 'Customer');
  }

  /** @throws JioAssistError `customer/not-found`, or any `auth/…`, `network/…` or `api/…` code. */
  async retrieve(id: string, options: CallOptions = {}): Promise<Customer> {
    const url = `${this.#baseUrl}/customer/${encodeURIComponent(id)}`;
    try {
      return parseShape(CustomerSchema, await this.#requests.getJson(url, options), 'Customer');
    } catch (error) {
      if (error instanceof JioAssistError && error.details['status'] === 404) {
        throw new JioAssistError(
          'customer/not-found',
          `No customer has the id ${id}.`,
          { customerId: id },
          error,
        );
      }
      throw error;
    }
  }
}
