import { networkLoad } from './daily-rhythm.ts';
import { impairmentOf, type Fault, type Impairment } from './faults.ts';
import { severityAt, type Condition, type Plant, type Severity } from './incidents.ts';
import type { Sample } from './indicators.ts';
import { fraction, hash, hashText, layeredNoise } from './noise.ts';

export type Technology = Plant['technology'];

/** What the model needs to know of a service. */
export interface MeasuredService {
  readonly id: string;
  readonly technology: Technology;
  /** The cell or OLT that carries it. */
  readonly resourceId: string;
  readonly condition?: Condition;
  /** What has gone wrong with it at a known moment. */
  readonly faults?: readonly Fault[];
  /** The operator lets nothing through: there is a signal, but nothing that could be measured over it. */
  readonly isBarred?: boolean;
}

interface Baseline {
  readonly latency: number;
  readonly packetLoss: number;
  readonly signal: number;
  readonly throughput: number;
  /** How far a service may be from the technology's middle value. */
  readonly signalSpread: number;
  /** How much the daily load slows it. */
  readonly sensitivity: number;
}

const BASELINES: { readonly [technology in Technology]: Baseline } = {
  '4G': { latency: 42, packetLoss: 0.12, signal: -92, throughput: 24, signalSpread: 8, sensitivity: 0.55 },
  '5G': { latency: 18, packetLoss: 0.05, signal: -84, throughput: 210, signalSpread: 7, sensitivity: 0.35 },
  fibre: { latency: 6, packetLoss: 0.01, signal: -20, throughput: 145, signalSpread: 1.5, sensitivity: 0.15 },
};

/** The signal below which a phone has no service at all. */
const NO_SERVICE = -118;
/** What is measured of a service that the network does not see. */
const GONE: Sample = { latency: null, packetLoss: 100, signal: null, throughput: null };

/**
 * The simulated network: what one service measures at one moment. A pure function of the seed, the service and the time,
 * so that any moment of the past can be computed again.
 */
export class Network {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Whether something is wrong with what carries the service, or with itself, at a moment: the truth behind what is measured. */
  isTroubled(service: MeasuredService, time: number): boolean {
    const severity = severityAt(plantOf(service, this.#seed), time);
    const impairment = impairmentOf(service.id, service.faults ?? [], time);
    const extents: number[] = Object.values({ ...severity, ...impairment });
    return extents.some((extent) => extent > 0);
  }

  sample(service: MeasuredService, time: number): Sample {
    const key = hash(this.#seed, hashText(service.id));
    const baseline = BASELINES[service.technology];
    const impairment = impairmentOf(service.id, service.faults ?? [], time);
    if (impairment.gone > 0.5) return GONE;
    const severity = worse(severityAt(plantOf(service, this.#seed), time), impairment);
    const load = networkLoad(time) * baseline.sensitivity;
    const busy = Math.min(0.95, load + 0.85 * severity.cellCongestion);
    const noise = (channel: number) => layeredNoise(hash(key, channel), time);
    const signal = signalOf(service.technology, key, noise(1), severity);
    if (signal < NO_SERVICE) return GONE;
    if (service.isBarred) return { ...GONE, packetLoss: null, signal: round(signal, 1) };
    const weak = weakness(service.technology, signal, baseline.signal);
    const slow = slowdown(impairment);
    return {
      latency: round(latencyOf(baseline, key, busy, noise(2), severity.fibreDegradation, weak) * slow, 1),
      packetLoss: round(lossOf(baseline, key, time, { ...severity, ...impairment }, weak, noise(3)), 2),
      signal: round(signal, 1),
      throughput: round(
        throughputOf(baseline, key, busy, noise(4), severity.fibreDegradation, weak) / slow,
        1,
      ),
    };
  }
}

function plantOf(service: MeasuredService, seed: number): Plant {
  const key = hash(seed, hashText(service.resourceId));
  return { key, technology: service.technology, ...(service.condition && { standing: service.condition }) };
}

/** A fault adds to what the plant suffers from anyway. */
const worse = (severity: Severity, { congestion }: Impairment): Severity => ({
  ...severity,
  cellCongestion: Math.max(severity.cellCongestion, congestion),
});

/** How many times slower a device of the customer makes the service. */
const slowdown = ({ throttling, drops }: Impairment): number => (1 + 2.2 * throttling) * (1 + 0.3 * drops);

function signalOf(
  technology: Technology,
  key: number,
  noise: number,
  severity: { signalDips: number; fibreDegradation: number },
): number {
  const { signal, signalSpread } = BASELINES[technology];
  const own = signal + (fraction(key, 11) * 2 - 1) * signalSpread;
  const swing = technology === 'fibre' ? 0.25 : 3.5;
  return own + noise * swing - 24 * severity.signalDips - 5.5 * severity.fibreDegradation;
}

/** 0 at a good signal, 1 where the link barely holds. */
function weakness(technology: Technology, signal: number, usual: number): number {
  const range = technology === 'fibre' ? 9 : 28;
  return Math.max(0, Math.min(1, (usual - signal) / range));
}

function latencyOf(
  base: Baseline,
  key: number,
  busy: number,
  noise: number,
  degraded: number,
  weak: number,
): number {
  const own = base.latency * (0.9 + 0.2 * fraction(key, 12));
  // A queue's delay grows without bound as it fills; this keeps it to what buffers hold.
  const queue = (0.35 * busy) / (1 - 0.92 * busy);
  const jitter = 1 + 0.08 * noise + Math.max(0, noise) ** 3 * 0.3;
  return own * (1 + queue + weak * weak * 1.5 + degraded * 2.2) * jitter;
}

function lossOf(
  base: Baseline,
  key: number,
  time: number,
  severity: { cellCongestion: number; fibreDegradation: number; drops: number },
  weak: number,
  noise: number,
): number {
  const idle = Math.max(0, base.packetLoss * (1 + 1.5 * noise));
  const lineFaults = 2.4 * severity.cellCongestion ** 2 + 5.5 * severity.fibreDegradation;
  const faults = lineFaults + 6 * severity.drops + 4 * weak ** 3;
  // Loss comes in bursts: some seconds of a bad spell are far worse than their neighbours.
  const burst = fraction(key, 13, Math.floor(time / 1_000)) > 0.9 ? 1.7 : 1;
  return Math.min(100, idle + Math.max(0, faults * (1 + 0.45 * noise)) * burst);
}

function throughputOf(
  base: Baseline,
  key: number,
  busy: number,
  noise: number,
  degraded: number,
  weak: number,
): number {
  const own = base.throughput * (0.8 + 0.4 * fraction(key, 14));
  const share = (1 - busy) * (1 - 0.6 * degraded) * (1 - 0.85 * weak);
  return Math.max(0.1, own * share * (1 + 0.12 * noise));
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
