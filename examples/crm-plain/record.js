import { make, neighbour } from './dom.js';

const STAGES = ['Prospect', 'Onboarding', 'Active', 'Renewal due', 'At risk'];

const dates = new Intl.DateTimeFormat('en-IN', { dateStyle: 'medium' });
const days = new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'short' });
const rupees = new Intl.NumberFormat('en-IN', {
  style: 'currency',
  currency: 'INR',
  maximumFractionDigits: 0,
});

// Initials for the picture that an account does not have.
function initialsOf(name) {
  const words = name.replace(/[^\p{L}\p{M} ]/gu, '').split(' ');
  return words
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0])
    .join('');
}

/** Fills the record page with an account. */
export function showAccount(account, owners) {
  showHead(account);
  showForm(account, owners);
  window.$('timeline').replaceChildren(...account.activities.map(activityItem));
  showOpportunities(account.opportunities);
}

function showHead(account) {
  window.$('account-id').textContent = account.id;
  window.$('account-name').textContent = account.name;
  window.$('initials').textContent = initialsOf(account.name);
  window.$('account-stage').textContent = account.stage;
  window.$('account-stage').dataset.stage = account.stage;
  window.$('account-facts').textContent = factsOf(account);
}

function factsOf({ owner, city, activities: [latest] }) {
  const facts = '{0} · owner {1}'.format(city, owner);
  return latest ? '{0} · last activity {1}'.format(facts, days.format(new Date(latest.date))) : facts;
}

function showForm(account, owners) {
  const form = window.$('details');
  fillOptions(form.elements.namedItem('owner'), owners, account.owner);
  fillOptions(form.elements.namedItem('stage'), STAGES, account.stage);
  // Default values, not values: "Undo changes" is then the form's own reset.
  form.elements.namedItem('name').defaultValue = account.name;
  form.elements.namedItem('city').defaultValue = account.city;
  form.reset();
}

function fillOptions(select, values, chosen) {
  select.replaceChildren(...values.map((value) => new Option(value, value, value === chosen)));
}

function activityItem({ date, kind, text }) {
  const time = make('time', '', dates.format(new Date(date)));
  time.dateTime = date;
  const head = make('p', 'activity-head', make('strong', '', kind), ' ', time);
  return make('li', 'activity activity-{0}'.format(kind.toLowerCase()), head, make('p', '', text));
}

function showOpportunities(opportunities) {
  const table = window.$('opportunities');
  table.hidden = opportunities.length === 0;
  window.$('no-opportunities').hidden = opportunities.length > 0;
  table.tBodies[0].replaceChildren(...opportunities.map(opportunityRow));
}

function opportunityRow({ name, closeBy, value }) {
  return make(
    'tr',
    '',
    make('td', '', name),
    make('td', '', dates.format(new Date(closeBy))),
    make('td', 'number', rupees.format(value)),
  );
}

/** Arrow keys, Home and End move between the tabs, as the ARIA tabs pattern asks. */
export function startTabs(tablist) {
  const tabs = [...tablist.querySelectorAll('[role=tab]')];
  tablist.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) selectTab(tabs, tab);
  });
  tablist.addEventListener('keydown', (event) => {
    const next = neighbour(tabs, event, { back: 'ArrowLeft', forward: 'ArrowRight' });
    if (!next) return;
    event.preventDefault();
    selectTab(tabs, next);
    next.focus();
  });
}

function selectTab(tabs, selected) {
  for (const tab of tabs) {
    const isSelected = tab === selected;
    tab.setAttribute('aria-selected', String(isSelected));
    tab.tabIndex = isSelected ? 0 : -1;
    window.$(tab.getAttribute('aria-controls')).hidden = !isSelected;
  }
}
