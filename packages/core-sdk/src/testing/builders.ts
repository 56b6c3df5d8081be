import type { Measurement, PerformanceIndicatorSpecification } from '../api/measurement-api.js';
import type { Bucket, CustomerBill } from '../api/resources/billing.js';
import type { TroubleTicket } from '../api/resources/care.js';
import type { Customer, Service } from '../api/resources/customer.js';
import type { Alarm, ServiceLevelObjective, ServiceProblem, ServiceTest } from '../api/resources/network.js';

const NOW = '2026-11-24T09:00:00.000Z';

/** A customer as the SDK shows it, with what a test says of it. */
export function buildCustomer(values: Partial<Customer> = {}): Customer {
  return {
    id: 'C-1',
    name: 'Meera Nair',
    status: 'active',
    statusReason: undefined,
    account: [{ id: 'BA-1', name: 'Billing account 1' }],
    validFor: undefined,
    contactMedium: [],
    characteristic: [],
    ...values,
  };
}

/** An active mobile service of {@link buildCustomer}'s customer. */
export function buildService(values: Partial<Service> = {}): Service {
  return {
    id: 'SVC-1',
    name: 'Mobile Plus 5G',
    category: 'mobile',
    state: 'active',
    serviceType: 'Mobile',
    startDate: NOW,
    serviceSpecification: { id: 'MOB-POST-399', name: 'Postpaid 75 GB' },
    serviceCharacteristic: [{ name: 'msisdn', value: '+919812345210' }],
    supportingResource: [{ id: 'CELL-1', name: 'Cell 1' }],
    place: [],
    relatedParty: [],
    ...values,
  };
}

/** What is left of a prepaid balance. */
export function buildBucket(values: Partial<Bucket> = {}): Bucket {
  return {
    id: 'BKT-1',
    name: 'Main balance',
    status: 'active',
    usageType: 'monetary',
    isShared: false,
    remainingValue: { units: 'INR', amount: 361 },
    remainingValueName: 'Rupees',
    reservedValue: undefined,
    validFor: { startDateTime: NOW, endDateTime: undefined },
    product: [{ id: 'PRD-1', name: 'Prepaid Daily 2 GB' }],
    ...values,
  };
}

/** A bill that is sent and not paid. */
export function buildCustomerBill(values: Partial<CustomerBill> = {}): CustomerBill {
  return {
    id: 'BILL-1',
    billNo: '202611-1',
    state: 'sent',
    category: 'normal',
    billDate: '2026-11-15T00:00:00.000Z',
    nextBillDate: '2026-12-15T00:00:00.000Z',
    paymentDueDate: '2026-11-30T00:00:00.000Z',
    billingPeriod: undefined,
    billingAccount: { id: 'BA-1', name: 'Billing account 1' },
    amountDue: { unit: 'INR', value: 588.82 },
    remainingAmount: { unit: 'INR', value: 588.82 },
    taxExcludedAmount: { unit: 'INR', value: 499 },
    taxIncludedAmount: { unit: 'INR', value: 588.82 },
    billDocument: [],
    ...values,
  };
}

/** An open ticket about {@link buildService}'s service. */
export function buildTroubleTicket(values: Partial<TroubleTicket> = {}): TroubleTicket {
  return {
    id: 'TT-1',
    name: 'Slow mobile data',
    description: 'Videos stop in the evening.',
    status: 'inProgress',
    statusChangeReason: '',
    severity: 'Major',
    priority: '2',
    ticketType: 'problem',
    creationDate: NOW,
    lastUpdate: NOW,
    expectedResolutionDate: undefined,
    resolutionDate: undefined,
    channel: { id: 'voice', name: 'Voice call' },
    relatedEntity: [
      { id: 'SVC-1', name: 'Mobile Plus 5G', role: 'affectedService', '@referredType': 'Service' },
    ],
    relatedParty: [],
    note: [],
    ...values,
  };
}

/** A raised alarm that affects {@link buildService}'s service. */
export function buildAlarm(values: Partial<Alarm> = {}): Alarm {
  return {
    id: 'ALM-1',
    alarmType: 'qualityOfServiceAlarm',
    state: 'raised',
    ackState: 'unacknowledged',
    perceivedSeverity: 'major',
    probableCause: 'congestion',
    specificProblem: 'Cell is full',
    alarmDetails: 'More users than the cell can serve',
    alarmedObject: { id: 'CELL-1' },
    alarmedObjectType: 'Cell',
    alarmRaisedTime: NOW,
    alarmChangedTime: NOW,
    alarmClearedTime: undefined,
    isRootCause: true,
    serviceAffecting: true,
    affectedService: [{ id: 'SVC-1' }],
    crossedThresholdInformation: {
      indicatorName: 'throughput',
      indicatorUnit: 'Mbit/s',
      direction: 'down',
      observedValue: undefined,
    },
    evidence: undefined,
    place: [],
    ...values,
  };
}

