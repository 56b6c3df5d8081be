import type { IndicatorId } from '../../measurement/indicators.ts';
import type { Procedure } from '../../service-test/procedures.ts';

type Measure = IndicatorId | 'restartTime' | 'parametersCorrected' | 'parametersMismatched';

interface TestSpecification {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly procedure: Procedure;
  readonly category: 'mobile' | 'fibre';
  readonly measures: readonly Measure[];
}

/** The tests an agent can run. */
export const testSpecifications: readonly TestSpecification[] = [
  {
    id: 'TSP-1',
    name: 'Mobile speed test',
    description: 'Loads the radio link and measures what it reaches.',
    procedure: 'speed',
    category: 'mobile',
    measures: ['throughput', 'latency', 'packetLoss'],
  },
  {
    id: 'TSP-2',
    name: 'Fibre speed test',
    description: 'Loads the line and measures what it reaches.',
    procedure: 'speed',
    category: 'fibre',
    measures: ['throughput', 'latency', 'packetLoss'],
  },
  {
    id: 'TSP-3',
    name: 'Mobile line test',
    description: 'Measures the radio link without loading it.',
    procedure: 'line',
    category: 'mobile',
    measures: ['signal', 'packetLoss', 'latency'],
  },
  {
    id: 'TSP-4',
    name: 'Fibre line test',
    description: 'Measures the optical path without loading it.',
    procedure: 'line',
    category: 'fibre',
    measures: ['signal', 'packetLoss', 'latency'],
  },
  {
    id: 'TSP-5',
    name: 'Restart the router',
    description: 'Restarts the router at the customer, then measures the service.',
    procedure: 'reboot',
    category: 'fibre',
    measures: ['restartTime', 'throughput', 'latency', 'packetLoss'],
  },
  {
    id: 'TSP-6',
    name: 'Refresh mobile provisioning',
    description: 'Writes the service to the network again as it is in the inventory.',
    procedure: 'refreshProvisioning',
    category: 'mobile',
    measures: ['parametersCorrected', 'parametersMismatched', 'signal'],
  },
  {
    id: 'TSP-7',
    name: 'Refresh fibre provisioning',
    description: 'Writes the service to the network again as it is in the inventory.',
    procedure: 'refreshProvisioning',
    category: 'fibre',
    measures: ['parametersCorrected', 'parametersMismatched', 'signal'],
  },
];

/** What a test measures beside the indicators; the limits are in the unit. */
export const otherMeasures = {
  restartTime: {
    name: 'Restart time',
    description: 'Seconds from the command until the router measures again.',
    unit: 's',
    upper: 60,
  },
  parametersCorrected: {
    name: 'Parameters corrected',
    description: 'Parameters that differed in the network and were written again.',
    unit: '1',
    upper: undefined,
  },
  parametersMismatched: {
    name: 'Parameters mismatched',
    description: 'Parameters that still differ in the network.',
    unit: '1',
    upper: 0,
  },
} as const;

export function speedTestOf(category: 'mobile' | 'fibre'): TestSpecification {
  const found = testSpecifications.find((test) => test.procedure === 'speed' && test.category === category);
  if (!found) throw new Error(`There is no speed test for ${category}.`);
  return found;
}
