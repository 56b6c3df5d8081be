import type { Condition } from '../measurement/incidents.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { circles, plannedCities } from './data/circles.ts';
import { Draw } from './draw.ts';
import { DAY, HOUR, iso, type Ledger } from './ledger.ts';
import type { Subscriber } from './operator.ts';
import { addPoint, near, type Coordinates } from './parts/places.ts';
import type { Subscription } from './subscription.ts';

const PLANT = 7;

/** What is known of each fault of the network model, in the words of an alarm. */
const FAULTS: {
  readonly [condition in Condition]: {
    cause: string;
    type: string;
    problem: string;
    indicator: string;
    unit: string;
  };
} = {
  cellCongestion: {
    cause: 'congestion',
    type: 'qualityOfServiceAlarm',
    problem: 'Cell congestion',
    indicator: 'throughput',
    unit: 'Mbit/s',
  },
  fibreDegradation: {
    cause: 'degradedSignal',
    type: 'communicationsAlarm',
    problem: 'Optical path degraded',
    indicator: 'signal',
    unit: 'dBm',
  },
  signalDips: {
    cause: 'lossOfSignal',
    type: 'communicationsAlarm',
    problem: 'Signal lost now and then',
    indicator: 'signal',
    unit: 'dBm',
  },
};

/** The cells and line terminals, each once however many services hang on it. */
export class Plant {
  readonly #ledger: Ledger;
  readonly #seed: number;
  readonly #sites = new Map<string, ResourceDocument>();

  constructor(ledger: Ledger, seed: number) {
    this.#ledger = ledger;
    this.#seed = seed;
  }

  /** Every city has something of both kinds; some more are planned. */
  addBackbone(): void {
    for (const circle of circles) {
      this.#site(`OLT-${circle.code}-0001`, circle, circle.city);
      this.#site(`CELL-${circle.code}-0001`, circle, circle.city);
    }
    for (const planned of plannedCities) {
      this.#site(`OLT-${planned.code}-0900`, planned, planned.city, 'planned');
      this.#site(`CELL-${planned.code}-0900`, planned, planned.city);
    }
  }

  /** The plant under a customer's services; for what is ill, the alarm, the problem and the ticket it explains. */
  addUnder(subscriber: Subscriber, tickets: readonly ResourceDocument[]): void {
    for (const subscription of subscriber.subscriptions) {
      const site = this.#site(subscription.resourceId, subscriber.circle, subscriber.circle.city);
      const { condition } = subscription;
      if (condition) this.#addFault(subscriber, subscription, condition, site, tickets);
    }
  }

  #site(code: string, at: Coordinates, city: string, status = 'active'): ResourceDocument {
    const known = this.#sites.get(code);
    if (known) return known;
    const draw = new Draw(this.#seed, PLANT, Number(/\d+$/.exec(code)?.[0]), code.charCodeAt(5));
    const location = addPoint(this.#ledger, code, near(at, draw));
    const site = this.#ledger.add('geographicSite', {
      id: `SITE-${code}`,
      name: `${code.startsWith('OLT') ? 'Line terminal' : 'Cell site'} ${code}`,
      description: `Network site in ${city}`,
      code,
      status,
      place: [{ id: location.id, name: city, '@referredType': 'GeographicLocation' }],
    });
    this.#sites.set(code, site);
    return site;
  }

  #addFault(
    subscriber: Subscriber,
    { service, resourceId }: Subscription,
    condition: Condition,
    site: ResourceDocument,
    tickets: readonly ResourceDocument[],
  ): void {
    const fault = FAULTS[condition];
    const raised = this.#ledger.now - 2 * DAY;
    const place = {
      id: site.id,
      name: subscriber.circle.city,
      role: 'site',
      '@referredType': 'GeographicSite',
    };
    const about = [subscriber.id];
    const alarm = this.#ledger.add(
      'alarm',
      {
        ...alarmOf(fault, resourceId, raised),
        affectedService: [{ id: service.id }],
        place: [place],
      },
      { about },
    );
    const affected = { id: service.id, name: service.name, '@referredType': 'Service' };
    const ticket = tickets.filter(({ relatedEntity }) =>
      JSON.stringify(relatedEntity).includes(`"${String(service.id)}"`),
    );
    this.#ledger.add(
      'serviceProblem',
      {
        name: `${fault.problem} at ${resourceId}`,
        description: `${fault.problem} at ${resourceId} affects services in ${subscriber.circle.city}.`,
        category: 'network.performance',
        reason: fault.cause,
        priority: 2,
        status: 'inProgress',
        statusChangeDate: iso(raised + 2 * HOUR),
        affectedNumberOfServices: 1,
        affectedService: [affected],
        affectedLocation: [place],
        affectedResource: [{ id: resourceId, name: resourceId, '@referredType': 'LogicalResource' }],
        rootCauseResource: [{ id: resourceId, name: resourceId, '@referredType': 'LogicalResource' }],
        originatorParty: {
          id: 'ORG-1',
          name: 'Demonstration Telecom',
          role: 'operator',
          '@referredType': 'Organization',
        },
        underlyingAlarm: [{ id: alarm.id, '@referredType': 'Alarm' }],
        troubleTicket: ticket.map(({ id, name }) => ({ id, name, '@referredType': 'TroubleTicket' })),
      },
      { at: raised + HOUR, about },
    );
  }
}

function alarmOf(
  { cause, type, problem, indicator, unit }: (typeof FAULTS)[Condition],
  resourceId: string,
  raised: number,
): ResourceDocument {
  return {
    alarmType: type,
    perceivedSeverity: 'major',
    probableCause: cause,
    specificProblem: problem,
    alarmDetails: `${problem} at ${resourceId}`,
    alarmedObject: { id: resourceId },
    alarmedObjectType: resourceId.startsWith('OLT') ? 'OpticalLineTerminal' : 'Cell',
    sourceSystemId: 'network-model',
    reportingSystemId: 'network-model',
    state: 'raised',
    serviceAffecting: true,
    isRootCause: true,
    alarmRaisedTime: iso(raised),
    alarmReportingTime: iso(raised),
    alarmChangedTime: iso(raised),
    crossedThresholdInformation: { indicatorName: indicator, indicatorUnit: unit, direction: 'down' },
  };
}
