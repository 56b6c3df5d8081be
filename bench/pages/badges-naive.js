/* global document, window */
// The same thousand badges, evaluated and built anew with every change.
import { fillText, loadRuleSet } from '@jioassist/badge-widget/rules.js';
import { factsAt, ruleSet } from './badge-rules.js';

const { rules } = loadRuleSet(JSON.stringify(ruleSet));
const list = document.querySelector('main');

const draw = (facts) => {
  const due = rules.filter(({ condition }) => condition.holds(facts) === true);
  list.innerHTML = due
    .map(
      ({ rule }) => `<button type="button" class="badge ${rule.severity}" data-badge="${rule.id}">
  <svg viewBox="0 0 16 16" width="16" height="16"><path d="M8 1 16 15H0z"></path></svg>
  <span class="visually-hidden">Attention: </span><span class="text">${fillText(rule.title, facts, 'en-IN')}</span>
</button>`,
    )
    .join('');
};

window.update = (values) => draw(factsAt(values));
draw(factsAt({ rupees: 0, overdue: 0 }));
document.documentElement.dataset.started = '';
