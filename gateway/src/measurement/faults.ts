import { fraction, hash, hashText, smoothNoise } from './noise.ts';

export const faultKinds = [
  'congestion',
  'fibreCut',
  'notRegistered',
  'overheating',
  'badFirmware',
  'restarting',
] as const;
/** Something that goes wrong, or is done, at a known moment. */
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** How much faster than the clock it grows. */
  readonly speed: number;
  /** From then on it fades; epoch milliseconds. */
  readonly endedAt?: number;
}

/** What faults do to a service at one moment, each from 0 (nothing) to 1 (as bad as it gets). */
export interface Impairment {
  /** 1: nothing reaches the network at all. */
  readonly gone: number;
  readonly congestion: number;
  readonly throttling: number;
  readonly drops: number;
}

const MINUTE = 60;
/** Milliseconds in which a fault that was ended fades away. */
const FADING = 3_000;
const NOTHING: Impairment = { gone: 0, congestion: 0, throttling: 0, drops: 0 };

/** What the faults of a service add up to. */
export function impairmentOf(serviceId: string, faults: readonly Fault[], time: number): Impairment {
  if (faults.length === 0) return NOTHING;
  const sum = { ...NOTHING };
  for (const fault of faults) {
    for (const [effect, extent] of Object.entries(effectOf(serviceId, fault, time))) {
      const name = effect as keyof Impairment;
      sum[name] = Math.max(sum[name], extent * fading(fault, time));
    }
  }
  return sum;
}

/** How bad a fault would be by now if nobody had ended it. */
function effectOf(serviceId: string, fault: Fault, time: number): Partial<Impairment> {
  const elapsed = ((time - fault.startedAt) / 1_000) * fault.speed;
  if (elapsed < 0) return {};
  const key = hashText(serviceId);
  switch (fault.kind) {
    case 'congestion':
      return { congestion: ramp(elapsed, 0, 3 * MINUTE) * swell(key, time) };
    case 'fibreCut':
      return { gone: elapsed >= MINUTE / 2 ? 1 : 0 };
    case 'notRegistered':
      return { gone: elapsed >= MINUTE ? 1 : 0 };
    case 'overheating':
      return { throttling: ramp(elapsed, 0, 3 * MINUTE) * swell(key, time) };
    case 'badFirmware':
      // Routers update one after another.
      return { drops: ramp(elapsed, 2 * MINUTE * fraction(key, 21), MINUTE) * swell(key, time) };
    case 'restarting':
      return { gone: 1 };
  }
}

/** What has ended is over at once where nothing was left, and eases off elsewhere. */
function fading({ kind, endedAt }: Fault, time: number): number {
  if (endedAt === undefined || time < endedAt) return 1;
  const isAtOnce = kind === 'restarting' || kind === 'notRegistered' || kind === 'fibreCut';
  return isAtOnce ? 0 : Math.max(0, 1 - (time - endedAt) / FADING);
}

/** From 0 to 1 between `start` and `start + length`. */
const ramp = (at: number, start: number, length: number): number =>
  Math.max(0, Math.min(1, (at - start) / length));

/** A fault swells and eases, as real ones do. */
const swell = (key: number, time: number): number => 0.94 + 0.06 * smoothNoise(hash(key, 22), time, 20_000);
