import type { AssistApi } from './assist-api.js';
import type { BadgeApi } from './badge-api.js';
import type { KnowledgeApi } from './knowledge-api.js';
import type { MeasurementApi } from './measurement-api.js';
import type { CustomerApi, ResourceApi } from './resource-api.js';
import type { Bucket, CustomerBill } from './resources/billing.js';
import type { Document, PartyInteraction, Recommendation, TroubleTicket } from './resources/care.js';
import type { PartyPrivacyProfile, Product, Service } from './resources/customer.js';
import type {
  Alarm,
  ServiceLevelObjective,
  ServiceProblem,
  ServiceTest,
  ServiceTestSpecification,
} from './resources/network.js';

/**
 * The resources the SDK reads, one object for each kind, named as in the TM Forum's specifications.
 *
 * @group Client
 */
export interface JioAssistApi {
  readonly customer: CustomerApi;
  readonly product: ResourceApi<Product>;
  readonly service: ResourceApi<Service>;
  readonly bucket: ResourceApi<Bucket>;
  readonly customerBill: ResourceApi<CustomerBill>;
  readonly troubleTicket: ResourceApi<TroubleTicket>;
  readonly partyInteraction: ResourceApi<PartyInteraction>;
  readonly alarm: ResourceApi<Alarm>;
  readonly serviceProblem: ResourceApi<ServiceProblem>;
  readonly serviceTest: ResourceApi<ServiceTest>;
  readonly serviceTestSpecification: ResourceApi<ServiceTestSpecification>;
  readonly serviceLevelObjective: ResourceApi<ServiceLevelObjective>;
  readonly recommendation: ResourceApi<Recommendation>;
  readonly partyPrivacyProfile: ResourceApi<PartyPrivacyProfile>;
  readonly document: ResourceApi<Document>;
  readonly badge: BadgeApi;
  readonly measurement: MeasurementApi;
  readonly knowledge: KnowledgeApi;
  /** The gateway's own API about customers: search, and personal data on request. */
  readonly jioassist: AssistApi;
}

type Call = (...given: unknown[]) => Promise<unknown>;

/** The same objects before their code is there: it is loaded with the first call. */
export function lazyApi(load: () => Promise<JioAssistApi>): JioAssistApi {
  const object = (get: (name: string) => unknown): object =>
    // Asked for by symbol, or whether it is a promise, it is a plain object.
    new Proxy(
      {},
      { get: (_, name) => (typeof name === 'symbol' || name === 'then' ? undefined : get(name)) },
    );
  const calls = (name: string): object =>
    object((call) => async (...given: unknown[]) => {
      const api = (await load())[name as keyof JioAssistApi];
      return (Reflect.get(api, call) as Call).apply(api, given);
    });
  return object(calls) as JioAssistApi;
}
