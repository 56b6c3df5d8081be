export {
  buildAlarm,
  buildBucket,
  buildCustomer,
  buildCustomerBill,
  buildMeasurements,
  buildService,
  buildServiceLevelObjective,
  buildServiceProblem,
  buildServiceTest,
  buildTroubleTicket,
  INDICATORS,
  valueAt,
} from './builders.js';
export { elementTests, type ElementSetup, type ElementTest, type ElementTestTable } from './element-tests.js';
export { fakeAuth, type FakeAuth } from './fake-auth.js';
export { FakeGateway, type AppliedChange, type FakeData } from './fake-gateway.js';
export { gatewayHandlers, type MswHttp } from './msw-handlers.js';
export { until } from './until.js';
