import * as v from './valibot.js';
import { parseShape } from './parse.js';
import type { CallOptions, Requests } from './request.js';

export const ServiceSchema = v.object({
  id: v.string(),
  name: v.optional(v.string(), ''),
  category: v.optional(v.string(), ''),
  state: v.string(),
  serviceCharacteristic: v.optional(v.array(v.object({ name: v.string(), value: v.unknown() })), []),
});

/**
 * A service (TMF638 v4 `Service`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 */
export type Service = v.InferOutput<typeof ServiceSchema>;

const PartiesSchema = v.object({
  relatedParty: v.optional(v.array(v.object({ id: v.string(), role: v.optional(v.string()) })), []),
});

/** Calls of TMF638 Service Inventory. */
export class ServiceApi {
  readonly #baseUrl: string;
  readonly #requests: Requests;

  constructor(baseUrl: string, requests: Requests) {
    this.#baseUrl = baseUrl;
    this.#requests = requests;
  }

  /** All services of a customer. */
  async listByCustomer(customerId: string, options: CallOptions = {}): Promise<Service[]> {
    const query = new URLSearchParams({ 'relatedParty.id': customerId });
    const url = `${this.#baseUrl}/service?${query.toString()}`;
    return parseShape(v.array(ServiceSchema), await this.#requests.getJson(url, options), 'Service');
  }

  /** Ids of the customers of services with one of the values in an attribute, named by its dotted path. */
  async listCustomerIds(
    attribute: string,
    values: readonly string[],
    options: CallOptions = {},
  ): Promise<string[]> {
    const query = new URLSearchParams({ [attribute]: values.join(','), fields: 'relatedParty' });
    const answer = await this.#requests.getJson(`${this.#baseUrl}/service?${query.toString()}`, options);
    const services = parseShape(v.array(PartiesSchema), answer, 'Service');
    const parties = services.flatMap(({ relatedParty }) => relatedParty);
    return parties.filter(({ role }) => role === 'customer').map(({ id }) => id);
  }
}

/** The text of one characteristic, or `''`. */
export function characteristic(service: Service, name: string): string {
  const value = service.serviceCharacteristic.find((candidate) => candidate.name === name)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
