/** What a fact can be: `double` for every number, because the facts come as JSON. */
export type FactType = 'string' | 'double' | 'bool' | 'list<string>';

/** How a fact reads in a text, where its type alone does not say. */
export type FactUnit = 'rupees' | 'percent' | 'days' | 'hours' | 'years' | 'date' | 'gigabytes' | 'points';

export interface Fact<T extends FactType = FactType> {
  readonly type: T;
  readonly unit?: FactUnit;
}

const TEXT: Fact<'string'> = { type: 'string' };
const TEXTS: Fact<'list<string>'> = { type: 'list<string>' };
const FLAG: Fact<'bool'> = { type: 'bool' };
const NUMBER: Fact<'double'> = { type: 'double' };
const MOMENT: Fact<'string'> = { type: 'string', unit: 'date' };
const number = (unit: FactUnit): Fact<'double'> => ({ type: 'double', unit });

/**
 * Everything a rule can ask about, by group; `fact-descriptions.ts` says what each is. A fact that is not known is absent:
 * a rule that reads it says nothing, unless it asks `has(group.fact)` first. Numbers of days and hours count from now; they
 * are negative for what is past.
 */
export const FACT_MODEL = {
  customer: {
    segment: TEXT,
    status: TEXT,
    circle: TEXT,
    language: TEXT,
    ageYears: number('years'),
    tenureYears: number('years'),
  },
  identity: {
    documentExpiresInDays: number('days'),
    isVerified: FLAG,
  },
  contacts: {
    inSevenDays: NUMBER,
    sameReasonInSevenDays: NUMBER,
    repeatedReason: TEXT,
    socialComplaintsInSevenDays: NUMBER,
  },
  tickets: {
    open: NUMBER,
    overdue: NUMBER,
    mostOverdueHours: number('hours'),
    mostOverdueName: TEXT,
    mostOverdueId: TEXT,
  },
  balance: {
    rupees: number('rupees'),
    dataUsedPercent: number('percent'),
    dataLeftGigabytes: number('gigabytes'),
    validityEndsInHours: number('hours'),
    validityEnds: MOMENT,
  },
  billing: {
    latestAmount: number('rupees'),
    usualAmount: number('rupees'),
    timesUsual: NUMBER,
    overdueAmount: number('rupees'),
    overdueDays: number('days'),
    autoPayFailed: FLAG,
    refundPendingAmount: number('rupees'),
    refundPendingDays: number('days'),
  },
  services: {
    names: TEXTS,
    active: NUMBER,
    barred: NUMBER,
    barring: TEXT,
    barringReason: TEXT,
    roamingNotActive: FLAG,
    simChangedHoursAgo: number('hours'),
    deviceName: TEXT,
    deviceSupportEndsInDays: number('days'),
    daysBelowPlanSpeed: number('days'),
    slowServiceName: TEXT,
  },
  network: {
    isOutage: FLAG,
    isDegraded: FLAG,
    problemName: TEXT,
    problemId: TEXT,
    area: TEXT,
    since: MOMENT,
    sinceHours: number('hours'),
    affectedServices: TEXTS,
    alarms: NUMBER,
    criticalAlarms: NUMBER,
  },
  orders: {
    open: NUMBER,
    portOutRequested: FLAG,
    portInDelayedDays: number('days'),
    terminationRequested: FLAG,
    mostOverdueDays: number('days'),
  },
  appointments: {
    missedDaysAgo: number('days'),
    nextInHours: number('hours'),
    next: MOMENT,
  },
  loyalty: {
    tier: TEXT,
    points: number('points'),
    expiringPoints: number('points'),
    expireInDays: number('days'),
  },
  risk: {
    churn: NUMBER,
    fraud: NUMBER,
    payment: NUMBER,
  },
  consent: {
    isOnFile: FLAG,
    offersByPhone: FLAG,
  },
  offers: {
    names: TEXTS,
    best: TEXT,
    isUpgrade: FLAG,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Fact>>>>;

type Model = typeof FACT_MODEL;
interface ValueOf {
  string: string;
  double: number;
  bool: boolean;
  'list<string>': readonly string[];
}

/** The facts about one customer, as far as they are known. */
export type CustomerFacts = {
  readonly [Group in keyof Model]?: {
    readonly [Name in keyof Model[Group]]?: Model[Group][Name] extends Fact<infer T> ? ValueOf[T] : never;
  };
};

/** What is known of one group. */
export type FactGroup<Group extends keyof Model> = NonNullable<CustomerFacts[Group]>;

/** A fact by its place in the model, such as `billing.overdueAmount`. */
export type FactPath = `${string}.${string}`;

const facts: ReadonlyMap<string, Fact> = new Map(
  Object.entries(FACT_MODEL).flatMap(([group, members]) =>
    Object.entries(members).map(([name, fact]): [string, Fact] => [`${group}.${name}`, fact]),
  ),
);

/** Every place in the model. */
export const FACT_PATHS = [...facts.keys()] as readonly FactPath[];

/** The fact at a place, if there is one. */
export const factAt = (path: string): Fact | undefined => facts.get(path);

/** The value of a fact; undefined when it is not known. */
export function valueAt(known: CustomerFacts, path: FactPath): unknown {
  const [group = '', name = ''] = path.split('.');
  const members = (known as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>)[group];
  return members?.[name];
}
