/* global document, Response, setTimeout, window */
// The widget with a thousand badges, all unfolded, over a gateway in memory.
import { createJioAssist } from '@jioassist/core-sdk';
import { fakeAuth, FakeGateway } from '@jioassist/core-sdk/testing';
import '@jioassist/badge-widget/define.js';
import { COUNT, factsAt, ruleSet } from './badge-rules.js';

let facts = factsAt({ rupees: 0, overdue: 0 });
const gateway = new FakeGateway({
  resources: { '/jioassist/v1/badgeDealing': [], '/jioassist/v1/badgeExperience': [] },
});
gateway.answer('/jioassist/v1/badgeRuleSet', () => Response.json(ruleSet));
gateway.answer('/jioassist/v1/customerFacts', () => Response.json({ facts }));
gateway.answer('/jioassist/v1/badgeShowing', () => Response.json({ shownInLastHour: 0 }));

const client = createJioAssist({ gateway: gateway.url, fetch: gateway.fetch, auth: fakeAuth() });
client.customer.set({ customerId: 'C-1' });
const assist = document.querySelector('jio-assist');
const widget = assist.firstElementChild;
assist.client = client;

const all = (selector) => [...(widget.shadowRoot?.querySelectorAll(selector) ?? [])];
const until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};

window.update = async (values, shown) => {
  facts = factsAt(values);
  gateway.change('bucket', 'BKT-1', 'C-1');
  await until(() =>
    widget.shadowRoot.querySelector(`[data-badge=${shown.badge}]`).textContent.includes(shown.text),
  );
};

await until(() => all('.more').length > 0 && gateway.streams > 0);
all('.more')[0].click();
await until(() => all('.badge').length === COUNT);
document.documentElement.dataset.started = '';
