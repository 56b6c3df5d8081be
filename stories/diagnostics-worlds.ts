import { JioAssistError, type Sample } from '@jioassist/core-sdk';
import {
  buildAlarm,
  buildBucket,
  buildCustomer,
  buildCustomerBill,
  buildMeasurements,
  buildService,
  buildServiceProblem,
  buildServiceTest,
  fakeAuth,
  type FakeGateway,
} from '@jioassist/core-sdk/testing';
import type { World } from './helpers.js';

const SERVICES = '/tmf-api/serviceInventory/v4/service';
const MEASUREMENT = '/jioassist/v1/measurement';
const ALARMS = '/tmf-api/alarm/v4/alarm';
const PROBLEMS = '/tmf-api/serviceProblemManagement/v4/serviceProblem';
const TESTS = '/tmf-api/serviceTestManagement/v4/serviceTest';
const SPECIFICATIONS = '/tmf-api/serviceTestManagement/v4/serviceTestSpecification';
const BUCKETS = '/tmf-api/prepayBalanceManagement/v4/bucket';
const BILLS = '/tmf-api/customerBillManagement/v4/customerBill';
const PRODUCTS = '/tmf-api/productInventory/v4/product';

/** Since when the ill service of these worlds is ill, in milliseconds before now. */
const ILL_FOR = 95_000;

const ago = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();
const number = (name: string, value: unknown) => ({ name, value });

export const mobile = buildService({
  serviceCharacteristic: [number('msisdn', '+919812345210'), number('barring', 'none')],
});
export const fibre = buildService({
  id: 'SVC-2',
  name: 'Home fibre 300',
  category: 'fibre',
  serviceCharacteristic: [number('barring', 'none')],
});
const barred = buildService({
  id: 'SVC-3',
  name: 'Mobile 4G',
  serviceCharacteristic: [
    number('msisdn', '+919812345211'),
    number('barring', 'outgoing'),
    number('barringReason', 'paymentOverdue'),
  ],
});

const packetLoss = () =>
  buildAlarm({
    id: 'ALM-9',
    specificProblem: 'packetLoss',
    perceivedSeverity: 'major',
    alarmedObject: { id: 'SVC-2' },
    affectedService: [{ id: 'SVC-2' }],
    alarmRaisedTime: ago(ILL_FOR),
    evidence: {
      performanceIndicatorSpecification: { id: 'packetLoss' },
      reason: 'level shift',
      value: 0.74,
      expected: 0.12,
      lower: 0,
      upper: 0.3,
      unit: '%',
      since: ago(ILL_FOR),
      lastGood: ago(ILL_FOR + 1_000),
    },
  });

const speedTest = {
  id: 'TSP-2',
  name: 'Fibre speed test',
  description: 'Loads the line and measures what it reaches.',
  testMeasureDefinition: [
    { metricName: 'throughput', unitOfMeasure: 'Mbit/s', thresholdRule: [{ conformanceTargetLower: '80' }] },
    { metricName: 'latency', unitOfMeasure: 'ms', thresholdRule: [{ conformanceTargetUpper: '25' }] },
  ],
};
const restart = {
  id: 'TSP-5',
  name: 'Restart the router',
  description: 'Restarts the router.',
  testMeasureDefinition: [],
};
const measure = (metricName: string, unitOfMeasure: string, value: number, result: string) => ({
  metricName,
  unitOfMeasure,
  captureDateTime: ago(60_000),
  captureMethod: 'probe',
  value: { value },
  result,
  ruleViolation: [],
});

const tests = () => [
  buildServiceTest({
    id: 'TST-9',
    name: 'Restart the router',
    state: 'inProgress',
    startDateTime: ago(8_000),
    endDateTime: undefined,
    relatedService: { id: 'SVC-2', name: 'Home fibre 300' },
    testSpecification: { id: 'TSP-5', name: '' },
    testMeasure: [],
    characteristic: [number('progress', 40)],
  }),
  buildServiceTest({
    id: 'TST-8',
    name: 'Fibre speed test',
    startDateTime: ago(70_000),
    endDateTime: ago(60_000),
    relatedService: { id: 'SVC-2', name: 'Home fibre 300' },
    testSpecification: { id: 'TSP-2', name: '' },
    testMeasure: [measure('throughput', 'Mbit/s', 38.2, 'fail'), measure('latency', 'ms', 21, 'pass')],
  }),
];

