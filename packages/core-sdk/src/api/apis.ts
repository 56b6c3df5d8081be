import type { GenericSchema } from './valibot.js';
import { BadgeApi } from './badge-api.js';
import type { ApiName, ResolvedConfig } from '../config.js';
import type { JioAssistError } from '../errors.js';
import { AssistApi } from './assist-api.js';
import type { JioAssistApi } from './jioassist-api.js';
import { KnowledgeApi } from './knowledge-api.js';
import { MeasurementApi } from './measurement-api.js';
import type { Requests } from './request.js';
import { CustomerApi, ResourceApi, type ResourceKind } from './resource-api.js';
import { BucketSchema, CustomerBillSchema } from './resources/billing.js';
import {
  DocumentSchema,
  PartyInteractionSchema,
  RecommendationSchema,
  TroubleTicketSchema,
} from './resources/care.js';
import {
  CustomerSchema,
  PartyPrivacyProfileSchema,
  ProductSchema,
  ServiceSchema,
} from './resources/customer.js';
import {
  AlarmSchema,
  ServiceLevelObjectiveSchema,
  ServiceProblemSchema,
  ServiceTestSchema,
  ServiceTestSpecificationSchema,
} from './resources/network.js';

/** Everything the SDK reads, each kind from the address configured for its API. */
export function createApis(
  { apis }: ResolvedConfig,
  requests: Requests,
  report: (error: JioAssistError) => void,
): JioAssistApi {
  const kind = <T>(api: ApiName, name: string, schema: GenericSchema<unknown, T>): ResourceKind<T> => ({
    url: `${apis[api]}/${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    name,
    schema,
  });
  const read = <T>(api: ApiName, name: string, schema: GenericSchema<unknown, T>): ResourceApi<T> =>
    new ResourceApi(kind(api, name, schema), requests, report);
  return {
    customer: new CustomerApi(kind('tmf629', 'Customer', CustomerSchema), requests, report),
    product: read('tmf637', 'Product', ProductSchema),
    service: read('tmf638', 'Service', ServiceSchema),
    bucket: read('tmf654', 'Bucket', BucketSchema),
    customerBill: read('tmf678', 'CustomerBill', CustomerBillSchema),
    troubleTicket: read('tmf621', 'TroubleTicket', TroubleTicketSchema),
    partyInteraction: read('tmf683', 'PartyInteraction', PartyInteractionSchema),
    alarm: read('tmf642', 'Alarm', AlarmSchema),
    serviceProblem: read('tmf656', 'ServiceProblem', ServiceProblemSchema),
    serviceTest: read('tmf653', 'ServiceTest', ServiceTestSchema),
    serviceTestSpecification: read('tmf653', 'ServiceTestSpecification', ServiceTestSpecificationSchema),
    serviceLevelObjective: read('tmf657', 'ServiceLevelObjective', ServiceLevelObjectiveSchema),
    recommendation: read('tmf680', 'QueryProductRecommendation', RecommendationSchema),
    partyPrivacyProfile: read('tmf644', 'PartyPrivacyProfile', PartyPrivacyProfileSchema),
    document: read('tmf667', 'Document', DocumentSchema),
    badge: new BadgeApi(apis.jioassist, requests, report),
    measurement: new MeasurementApi(apis.jioassist, requests, report),
    knowledge: new KnowledgeApi(apis.jioassist, requests, report),
    jioassist: new AssistApi(apis.jioassist, requests, report),
  };
}