/** An open problem that affects {@link buildService}'s service. */
export function buildServiceProblem(values: Partial<ServiceProblem> = {}): ServiceProblem {
  return {
    id: 'PRB-1',
    name: 'Cell 1 is full',
    description: 'Congestion in the evening',
    category: 'network.performance',
    reason: 'congestion',
    status: 'inProgress',
    priority: 2,
    creationDate: NOW,
    lastUpdate: NOW,
    statusChangeDate: NOW,
    resolutionDate: undefined,
    affectedNumberOfServices: 120,
    affectedService: [{ id: 'SVC-1', name: 'Mobile Plus 5G' }],
    affectedLocation: [],
    affectedResource: [{ id: 'CELL-1', name: 'Cell 1' }],
    rootCauseResource: [{ id: 'CELL-1', name: 'Cell 1' }],
    rootCauseService: [],
    underlyingAlarm: [{ id: 'ALM-1' }],
    troubleTicket: [],
    trackingRecord: [],
    ...values,
  };
}

/** A test of {@link buildService}'s service that found nothing wrong. */
export function buildServiceTest(values: Partial<ServiceTest> = {}): ServiceTest {
  return {
    id: 'TST-1',
    name: 'Mobile data test',
    description: '',
    mode: 'ONDEMAND',
    state: 'completed',
    startDateTime: NOW,
    endDateTime: NOW,
    relatedService: { id: 'SVC-1', name: 'Mobile Plus 5G' },
    testSpecification: { id: 'TSP-1', name: 'Mobile data test' },
    characteristic: [],
    testMeasure: [
      {
        metricName: 'latency',
        unitOfMeasure: 'ms',
        captureDateTime: NOW,
        captureMethod: 'probe',
        value: { value: 42 },
        result: 'pass',
        ruleViolation: [],
      },
    ],
    ...values,
  };
}

/** How fast a mobile service has to answer. */
export function buildServiceLevelObjective(
  values: Partial<ServiceLevelObjective> = {},
): ServiceLevelObjective {
  return {
    id: 'SLO-1',
    name: 'Latency, mobile',
    conformanceComparator: 'lessThan',
    conformanceTarget: '80',
    thresholdTarget: '80',
    toleranceTarget: '120',
    graceTimes: '3',
    validFor: undefined,
    serviceLevelObjectiveParameter: { name: 'latency' },
    ...values,
  };
}

export const INDICATORS: readonly PerformanceIndicatorSpecification[] = [
  { id: 'latency', name: 'Latency', indicatorUnit: 'ms' },
  { id: 'packetLoss', name: 'Packet loss', indicatorUnit: '%' },
  { id: 'signal', name: 'Signal', indicatorUnit: 'dBm' },
  { id: 'throughput', name: 'Throughput', indicatorUnit: 'Mbit/s' },
];

/** What each KPI of a healthy mobile service swings around, and how far. */
const SHAPES: Readonly<Record<string, readonly [middle: number, swing: number]>> = {
  latency: [42, 9],
  packetLoss: [0.12, 0.1],
  signal: [-88, 4],
  throughput: [38, 11],
};

/** The value of a KPI at a moment: a wave, so that it is the same in every run and looks alive. */
export function valueAt(indicatorId: string, time: number): number {
  const [middle, swing] = SHAPES[indicatorId] ?? [0, 0];
  return middle + swing * Math.sin(time / 9_000) * Math.cos(time / 31_000);
}

/** One sample a second of every KPI of a service, up to `endTime` in epoch milliseconds. */
export function buildMeasurements(serviceId: string, endTime: number, seconds = 300): Measurement[] {
  return INDICATORS.map(({ id }) => ({
    monitoredObject: { id: serviceId },
    performanceIndicatorSpecification: { id },
    sample: Array.from({ length: seconds }, (_, index) => {
      const time = endTime - (seconds - 1 - index) * 1000;
      return [time, valueAt(id, time)] as [number, number];
    }),
  }));
}
