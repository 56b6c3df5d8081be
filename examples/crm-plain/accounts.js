const STORAGE_KEY = 'meridian.changes';

/** Accounts of the CRM with what was changed in this browser laid over them. */
export class Accounts {
  #items;
  #changes = readChanges();

  constructor(items) {
    this.#items = items;
  }

  static async load() {
    const response = await fetch('/accounts.json');
    if (!response.ok) throw new Error(`accounts.json answered ${response.status}`);
    return new Accounts(await response.json());
  }

  get all() {
    return this.#items.map((item) => this.#current(item));
  }

  get(id) {
    const item = this.#items.find((candidate) => candidate.id === id);
    return item && this.#current(item);
  }

  find(text) {
    const words = text.trim().toLocaleLowerCase('en-IN').split(/\s+/);
    return this.all.filter((account) => words.every((word) => searchable(account).includes(word)));
  }

  save(id, fields) {
    this.#write(id, { fields: { ...this.#changes[id]?.fields, ...fields } });
  }

  addActivity(id, activity) {
    this.#write(id, { activities: [activity, ...(this.#changes[id]?.activities ?? [])] });
  }

  #current(item) {
    const changes = this.#changes[item.id];
    const activities = [...(changes?.activities ?? []), ...item.activities];
    return { ...item, ...changes?.fields, activities };
  }

  #write(id, change) {
    this.#changes = { ...this.#changes, [id]: { ...this.#changes[id], ...change } };
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(this.#changes));
    } catch {
      // A browser that refuses storage keeps the change until the page is closed.
    }
  }
}

function searchable({ id, name, city, owner }) {
  return [id, name, city, owner].join(' ').toLocaleLowerCase('en-IN');
}

function readChanges() {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
  } catch {
    return {};
  }
}
