import type { ResourceDocument } from '../tmf/declaration.ts';
import { Draw } from './draw.ts';
import type { Ledger } from './ledger.ts';
import type { Subscriber } from './operator.ts';
import { addAdvice, addAppointments, addMessages } from './parts/follow-up.ts';
import { addAccount, addAgreement, addConsent, addIndividual, addLoyalty } from './parts/identity.ts';
import { addInteractions } from './parts/interactions.ts';
import { serviceAsItIs } from './parts/matters.ts';
import { addHome } from './parts/places.ts';
import { addPortfolio } from './parts/portfolio.ts';
import { addBills } from './parts/postpaid.ts';
import { addBalance } from './parts/prepaid.ts';
import { addTests } from './parts/tests.ts';
import { addTickets } from './parts/tickets.ts';
import { addTroubles } from './parts/troubles.ts';
import { addUsage } from './parts/usage.ts';

/** Each part of a portrait draws for itself, so that one can change without the others. */
const PARTS = [
  'identity',
  'places',
  'portfolio',
  'balance',
  'bills',
  'usage',
  'tickets',
  'contacts',
  'followUp',
  'tests',
] as const;

/** Everyone after these has a portrait in outline, so that a very large demonstration can be written in minutes. */
export const IN_FULL = 500;

interface Depth {
  readonly orders: boolean;
  readonly topUps: number;
  readonly bills: number;
  readonly usage: number;
  readonly tickets: number;
  readonly contacts: number;
  readonly tests: number;
}

const FULL: Depth = { orders: true, topUps: 3, bills: 6, usage: 4, tickets: 4, contacts: 4, tests: 2 };
const OUTLINE: Depth = { orders: false, topUps: 0, bills: 1, usage: 0, tickets: 1, contacts: 0, tests: 0 };

/** All that is stored about one customer; resolves to the tickets. */
export function addPortrait(ledger: Ledger, seed: number, subscriber: Subscriber): ResourceDocument[] {
  const full = subscriber.index < IN_FULL;
  const depth = full ? FULL : OUTLINE;
  const draw = (part: (typeof PARTS)[number]) => new Draw(seed, subscriber.index, 1 + PARTS.indexOf(part));
  ledger.add('customer', subscriber.customer);
  for (const subscription of subscriber.subscriptions) {
    ledger.add('service', serviceAsItIs(subscription, subscriber, ledger.now));
  }
  addIndividual(ledger, subscriber, draw('identity'));
  const holdings = addPortfolio(ledger, subscriber, depth.orders, draw('portfolio'));
  addAccount(ledger, subscriber, addBills(ledger, subscriber, holdings, depth.bills, draw('bills')));
  const prepaid = holdings.filter(({ subscription }) => subscription.plan.payment === 'prepaid');
  const balance = draw('balance');
  for (const holding of prepaid) addBalance(ledger, subscriber, holding, depth.topUps, balance);
  const tickets = addTickets(ledger, subscriber, depth.tickets, draw('tickets'));
  addInteractions(ledger, subscriber, tickets, depth.contacts, draw('contacts'));
  if (!full) return tickets;

  const usage = draw('usage');
  for (const holding of holdings) addUsage(ledger, subscriber, holding, depth.usage, usage);
  const tests = draw('tests');
  for (const subscription of subscriber.subscriptions) {
    addTests(ledger, seed, subscriber.id, subscription, depth.tests, tests);
  }
  addHome(ledger, subscriber, draw('places'));
  addAgreement(
    ledger,
    subscriber,
    holdings.map(({ product }) => product),
  );
  addConsent(ledger, subscriber, draw('identity'));
  addLoyalty(ledger, subscriber, draw('identity'));
  const followUp = draw('followUp');
  addAppointments(ledger, subscriber, tickets, followUp);
  addMessages(ledger, subscriber, tickets, followUp);
  addAdvice(ledger, subscriber, followUp);
  addTroubles(ledger, subscriber);
  return tickets;
}
