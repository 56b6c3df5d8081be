import type { FaultKind } from '../measurement/faults.ts';

export const procedures = ['speed', 'line', 'reboot', 'refreshProvisioning'] as const;
/** What a test does; a specification names it in its characteristic `procedure`. */
export type Procedure = (typeof procedures)[number];

export type Step = 'waiting' | 'measuring' | 'restarting' | 'registering' | 'provisioning';

interface Course {
  /** How long it takes. */
  readonly seconds: number;
  /** What is done until which second. */
  readonly steps: readonly { readonly step: Step; readonly until: number }[];
  /** Seconds in which the service is away. */
  readonly away: number;
  /** What it puts right. */
  readonly heals: readonly FaultKind[];
  /** Whether it needs a device that answers. */
  readonly needsDevice: boolean;
}

/** How each test runs. What is measured is measured in the step `measuring`. */
export const courses: { readonly [procedure in Procedure]: Course } = {
  speed: {
    seconds: 10,
    steps: [{ step: 'measuring', until: 10 }],
    away: 0,
    heals: [],
    needsDevice: false,
  },
  line: {
    seconds: 6,
    steps: [{ step: 'measuring', until: 6 }],
    away: 0,
    heals: [],
    needsDevice: false,
  },
  reboot: {
    seconds: 20,
    steps: [
      { step: 'restarting', until: 12 },
      { step: 'measuring', until: 20 },
    ],
    away: 12,
    heals: ['overheating'],
    needsDevice: true,
  },
  refreshProvisioning: {
    seconds: 8,
    steps: [
      { step: 'provisioning', until: 3 },
      { step: 'registering', until: 5 },
      { step: 'measuring', until: 8 },
    ],
    away: 4,
    heals: ['notRegistered'],
    needsDevice: false,
  },
};

export const isServiceAffecting = (procedure: Procedure): boolean => courses[procedure].away > 0;

/** What is being done after so many seconds. */
export const stepAt = (procedure: Procedure, elapsed: number): Step =>
  courses[procedure].steps.find(({ until }) => elapsed < until)?.step ?? 'measuring';

/** The seconds, from the beginning, in which it measures. */
export function measuringWindow(procedure: Procedure): { from: number; to: number } {
  const { steps, seconds } = courses[procedure];
  const before = steps.slice(
    0,
    steps.findIndex(({ step }) => step === 'measuring'),
  );
  return { from: before.at(-1)?.until ?? 0, to: seconds };
}
