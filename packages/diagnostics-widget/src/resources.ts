/**
 * The TM Forum resources the widget's answers are made from, as far as it looks at them: TMF642 alarms, TMF656 service
 * problems, TMF654 buckets, TMF678 bills and TMF653 tests.
 */
export interface Ref {
  readonly id: string;
  readonly name?: string | undefined;
}

export interface Quantity {
  readonly amount: number;
  readonly units: string;
}

export interface Money {
  readonly value: number;
  readonly unit: string;
}

export interface Alarm {
  readonly id: string;
  readonly state: string;
  readonly perceivedSeverity: string;
  readonly specificProblem: string;
  readonly alarmRaisedTime: string;
  readonly alarmedObject?: Ref | undefined;
  readonly affectedService: readonly Ref[];
  readonly evidence?: Evidence | undefined;
}

/** What the gateway's detector knew when it raised the alarm. */
export interface Evidence {
  readonly performanceIndicatorSpecification?: Ref | undefined;
  readonly reason?: string | undefined;
  readonly value?: number | null | undefined;
  readonly expected?: number | null | undefined;
  readonly lower?: number | null | undefined;
  readonly upper?: number | null | undefined;
  readonly unit?: string | undefined;
  readonly since?: string | undefined;
  readonly lastGood?: string | undefined;
}

export interface ServiceProblem {
  readonly id: string;
  readonly status: string;
  readonly category: string;
  readonly description: string;
  readonly creationDate?: string | undefined;
  readonly affectedService: readonly Ref[];
  readonly affectedLocation: readonly Ref[];
}

export interface Bucket {
  readonly id: string;
  readonly usageType: string;
  readonly remainingValue?: Quantity | undefined;
  readonly logicalResource: readonly Ref[];
}

export interface Bill {
  readonly id: string;
  readonly state: string;
  readonly paymentDueDate?: string | undefined;
  readonly remainingAmount?: Money | undefined;
}