/** The last five minutes of the services that were asked for; those that are ill have been since {@link ILL_FOR}. */
export function withHistory(
  ill: Readonly<Record<string, Record<string, number>>>,
): (gateway: FakeGateway) => void {
  return (gateway) => {
    gateway.answer(MEASUREMENT, () => {
      const asked = gateway.requests.findLast((request) => request.startsWith(MEASUREMENT)) ?? '';
      const ids = new URLSearchParams(asked.split('?')[1]).get('monitoredObject.id')?.split(',') ?? [];
      const now = Date.now();
      const series = ids.flatMap((id) => buildMeasurements(id, now));
      return Response.json(
        series.map((one) => {
          const odd = ill[one.monitoredObject.id]?.[one.performanceIndicatorSpecification.id];
          const change = ([time, value]: Sample): Sample =>
            odd !== undefined && time > now - ILL_FOR
              ? [time, odd * (1 + 0.1 * Math.sin(time / 900))]
              : [time, value];
          return { ...one, sample: one.sample.map(change) };
        }),
      );
    });
  };
}

const customers = [buildCustomer()];
const ILL = { 'SVC-2': { packetLoss: 0.74 } };
const resources = {
  [ALARMS]: [packetLoss()],
  [TESTS]: tests(),
  [SPECIFICATIONS]: [speedTest, restart],
  [BUCKETS]: [buildBucket({ usageType: 'data', remainingValue: { amount: 12.4, units: 'GB' } })],
  [PRODUCTS]: [{ id: 'PRD-1', realizingService: [{ id: 'SVC-1' }] }],
  [BILLS]: [buildCustomerBill({ paymentDueDate: new Date(Date.now() + 9 * 86_400_000).toISOString() })],
};

export const worlds = {
  healthy: { data: { customers, services: { 'C-1': [mobile, fibre] } }, live: ['SVC-1', 'SVC-2'] },
  ill: {
    data: { customers, services: { 'C-1': [mobile, fibre] }, resources },
    live: ['SVC-1', 'SVC-2'],
    values: ILL,
    prepare: withHistory(ILL),
  },
  areaOutage: {
    data: {
      customers,
      services: { 'C-1': [mobile, fibre] },
      resources: {
        ...resources,
        [PROBLEMS]: [
          buildServiceProblem({
            name: 'Outage at OLT-MAH-0100',
            creationDate: ago(ILL_FOR),
            affectedService: [{ id: 'SVC-2', name: 'Home fibre 300' }],
          }),
        ],
      },
    },
    live: ['SVC-1', 'SVC-2'],
    values: ILL,
    prepare: withHistory(ILL),
  },
  barred: {
    data: {
      customers,
      services: { 'C-1': [fibre, barred] },
      resources: { [BILLS]: [buildCustomerBill({ paymentDueDate: ago(9 * 86_400_000) })] },
    },
    live: ['SVC-2', 'SVC-3'],
  },
  signedOut: { auth: fakeAuth('signed-out') },
  popupBlocked: { auth: fakeAuth('signed-out', new JioAssistError('auth/popup-blocked', 'blocked')) },
  noCustomer: { customerId: null },
  loading: {
    prepare: (gateway) => {
      gateway.answer(SERVICES, () => new Promise(() => undefined));
    },
  },
  noServices: { data: { services: {} } },
  notActive: {
    data: { services: { 'C-1': [buildService({ state: 'inactive' }), fibre] } },
    live: ['SVC-2'],
  },
  partlyFailing: {
    data: { customers, services: { 'C-1': [mobile, fibre] } },
    live: ['SVC-1', 'SVC-2'],
    prepare: (gateway) => {
      gateway.answer(ALARMS, () => new Response(null, { status: 400 }));
      gateway.answer(BILLS, () => new Response(null, { status: 403 }));
    },
  },
  noLiveValues: {
    data: { customers, services: { 'C-1': [mobile] } },
    prepare: (gateway) => {
      gateway.answer(MEASUREMENT, () => new Response(null, { status: 400 }));
    },
  },
  /** The stream is open and brings nothing. */
  stale: { data: { customers, services: { 'C-1': [mobile, fibre] } } },
  offline: {
    data: { customers, services: { 'C-1': [mobile, fibre] } },
    then: (gateway) => {
      gateway.goDown();
    },
  },
  unknownCustomer: { customerId: 'C-404' },
  refused: {
    prepare: (gateway) => {
      gateway.answer(SERVICES, () => new Response(null, { status: 403 }));
    },
  },
  longNames: {
    data: {
      customers: [buildCustomer({ name: 'Thiruvananthapuram Narayanaswamy Venkatasubramanian Iyer' })],
      services: {
        'C-1': [buildService({ name: 'Family postpaid with international roaming, 5 connections' }), fibre],
      },
    },
    live: ['SVC-1', 'SVC-2'],
  },
  many: {
    data: {
      customers,
      services: {
        'C-1': Array.from({ length: 200 }, (_, index) =>
          buildService({
            id: `SVC-${index}`,
            name: `Connection ${index + 1}`,
            category: index % 3 ? 'mobile' : 'fibre',
          }),
        ),
      },
    },
    live: Array.from({ length: 200 }, (_, index) => `SVC-${index}`),
  },
} satisfies Record<string, World>;
