/** What happens at a moment of a scenario: another side rings, answers, hangs up, or something fails. */
export type Step =
  | {
      readonly do: 'ring';
      readonly number: string;
      readonly name?: string;
      readonly dialled?: string;
      readonly queue?: string;
      readonly attachedData?: Readonly<Record<string, string>>;
    }
  /** The caller of the last call that rang leaves. */
  | { readonly do: 'leave' }
  /** Another agent takes the last call that rang. */
  | { readonly do: 'takeElsewhere' }
  /** A colleague puts a call through to this agent. */
  | {
      readonly do: 'transferIn';
      readonly from: string;
      readonly number: string;
      readonly attachedData?: Readonly<Record<string, string>>;
    }
  | { readonly do: 'startRecording' }
  | { readonly do: 'loseConnection'; readonly forMs: number }
  /** The next command is refused, or never answered. */
  | { readonly do: 'refuseNext' | 'ignoreNext' };

export interface TimedStep {
  /** Milliseconds after the step before it, give or take a fifth. */
  readonly after: number;
  readonly step: Step;
}

const CALLER = { number: '+919774853323', dialled: '1800', queue: 'Fibre support' } as const;
const ring = (more: Partial<Extract<Step, { do: 'ring' }>> = {}): Step => ({
  do: 'ring',
  ...CALLER,
  ...more,
});

/** How the other side answers a number that is dialled. */
export const NUMBERS = {
  busy: '5550',
  noAnswer: '5551',
  unreachable: '5552',
} as const;

export const SCENARIOS = {
  /** Nobody calls. */
  quiet: [],
  inbound: [
    { after: 1_500, step: ring({ attachedData: { CustomerId: 'C-1001', Reason: 'Internet is slow' } }) },
  ],
  'inbound-fibre-cut': [{ after: 1_500, step: ring({ attachedData: { Reason: 'No internet' } }) }],
  abandoned: [
    { after: 1_500, step: ring() },
    { after: 4_000, step: { do: 'leave' } },
  ],
  'taken-elsewhere': [
    { after: 1_500, step: ring() },
    { after: 3_000, step: { do: 'takeElsewhere' } },
  ],
  'transfer-in': [
    {
      after: 1_500,
      step: {
        do: 'transferIn',
        from: '7002',
        number: CALLER.number,
        attachedData: { TransferredBy: 'Ravi Kumar', Reason: 'Bill' },
      },
    },
  ],
  recording: [
    { after: 1_500, step: ring() },
    { after: 6_000, step: { do: 'startRecording' } },
  ],
  'two-calls': [
    { after: 1_500, step: ring() },
    { after: 6_000, step: ring({ number: '+919248422125', queue: 'Billing' }) },
  ],
  failures: [
    { after: 1_500, step: ring() },
    { after: 3_000, step: { do: 'refuseNext' } },
    { after: 6_000, step: { do: 'loseConnection', forMs: 3_000 } },
    { after: 3_000, step: { do: 'ignoreNext' } },
  ],
} as const satisfies Readonly<Record<string, readonly TimedStep[]>>;

export type ScenarioName = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as readonly ScenarioName[];
