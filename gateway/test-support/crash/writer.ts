import assert from 'node:assert/strict';
import type { Link } from './link.ts';

export const PATH = '/tmf-api/customerManagement/v4/customer';
const MOST = 6;

/** A customer as its writer knows it: what was acknowledged, or was found out after a crash. */
interface Known {
  readonly id: string;
  name: string;
  etag: string;
}

export interface Written {
  /** Names that are in the log exactly once each: of what was acknowledged, or found to be done. */
  readonly names: Set<string>;
  /** Names that must not be anywhere. */
  readonly undone: Set<string>;
  readonly deleted: Set<string>;
  readonly alive: Map<string, string>;
  readonly acknowledged: { create: number; patch: number; delete: number };
  /** Writes whose answer was lost: done or not, but wholly. */
  readonly uncertain: { done: number; undone: number };
}

export const nothingWritten = (): Written => ({
  names: new Set(),
  undone: new Set(),
  deleted: new Set(),
  alive: new Map(),
  acknowledged: { create: 0, patch: 0, delete: 0 },
  uncertain: { done: 0, undone: 0 },
});

/** Creates, changes and deletes customers of its own as fast as it is answered, and remembers what it was told. */
export class Writer {
  readonly #name: string;
  readonly #link: Link;
  readonly #random: () => number;
  readonly #written: Written;
  #known: Known[] = [];
  #verified = 0;
  #count = 0;

  constructor(name: string, link: Link, random: () => number, written: Written) {
    this.#name = name;
    this.#link = link;
    this.#random = random;
    this.#written = written;
  }

  async run(): Promise<void> {
    for (;;) {
      await this.#link.up;
      if (this.#link.isStopped) return;
      if (this.#verified !== this.#link.generation) await this.#verify();
      else await this.#writeOnce();
    }
  }

  /** Everything acknowledged is there, as it was acknowledged. */
  async #verify(): Promise<void> {
    this.#verified = this.#link.generation;
    for (const { id, name, etag } of this.#known) {
      const found = await this.#askFor(id);
      if (found === 'stopped') return;
      assert.deepEqual([found?.name, found?.etag], [name, etag], `${id} is as it was acknowledged`);
    }
  }

  #writeOnce(): Promise<void> {
    const chosen = this.#known[Math.floor(this.#random() * this.#known.length)];
    const chance = this.#random();
    if (!chosen || (chance < 0.4 && this.#known.length < MOST)) return this.#create();
    return chance < 0.8 ? this.#patch(chosen) : this.#delete(chosen);
  }

  async #create(): Promise<void> {
    const name = this.#nextName();
    const body = { name, engagedParty: { id: 'IND-1', '@referredType': 'Individual' } };
    const answer = await this.#link.call(PATH, { method: 'POST', body });
    if (answer) {
      assert.equal(answer.status, 201);
      this.#written.acknowledged.create += 1;
      this.#isThere({ id: (answer.body as Known).id, name, etag: answer.etag });
      return;
    }
    const found = (await this.#ask(`${PATH}?name=${name}`)) as { body: Known[] } | undefined;
    if (!found) return;
    assert.ok(found.body.length <= 1, `${name} is not doubled`);
    const [made] = found.body;
    if (!made) {
      this.#isUndone(name);
      return;
    }
    const stored = await this.#askFor(made.id);
    if (stored === 'stopped') return;
    assert.ok(stored, `${name} is wholly there`);
    this.#written.uncertain.done += 1;
    this.#isThere(stored);
  }

  async #patch(chosen: Known): Promise<void> {
    const name = this.#nextName();
    const change = { method: 'PATCH', body: { name }, ifMatch: chosen.etag };
    const answer = await this.#link.call(`${PATH}/${chosen.id}`, change);
    if (answer) {
      assert.equal(answer.status, 200, `${chosen.id} has the revision that was acknowledged`);
      this.#written.acknowledged.patch += 1;
      this.#isThere({ ...chosen, name, etag: answer.etag });
      return;
    }
    const stored = await this.#askFor(chosen.id);
    if (stored === 'stopped') return;
    assert.ok(stored, `${chosen.id} is still there`);
    if (stored.name !== name) {
      assert.deepEqual(stored, chosen, `${chosen.id} is wholly unchanged`);
      this.#isUndone(name);
      return;
    }
    this.#written.uncertain.done += 1;
    this.#isThere(stored);
  }

  async #delete(chosen: Known): Promise<void> {
    const answer = await this.#link.call(`${PATH}/${chosen.id}`, { method: 'DELETE', ifMatch: chosen.etag });
    if (answer) {
      assert.equal(answer.status, 204);
      this.#written.acknowledged.delete += 1;
      this.#isGone(chosen);
      return;
    }
    const stored = await this.#askFor(chosen.id);
    if (stored === 'stopped') return;
    if (!stored) {
      this.#written.uncertain.done += 1;
      this.#isGone(chosen);
      return;
    }
    assert.deepEqual(stored, chosen, `${chosen.id} is wholly unchanged`);
    this.#written.uncertain.undone += 1;
  }

  #isThere(known: Known): void {
    this.#known = [...this.#known.filter(({ id }) => id !== known.id), known];
    this.#written.names.add(known.name);
    this.#written.alive.set(known.id, known.name);
  }

  #isGone({ id }: Known): void {
    this.#known = this.#known.filter((known) => known.id !== id);
    this.#written.alive.delete(id);
    this.#written.deleted.add(id);
  }

  #isUndone(name: string): void {
    this.#written.uncertain.undone += 1;
    this.#written.undone.add(name);
  }

  async #askFor(id: string): Promise<Known | undefined | 'stopped'> {
    const answer = await this.#ask(`${PATH}/${id}`);
    if (!answer) return 'stopped';
    return answer.status === 404 ? undefined : { id, name: (answer.body as Known).name, etag: answer.etag };
  }

  /** Asks until there is an answer, over any number of crashes. */
  async #ask(path: string): Promise<{ status: number; etag: string; body: unknown } | undefined> {
    for (;;) {
      await this.#link.up;
      const answer = await this.#link.call(path);
      if (answer || this.#link.isStopped) return answer;
    }
  }

  #nextName(): string {
    this.#count += 1;
    return `${this.#name}-${this.#count}`;
  }
}
