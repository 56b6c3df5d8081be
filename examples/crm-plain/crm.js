import './legacy.js';
import { AccountList } from './account-list.js';
import { Accounts } from './accounts.js';
import { startCallDialog } from './call-dialog.js';
import { make } from './dom.js';
import { showAccount, startTabs } from './record.js';

const RECENT_LIMIT = 4;
const ROUTE = /^#\/accounts\/([\w-]+)$/;

// JioAssist: what the widget tells the page. Plain DOM events; they cross its shadow root.
function listenToAssist() {
  const report = (text) => (window.$('assist-status').textContent = 'JioAssist: {0}'.format(text));
  document.addEventListener('jio-customer-change', ({ detail: { customerId, revision } }) => {
    report(customerId ? 'following customer {0} (change {1})'.format(customerId, revision) : 'no customer');
  });
  document.addEventListener('jio-error', ({ detail: { code } }) => report('error {0}'.format(code)));
}

// JioAssist: this is all the page has to do for the widget to follow the agent.
function setCustomer(account) {
  const assist = window.$('assist');
  if (account) assist.setAttribute('customer-id', account.id);
  else assist.removeAttribute('customer-id');
}

/** The page: the hash names the account, everything else follows it. */
class Crm {
  #accounts;
  #owners;
  #list;
  #current;
  #recent = [];

  constructor(accounts) {
    this.#accounts = accounts;
    this.#owners = [...new Set(accounts.all.map((account) => account.owner))].sort();
    this.#list = new AccountList(accounts);
  }

  start() {
    this.#startForm();
    startTabs(document.querySelector('[role=tablist]'));
    startCallDialog((activity) => {
      this.#accounts.addActivity(this.#current.id, activity);
      this.#refresh();
    });
    addEventListener('hashchange', () => this.#route());
    this.#route();
  }

  #route() {
    const id = ROUTE.exec(location.hash)?.[1];
    this.#current = id && this.#accounts.get(id);
    this.#showRecord(id);
    this.#list.show(this.#current);
    setCustomer(this.#current);
  }

  #showRecord(askedFor) {
    const account = this.#current;
    window.$('account').hidden = !account;
    window.$('no-account').hidden = Boolean(account);
    document.title = '{0} - Meridian CRM'.format(account?.name ?? 'Accounts');
    if (!account) return showNothing(askedFor);
    showAccount(account, this.#owners);
    window.$('saved').textContent = '';
    this.#remember(account.id);
  }

  #remember(id) {
    this.#recent.remove(id).unshift(id);
    this.#recent.length = Math.min(this.#recent.length, RECENT_LIMIT);
    window.$('recent').hidden = this.#recent.length < 2;
    window.$('recent-list').replaceChildren(...this.#recent.slice(1).map((other) => this.#recentItem(other)));
  }

  #recentItem(id) {
    const link = make('a', '', this.#accounts.get(id).name);
    link.href = '#/accounts/{0}'.format(id);
    return make('li', '', link);
  }

  #startForm() {
    const form = window.$('details');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#accounts.save(this.#current.id, Object.fromEntries(new FormData(form)));
      this.#refresh();
      window.$('saved').textContent = 'Saved in this browser.';
    });
    form.addEventListener('input', () => (window.$('saved').textContent = ''));
  }

  #refresh() {
    this.#current = this.#accounts.get(this.#current.id);
    showAccount(this.#current, this.#owners);
    this.#list.render();
    this.#list.show(this.#current);
  }
}

function showNothing(askedFor) {
  window.$('no-account-title').textContent = askedFor ? 'No such account' : 'No account selected';
  window.$('no-account-text').textContent = askedFor
    ? 'There is no account {0}. Choose one from the list.'.format(askedFor)
    : 'Choose an account from the list to see its record.';
}

function startSkipLink() {
  // The address bar's hash names the account, so the link moves focus without touching it.
  window.$('skip').addEventListener('click', (event) => {
    event.preventDefault();
    window.$('record').focus();
  });
}

listenToAssist();
startSkipLink();
try {
  new Crm(await Accounts.load()).start();
} catch (error) {
  console.error(error);
  window.$('no-account-title').textContent = 'The accounts could not be loaded';
  window.$('no-account-text').textContent = 'Check the connection and load the page again.';
}
