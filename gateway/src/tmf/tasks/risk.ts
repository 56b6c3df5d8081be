import type { ResourceDocument } from '../declaration.ts';
import { listAt, numberAt, objectAt, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

const DAY = 86_400_000;
const VALID_DAYS = 30;
const NEW_CUSTOMER_DAYS = 180;

/** What is stored about a customer that its risks are read from. */
interface Record {
  readonly customer: ResourceDocument;
  readonly individual: ResourceDocument | undefined;
  readonly bills: readonly ResourceDocument[];
  readonly products: readonly ResourceDocument[];
  readonly tickets: readonly ResourceDocument[];
  readonly now: number;
}

/** Scores from 0 to 100, read from the customer's bills, products, tickets and proof of identity. */
export const assessPartyRole: TaskHook = async (task, request) => {
  const record = await recordOf(task, textAt(request, 'partyRole.id') ?? '');
  if (!record) return { ...request, status: 'failed' };
  const score = Object.entries(SCORES).map(([riskName, scoreOf]) => ({
    riskName,
    score: Math.round(Math.min(100, Math.max(0, scoreOf(record)))),
  }));
  const overallScore = Math.round(score.reduce((sum, entry) => sum + entry.score, 0) / score.length);
  const endDateTime = new Date(record.now + VALID_DAYS * DAY).toISOString();
  const riskAssessmentResult = { overallScore, score, validFor: { startDateTime: task.now, endDateTime } };
  return { ...request, riskAssessmentResult, status: 'completed' };
};

const SCORES: { readonly [riskName: string]: (record: Record) => number } = {
  BadPaymentRisk: badPayment,
  FraudRisk: fraud,
  CreditGamingRisk: creditGaming,
  IDConfidenceRisk: idConfidence,
  ChurnRisk: churn,
};

async function recordOf(task: TaskContext, id: string): Promise<Record | undefined> {
  const customer = await task.find('customer', id);
  if (!customer) return undefined;
  const ofCustomer = { relatedParty: [{ id }] };
  return {
    customer,
    individual: await task.find('individual', textAt(customer, 'engagedParty.id') ?? ''),
    bills: await task.matching('customerBill', ofCustomer),
    products: await task.matching('product', ofCustomer),
    tickets: await task.matching('troubleTicket', ofCustomer),
    now: Date.parse(task.now),
  };
}

function badPayment({ customer, bills, now }: Record): number {
  const overdue = bills.filter(
    (bill) => bill.state !== 'settled' && Date.parse(textAt(bill, 'paymentDueDate') ?? '') < now,
  );
  const share = bills.length > 0 ? (100 * overdue.length) / bills.length : 0;
  return share + (customer.status === 'suspended' ? 30 : 0);
}

/** Products that ended or were stopped soon after they began. */
function fraud({ products }: Record): number {
  const stopped = products.filter(({ status }) => status === 'suspended' || status === 'cancelled').length;
  return products.length > 0 ? (60 * stopped) / products.length : 20;
}

function creditGaming({ customer, tickets, now }: Record): number {
  const since = Date.parse(textAt(customer, 'validFor.startDateTime') ?? '');
  const young = now - since < NEW_CUSTOMER_DAYS * DAY ? 25 : 0;
  const disputes = tickets.filter(({ ticketType }) => ticketType === 'billDispute').length;
  return young + 15 * disputes;
}

function idConfidence({ individual }: Record): number {
  if (listAt(individual, 'individualIdentification').length === 0) return 70;
  return individual?.status === 'validated' ? 5 : 40;
}

/** The stored score where analytics has left one; else what open problems suggest. */
function churn({ customer, tickets }: Record): number {
  const stored = listAt(customer, 'characteristic').find(({ name }) => name === 'churnScore');
  const score = numberAt(stored, 'value') ?? numberAt(objectAt(stored, 'value'), 'value');
  if (score !== undefined) return score;
  const open = tickets.filter(
    ({ status }) => !['resolved', 'closed', 'rejected', 'cancelled'].includes(String(status)),
  );
  return 10 + 20 * open.length;
}
