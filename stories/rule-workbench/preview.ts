import type { CustomerFacts } from '@jioassist/badge-widget/rules.js';
import { createJioAssist, type JioAssistClient } from '@jioassist/core-sdk';
import { fakeAuth, FakeGateway } from '@jioassist/core-sdk/testing';
import { asRuleSet } from './draft.js';

/** A client whose gateway knows one rule and one customer: what is shown with it is the product's own. */
export function previewClient(rule: string, facts: CustomerFacts): JioAssistClient {
  const gateway = new FakeGateway({
    resources: { '/jioassist/v1/badgeDealing': [], '/jioassist/v1/badgeExperience': [] },
  });
  gateway.answer(
    '/jioassist/v1/badgeRuleSet',
    () => new Response(asRuleSet(rule), { headers: { 'content-type': 'application/json' } }),
  );
  gateway.answer('/jioassist/v1/customerFacts', () => Response.json({ facts }));
  gateway.answer('/jioassist/v1/badgeShowing', () => Response.json({ shownInLastHour: 0 }));
  const { url, fetch } = gateway;
  const client = createJioAssist({ gateway: url, auth: fakeAuth(), fetch });
  client.customer.set({ customerId: 'C-1' });
  return client;
}
