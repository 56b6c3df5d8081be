import { make, neighbour } from './dom.js';

/** The account list at the left: search, arrow keys, and a button that folds it away on a narrow screen. */
export class AccountList {
  #accounts;
  #currentId;

  constructor(accounts) {
    this.#accounts = accounts;
    this.#startKeys();
    this.#startToggle();
    this.render();
  }

  /** Draws the list again, after a search or a change of an account. */
  render() {
    const found = this.#accounts.find(window.$('search').value);
    window.$('account-list').replaceChildren(...found.map(listItem));
    window.$('count').textContent = '{0} of {1} accounts'.format(found.length, this.#accounts.all.length);
    this.#mark();
  }

  /** Marks the account on the record page; leaves the links in place, so that focus stays. */
  show(account) {
    this.#currentId = account?.id;
    window.$('accounts-toggle').textContent = account
      ? 'Account: {0}'.format(account.name)
      : 'Choose an account';
    this.#mark();
  }

  get #links() {
    return [...window.$('account-list').querySelectorAll('a')];
  }

  #mark() {
    for (const link of this.#links) {
      if (link.dataset.id === this.#currentId) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    this.#keepOneTabStop();
  }

  // The list is one stop of the Tab key; the arrow keys move inside it.
  #keepOneTabStop(focused) {
    const links = this.#links;
    const stop = focused ?? links.find((link) => link.hasAttribute('aria-current')) ?? links[0];
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  }

  #startKeys() {
    const search = window.$('search');
    search.addEventListener('input', () => this.render());
    search.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') this.#focus(event, this.#links[0]);
    });
    window.$('account-list').addEventListener('keydown', (event) => {
      this.#focus(event, neighbour(this.#links, event, { back: 'ArrowUp', forward: 'ArrowDown' }));
    });
  }

  #focus(event, link) {
    if (!link) return;
    event.preventDefault();
    this.#keepOneTabStop(link);
    link.focus();
  }

  #startToggle() {
    const toggle = window.$('accounts-toggle');
    toggle.addEventListener('click', () => {
      const open = toggle.getAttribute('aria-expanded') !== 'true';
      toggle.setAttribute('aria-expanded', String(open));
      if (open) window.$('search').focus();
    });
    window.$('account-list').addEventListener('click', (event) => {
      const isOpen = toggle.getAttribute('aria-expanded') === 'true';
      if (!isOpen || !event.target.closest('a')) return;
      toggle.setAttribute('aria-expanded', 'false');
      // The chosen link is folded away with the list; focus would fall back to the top of the page.
      window.$('record').focus();
    });
  }
}

function listItem(account) {
  const name = make('span', 'account-name', account.name);
  const facts = make('span', 'account-facts', '{0} · {1}'.format(account.city, account.stage));
  const link = make('a', '', name, facts);
  link.href = '#/accounts/{0}'.format(account.id);
  link.dataset.id = account.id;
  return make('li', '', link);
}
