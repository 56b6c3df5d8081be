import type { Customer } from '../api/customer-api.js';
import type { Measurement, PerformanceIndicatorSpecification } from '../api/measurement-api.js';
import type { Service } from '../api/service-api.js';

/** A customer as the gateway would give it, with what a test says of it. */
export function buildCustomer(values: Partial<Customer> = {}): Customer {
  return { id: 'C-1', name: 'Meera Nair', status: 'active', characteristic: [], ...values };
}

/** An active mobile service of {@link buildCustomer}'s customer. */
export function buildService(values: Partial<Service> = {}): Service {
  return {
    id: 'SVC-1',
    name: 'Mobile Plus 5G',
    category: 'mobile',
    state: 'active',
    serviceCharacteristic: [{ name: 'msisdn', value: '+919812345210' }],
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
