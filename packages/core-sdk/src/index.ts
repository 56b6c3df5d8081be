export { createJioAssist, type JioAssistClient } from './client.js';
export type { JioAssistApi } from './api/jioassist-api.js';
export { defaultClient, setDefaultClient } from './default-client.js';
export { API_NAMES, type ApiName, type JioAssistConfig } from './config.js';
export {
  ERROR_CODES,
  isJioAssistError,
  JioAssistError,
  toJioAssistError,
  type ErrorCode,
  type ErrorDetails,
} from './errors.js';
export type { Command, CommandOutcome, CommandRequest } from './commands/command.js';
export type { Commands } from './commands/commands.js';
export type { Draft, Drafts, DraftsState } from './drafts/drafts.js';
export type { OutboxState } from './commands/outbox.js';
export type { ErrorReports } from './error-reports.js';
export type { GatewayState, GatewayStatus } from './gateway-status.js';
export { State, type Activity, type Observable, type Unsubscribe } from './observable.js';
export type { CustomerContext } from './customer/customer-context.js';
export { hostToken, type HostToken, type HostTokenOptions } from './auth/host-token.js';
export { SIGN_IN_MODES, type SignInMode } from './auth/oidc.js';
export {
  SUBJECT_TOKEN_TYPES,
  tokenExchange,
  type SubjectToken,
  type SubjectTokenType,
  type TokenExchangeSettings,
} from './auth/token-exchange.js';
export type {
  AccessToken,
  Agent,
  AuthProvider,
  AuthState,
  Send,
  SendInit,
  TokenRequest,
} from './auth/auth-provider.js';
export type {
  CustomerKey,
  CustomerSelection,
  CustomerState,
  CustomerSwitch,
  Revealed,
  SwitchGuard,
} from './customer/customer-state.js';
export type { AssistApi, CustomerMatch, PersonalField } from './api/assist-api.js';
export { numberVariants } from './customer/number-variants.js';
export { toE164 } from './customer/phone-number.js';
export { PART_NAMES, type CustomerParts, type PartName } from './customer/customer-parts.js';
export type { Part } from './customer/part.js';
export { characteristic } from './api/characteristic.js';
export type { BadgeApi, BadgeDealing, BadgeExperience, DueBadge, GivenFacts } from './api/badge-api.js';
export type { KnowledgeApi, KnowledgeArticle, KnowledgeIndexInfo } from './api/knowledge-api.js';
export type { CustomerApi, ListQuery, ResourceApi } from './api/resource-api.js';
export type { Bucket, CustomerBill } from './api/resources/billing.js';
export type {
  Document,
  PartyInteraction,
  Recommendation,
  RelatedEntity,
  TroubleTicket,
} from './api/resources/care.js';
export type {
  ContactMedium,
  Customer,
  PartyPrivacyProfile,
  Product,
  Service,
} from './api/resources/customer.js';
export type {
  Alarm,
  ServiceLevelObjective,
  ServiceProblem,
  ServiceTest,
  ServiceTestSpecification,
} from './api/resources/network.js';
export type { Money, Note, Quantity, Reference, RelatedParty, TimePeriod } from './api/shapes.js';
export type {
  Measurement,
  MeasurementApi,
  MeasurementQuery,
  MeasurementTick,
  PerformanceIndicatorSpecification,
  Sample,
} from './api/measurement-api.js';
export type { CallOptions } from './api/request.js';
export type { Outage } from './api/circuits.js';
export { canShare, Tabs, type Letter, type TabsHandler } from './events/tabs.js';
export type { Listener, LiveEvents, StreamState } from './events/live-events.js';
export type { ResourceEvent, ResourceTopic, Topic, Topics } from './events/topics.js';
export { maskPhoneNumber } from './personal-data.js';
export type { RequestOutcome, TelemetryEvent, TelemetryHook } from './telemetry/telemetry-event.js';
export type {
  CheckStatus,
  DoctorCheck,
  DoctorCheckId,
  DoctorOptions,
  DoctorReport,
} from './doctor/report.js';
