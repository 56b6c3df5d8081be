/** What a fact can be: `double` for every number, because the facts come as JSON. */
export type FactType = 'string' | 'double' | 'bool' | 'list<string>';

/** How a fact reads in a text, where its type alone does not say. */
export type FactUnit = 'rupees' | 'percent' | 'days' | 'hours' | 'years' | 'date' | 'gigabytes' | 'points';

export interface Fact<T extends FactType = FactType> {
  readonly type: T;
  readonly unit?: FactUnit;
  /** One sentence for whoever writes rules. */
  readonly description: string;
}

const text = (description: string): Fact<'string'> => ({ type: 'string', description });
const flag = (description: string): Fact<'bool'> => ({ type: 'bool', description });
const texts = (description: string): Fact<'list<string>'> => ({ type: 'list<string>', description });
const number = (description: string, unit?: FactUnit): Fact<'double'> => ({
  type: 'double',
  description,
  ...(unit && { unit }),
});
const moment = (description: string): Fact<'string'> => ({ type: 'string', unit: 'date', description });

/**
 * Everything a rule can ask about, by group. A fact that is not known is absent: a rule that reads it says nothing, unless
 * it asks `has(group.fact)` first. Numbers of days and hours count from now; they are negative for what is past.
 */
export const FACT_MODEL = {
  customer: {
    segment: text(
      'Segment of the customer, such as `consumer`, `youth`, `senior`, `vip` or `business` (TMF629).',
    ),
    status: text('State of the customer relationship (TMF629).'),
    circle: text('Telecom circle the customer belongs to.'),
    language: text('Preferred language, as a two-letter code.'),
    ageYears: number('Age in whole years (TMF632).', 'years'),
    tenureYears: number('Whole years as a customer.', 'years'),
  },
  identity: {
    documentExpiresInDays: number('Days until the identity document on file expires (TMF632).', 'days'),
    isVerified: flag('Whether the identity was verified.'),
  },
  contacts: {
    inSevenDays: number('Contacts of the last seven days, on all channels (TMF683).'),
    sameReasonInSevenDays: number('The most contacts of the last seven days that have one reason in common.'),
    repeatedReason: text('The reason those have in common.'),
    socialComplaintsInSevenDays: number('Complaints on social media in the last seven days.'),
  },
  tickets: {
    open: number('Tickets that are not resolved (TMF621).'),
    overdue: number('Open tickets past the time they were promised for.'),
    mostOverdueHours: number('By how many hours the most overdue ticket is late.', 'hours'),
    mostOverdueName: text('What the most overdue ticket is about.'),
    mostOverdueId: text('Its id.'),
  },
  balance: {
    rupees: number('Main balance of the prepaid service that has least (TMF654).', 'rupees'),
    dataUsedPercent: number('Used share of the data of the plan nearest its end.', 'percent'),
    dataLeftGigabytes: number('What is left of it.', 'gigabytes'),
    validityEndsInHours: number('Hours until the first plan ends.', 'hours'),
    validityEnds: moment('When that is.'),
  },
  billing: {
    latestAmount: number('The newest bill, with tax (TMF678).', 'rupees'),
    usualAmount: number('The median of the three bills before it.', 'rupees'),
    timesUsual: number('The newest bill, as a multiple of that.'),
    overdueAmount: number('What is unpaid past its due date.', 'rupees'),
    overdueDays: number('For how many days the oldest of it is due.', 'days'),
    autoPayFailed: flag('Whether the last automatic payment failed (TMF666).'),
    refundPendingAmount: number('A refund that was promised and not paid yet.', 'rupees'),
    refundPendingDays: number('For how many days it has been promised.', 'days'),
  },
  services: {
    names: texts('Names of the services (TMF638).'),
    active: number('Services in use.'),
    barred: number('Services that are barred.'),
    barring: text('The widest barring: `none`, `outgoing` or `all`.'),
    barringReason: text('Why.'),
    roamingNotActive: flag('Whether roaming was asked for and is not active yet.'),
    simChangedHoursAgo: number('Hours since the newest SIM was put to use.', 'hours'),
    deviceName: text('The device that stops being supported first.'),
    deviceSupportEndsInDays: number('Days until its support ends.', 'days'),
    daysBelowPlanSpeed: number(
      'For how many days in a row a service stays below the speed of its plan.',
      'days',
    ),
    slowServiceName: text('Which service that is.'),
  },
  network: {
    isOutage: flag('Whether a problem that stops a service of the customer is open (TMF656).'),
    isDegraded: flag('Whether a problem that slows one is open.'),
    problemName: text('Name of the worst problem.'),
    problemId: text('Its id.'),
    area: text('Where it is.'),
    since: moment('Since when.'),
    sinceHours: number('For how many hours.', 'hours'),
    affectedServices: texts('Ids of the services of the customer it affects.'),
    alarms: number('Open alarms on services of the customer (TMF642).'),
    criticalAlarms: number('Those that are critical.'),
  },
  orders: {
    open: number('Orders under way (TMF622).'),
    portOutRequested: flag('Whether the customer asked to take a number to another operator.'),
    portInDelayedDays: number('For how many days a number that comes to us is late.', 'days'),
    terminationRequested: flag('Whether an order to end a product is under way.'),
    mostOverdueDays: number('By how many days the most overdue order is late.', 'days'),
  },
  appointments: {
    missedDaysAgo: number('Days since a technician last did not come (TMF646).', 'days'),
    nextInHours: number('Hours until the next visit.', 'hours'),
    next: moment('When that is.'),
  },
  loyalty: {
    tier: text('Tier in the loyalty programme (TMF658).'),
    points: number('Points that can be used.', 'points'),
    expiringPoints: number('Points that expire next.', 'points'),
    expireInDays: number('Days until they do.', 'days'),
  },
  risk: {
    churn: number('Risk that the customer leaves, 0 to 100 (TMF696).'),
    fraud: number('Risk of fraud, 0 to 100.'),
    payment: number('Risk that bills are not paid, 0 to 100.'),
  },
  consent: {
    isOnFile: flag('Whether there is a valid privacy agreement (TMF644).'),
    offersByPhone: flag('Whether offers may be made on the phone.'),
  },
  offers: {
    names: texts('What is recommended, best first (TMF680).'),
    best: text('The first of them.'),
    isUpgrade: flag('Whether that is an upgrade of a product the customer has.'),
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
