import type { CustomerFacts } from '../fact-model.ts';
import { appointmentFacts, contactFacts, orderFacts, ticketFacts } from './care.ts';
import {
  consentFacts,
  customerFacts,
  identityFacts,
  loyaltyFacts,
  offerFacts,
  riskFacts,
} from './customer.ts';
import { balanceFacts, billingFacts } from './money.ts';
import { networkFacts, serviceFacts } from './network.ts';
import type { FactSources } from './sources.ts';

export type { FactSources, Resource } from './sources.ts';

/**
 * The facts that follow from the resources of one customer. The same on the gateway and in the browser.
 *
 * @param now epoch milliseconds; days and hours are counted from it
 */
export function factsFrom(sources: FactSources, now: number): CustomerFacts {
  return {
    customer: customerFacts(sources, now),
    identity: identityFacts(sources, now),
    contacts: contactFacts(sources, now),
    tickets: ticketFacts(sources, now),
    balance: balanceFacts(sources, now),
    billing: billingFacts(sources, now),
    services: serviceFacts(sources, now),
    network: networkFacts(sources, now),
    orders: orderFacts(sources, now),
    appointments: appointmentFacts(sources, now),
    loyalty: loyaltyFacts(sources, now),
    risk: riskFacts(sources),
    consent: consentFacts(sources),
    offers: offerFacts(sources),
  };
}
