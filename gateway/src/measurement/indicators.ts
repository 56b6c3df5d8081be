/** A measured quantity, in TMF628's words a performance indicator specification. */
export interface Indicator {
  readonly id: 'latency' | 'packetLoss' | 'signal' | 'throughput';
  readonly name: string;
  readonly description: string;
  readonly indicatorUnit: string;
  readonly indicatorCategory: string;
  /** Its column in the measurement tables. */
  readonly column: string;
}

export const indicators: readonly Indicator[] = [
  {
    id: 'latency',
    name: 'Latency',
    description: 'Round-trip time between the service and the edge of the core network.',
    indicatorUnit: 'ms',
    indicatorCategory: 'delay',
    column: 'latency',
  },
  {
    id: 'packetLoss',
    name: 'Packet loss',
    description: 'Share of probe packets that were not answered.',
    indicatorUnit: '%',
    indicatorCategory: 'reliability',
    column: 'packet_loss',
  },
  {
    id: 'signal',
    name: 'Signal',
    description: 'Received power: RSRP of the serving cell for mobile, optical power at the ONT for fibre.',
    indicatorUnit: 'dBm',
    indicatorCategory: 'radio',
    column: 'signal',
  },
  {
    id: 'throughput',
    name: 'Throughput',
    description: 'Downlink rate that the service can reach.',
    indicatorUnit: 'Mbit/s',
    indicatorCategory: 'capacity',
    column: 'throughput',
  },
];

export type IndicatorId = Indicator['id'];

/** One moment of one service; null where nothing could be measured. */
export type Sample = { readonly [id in IndicatorId]: number | null };
