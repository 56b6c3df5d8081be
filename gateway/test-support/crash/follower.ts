import assert from 'node:assert/strict';
import { openEvents, type EventReader } from '../event-stream.ts';
import type { Link } from './link.ts';

/** What the writers write, and what the gateway itself finds meanwhile: together every event there is. */
const TOPICS = '?topic=customer,alarm,serviceProblem';

/** One client of the event stream that resumes after each crash, and insists on every sequence once and in order. */
export class Follower {
  readonly #link: Link;
  readonly #url: string;
  readonly #token: () => string;
  #reader: EventReader | undefined;
  #last: number | undefined;
  #heard = 0;
  #awaited: { name: string; resolve: () => void } | undefined;

  constructor(url: string, token: () => string, link: Link) {
    this.#url = url;
    this.#token = token;
    this.#link = link;
  }

  /** Events heard so far. */
  get heard(): number {
    return this.#heard;
  }

  async run(): Promise<void> {
    for (;;) {
      await this.#link.up;
      if (this.#link.isStopped) return;
      await this.#follow();
    }
  }

  /** Resolves when the event about this name has come. */
  hears(name: string): Promise<void> {
    return new Promise((resolve) => (this.#awaited = { name, resolve }));
  }

  async stop(): Promise<void> {
    await this.#reader?.close();
  }

  async #follow(): Promise<void> {
    const from = this.#last === undefined ? undefined : String(this.#last);
    const reader = await openEvents(this.#url, this.#token(), TOPICS, from).catch(() => undefined);
    if (reader?.response.status !== 200) return;
    this.#reader = reader;
    for (;;) {
      const event = await reader.next().catch(() => undefined);
      if (!event) return;
      assert.notEqual(event.event, 'gap', 'the stream resumes');
      if (event.event === 'ready') this.#last ??= Number(event.id);
      else if (event.id !== undefined) {
        const { customer } = event.data.event as { customer?: { name: string } };
        this.#hear(Number(event.id), customer?.name);
      }
    }
  }

  #hear(sequence: number, name: string | undefined): void {
    assert.equal(sequence, (this.#last ?? 0) + 1, 'the stream has every event once and in order');
    this.#last = sequence;
    this.#heard += 1;
    if (this.#awaited && this.#awaited.name === name) this.#awaited.resolve();
  }
}
