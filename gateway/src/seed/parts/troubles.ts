import type { ResourceDocument } from '../../tmf/declaration.ts';
import { demoAgents } from '../data/agents.ts';
import type { Contact, Order } from '../data/troubles.ts';
import { DAY, HOUR, iso, textCharacteristic, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import { agentParty, technicianOf } from '../staff.ts';

/** What is stored because something is the matter with this customer, beside what every customer has. */
export function addTroubles(ledger: Ledger, subscriber: Subscriber): void {
  const { churn, fraud, contacts = [], visitMissedDaysAgo, orders = [] } = subscriber.trouble;
  if (churn !== undefined || fraud !== undefined) addRisks(ledger, subscriber);
  for (const contact of contacts) addContact(ledger, subscriber, contact);
  if (visitMissedDaysAgo !== undefined) addMissedVisit(ledger, subscriber, visitMissedDaysAgo);
  for (const order of orders) addOrder(ledger, subscriber, order);
  addLineFault(ledger, subscriber);
}

function addRisks(ledger: Ledger, { party, trouble: { churn = 15, fraud = 5 } }: Subscriber): void {
  const score = [
    { riskName: 'ChurnRisk', score: churn },
    { riskName: 'FraudRisk', score: fraud },
    { riskName: 'BadPaymentRisk', score: 10 },
  ];
  const validFor = { startDateTime: iso(ledger.now), endDateTime: iso(ledger.now + 30 * DAY) };
  ledger.add('partyRoleRiskAssessment', {
    partyRole: party,
    status: 'completed',
    riskAssessmentResult: { overallScore: Math.max(churn, fraud), score, validFor },
  });
}

const CHANNELS = {
  voice: { id: 'voice', name: 'Voice call', role: 'interaction' },
  chat: { id: 'chat', name: 'Chat', role: 'interaction' },
  social: { id: 'social', name: 'Social media', role: 'interaction' },
};

function addContact(
  ledger: Ledger,
  { party }: Subscriber,
  { daysAgo, reason, description, channel }: Contact,
): void {
  const at = ledger.now - daysAgo * DAY;
  const period = { startDateTime: iso(at), endDateTime: iso(at + HOUR / 6) };
  const resolution = 'A call back was promised.';
  ledger.add(
    'partyInteraction',
    {
      reason,
      description,
      direction: 'inbound',
      status: 'completed',
      statusChangeDate: period.endDateTime,
      channel: [CHANNELS[channel]],
      interactionDate: period,
      interactionItem: [{ id: '1', reason, resolution, itemDate: period, creationDate: iso(at) }],
      relatedParty: [party, ...demoAgents.slice(0, 1).map(agentParty)],
    },
    { at },
  );
}

function addMissedVisit(ledger: Ledger, { id, party, circle }: Subscriber, daysAgo: number): void {
  const start = ledger.now - daysAgo * DAY;
  ledger.add(
    'appointment',
    {
      description: 'Visit: the technician did not come',
      category: 'repair',
      status: 'failed',
      lastUpdate: iso(start + 3 * HOUR),
      validFor: { startDateTime: iso(start), endDateTime: iso(start + 2 * HOUR) },
      relatedPlace: {
        id: `ADR-${id}`,
        name: circle.city,
        role: 'interventionAddress',
        '@referredType': 'GeographicAddress',
      },
      relatedParty: [party, technicianOf(circle, 0)],
    },
    { at: start - DAY },
  );
}

const ACTIONS = { new: 'add', portIn: 'add', portOut: 'delete', termination: 'delete' } as const;

function addOrder(
  ledger: Ledger,
  { number, party }: Subscriber,
  { category, description, placedDaysAgo, promisedInDays }: Order,
): void {
  ledger.add(
    'productOrder',
    {
      description,
      category,
      priority: '2',
      state: 'inProgress',
      expectedCompletionDate: iso(ledger.now + promisedInDays * DAY),
      billingAccount: { id: `BA-${number}`, '@referredType': 'BillingAccount' },
      productOrderItem: [{ id: '1', action: ACTIONS[category], quantity: 1, state: 'inProgress' }],
      relatedParty: [party],
    },
    { at: ledger.now - placedDaysAgo * DAY },
  );
}

/** A dead line is the customer's own; a cut cable has an area that goes with it. */
function addLineFault(ledger: Ledger, subscriber: Subscriber): void {
  const fibre = subscriber.subscriptions.find(({ category }) => category === 'fibre');
  const { line } = subscriber.trouble;
  if (!fibre || !line) return;
  if (line === 'cut') addCut(ledger, subscriber, fibre.service, fibre.resourceId);
  else addDeadLine(ledger, subscriber, fibre.service);
}

function addDeadLine(ledger: Ledger, { id }: Subscriber, service: ResourceDocument): void {
  const at = ledger.now - 3 * HOUR;
  ledger.add(
    'alarm',
    {
      alarmType: 'communicationsAlarm',
      perceivedSeverity: 'critical',
      probableCause: 'lossOfSignal',
      specificProblem: 'The optical terminal in the home is silent',
      alarmDetails: `No light from the terminal of ${String(service.id)}`,
      alarmedObject: { id: service.id },
      alarmedObjectType: 'OpticalNetworkTerminal',
      sourceSystemId: 'access-network',
      reportingSystemId: 'access-network',
      state: 'raised',
      serviceAffecting: true,
      isRootCause: true,
      alarmRaisedTime: iso(at),
      alarmReportingTime: iso(at),
      alarmChangedTime: iso(at),
      affectedService: [{ id: service.id }],
    },
    { at, about: [id] },
  );
}

function addCut(
  ledger: Ledger,
  { id, circle }: Subscriber,
  service: ResourceDocument,
  resourceId: string,
): void {
  const at = ledger.now - 2 * HOUR;
  const site = `SITE-${resourceId}`;
  ledger.add(
    'serviceProblem',
    {
      name: `Cable cut near ${circle.city}`,
      description: 'A cable was cut at road works; a team is on the way.',
      category: 'network.outage',
      reason: 'cableCut',
      priority: 1,
      status: 'inProgress',
      statusChangeDate: iso(at + HOUR),
      affectedNumberOfServices: 1,
      affectedService: [{ id: service.id, name: service.name, '@referredType': 'Service' }],
      affectedLocation: [{ id: site, name: circle.city, role: 'site', '@referredType': 'GeographicSite' }],
      rootCauseResource: [{ id: resourceId, name: resourceId, '@referredType': 'LogicalResource' }],
      originatorParty: {
        id: 'ORG-1',
        name: 'Demonstration Telecom',
        role: 'operator',
        '@referredType': 'Organization',
      },
    },
    { at, about: [id] },
  );
}

/** What is the matter with a customer's services, as characteristics of the one it is about. */
export function troublesOf(
  { trouble }: Pick<Subscriber, 'trouble'>,
  category: 'mobile' | 'fibre',
  isFirst: boolean,
  now: number,
): ResourceDocument[] {
  const { roamingRequested, simChangedHoursAgo, device, daysBelowPlanSpeed } = trouble;
  if (!isFirst) return [];
  if (category === 'mobile')
    return [
      ...(roamingRequested ? [textCharacteristic('roaming', 'requested')] : []),
      ...(simChangedHoursAgo === undefined
        ? []
        : [{ name: 'simChangeDate', valueType: 'dateTime', value: iso(now - simChangedHoursAgo * HOUR) }]),
    ];
  return [
    ...(daysBelowPlanSpeed === undefined
      ? []
      : [{ name: 'daysBelowPlanSpeed', valueType: 'integer', value: daysBelowPlanSpeed }]),
    ...(device
      ? [
          textCharacteristic('deviceModel', device.model),
          {
            name: 'deviceSupportEndDate',
            valueType: 'dateTime',
            value: iso(now + device.supportEndsInDays * DAY),
          },
        ]
      : []),
  ];
}
