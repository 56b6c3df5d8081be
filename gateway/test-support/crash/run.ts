import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signIn } from '../../src/auth/headless-sign-in.ts';
import { makeHome, type Home } from '../database.ts';
import { freePort } from '../ports.ts';
import { spawnProcess, type StartingProcess } from '../process.ts';
import { randomFrom } from '../random.ts';
import type { Preparation } from '../templates.ts';
import { audit } from './audit.ts';
import { Follower } from './follower.ts';
import { Link } from './link.ts';
import { nothingWritten, PATH, Writer, type Written } from './writer.ts';

const WRITERS = 4;
const CUSTOMERS = 3;
/** The kill comes after up to this many answers, and up to this many milliseconds into what comes next. */
const MOST_ANSWERS = 20;
const MOST_MS_INTO_WRITE = 25;

export interface CrashOptions {
  /** How often the process is killed. */
  readonly kills: number;
  /** The same seed gives the same moments and the same writes in the same order. */
  readonly seed: number;
  readonly onProgress?: (text: string) => void;
}

export interface CrashReport extends Pick<Written, 'acknowledged' | 'uncertain'> {
  readonly kills: { readonly migrating: number; readonly starting: number; readonly working: number };
  readonly heard: number;
  /** Milliseconds from its start to its first answer, the longest after a kill. */
  readonly longestStart: number;
}

/** Where the gateway keeps its data, and a port of its own. */
class Place {
  readonly home: Home;
  readonly port: number;

  constructor(home: Home, port: number) {
    this.home = home;
    this.port = port;
  }

  static async make(preparation: Preparation): Promise<Place> {
    return new Place(await makeHome(preparation), await freePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  spawn(): StartingProcess {
    return spawnProcess({
      ...this.home.env,
      JIOASSIST_PORT: String(this.port),
      JIOASSIST_PUBLIC_URL: this.url,
      JIOASSIST_CUSTOMERS: String(CUSTOMERS),
      JIOASSIST_ACCESS_TOKEN_TTL: '7200',
      JIOASSIST_SDK_DIR: join(this.home.folder, 'no-sdk'),
    });
  }
}

/**
 * Kills the gateway again and again, at moments drawn by chance, while writers work: when it makes its database, when it
 * starts, and in the middle of writes. Throws at the first thing that is missing, doubled, or half done.
 */
export async function crashRun({
  kills,
  seed,
  onProgress = () => undefined,
}: CrashOptions): Promise<CrashReport> {
  const random = randomFrom(seed);
  const migrating = Math.max(1, Math.floor(kills / 10));
  for (let kill = 1; kill <= migrating; kill += 1) {
    await killWhileMigrating(random);
    onProgress(`killed ${kill} of ${kills} times, making its database`);
  }
  const place = await Place.make('seeded');
  try {
    const run = new Working(place, random);
    const report = await run.kill(kills - migrating, (done) => {
      onProgress(`killed ${migrating + done} of ${kills} times`);
    });
    return { ...report, kills: { ...report.kills, migrating } };
  } finally {
    await place.home.remove();
  }
}

/** A first start that is killed leaves nothing half done: the next one finishes it. */
async function killWhileMigrating(random: () => number): Promise<void> {
  const place = await Place.make('empty');
  try {
    const first = place.spawn();
    await Promise.race([delay(200 + random() * 1_300), first.listening.catch(() => undefined)]);
    await first.end('SIGKILL');
    const second = place.spawn();
    try {
      const { accessToken } = await signIn(await second.listening, {
        name: 'asha',
        password: 'welcome-asha',
      });
      const link = new Link(place.url, () => accessToken);
      const answer = await link.call(PATH);
      assert.equal((answer?.body as unknown[]).length, CUSTOMERS, 'the demonstration data is there once');
    } finally {
      await second.end('SIGKILL');
    }
  } finally {
    await place.home.remove();
  }
}

class Working {
  readonly #place: Place;
  readonly #random: () => number;
  readonly #written = nothingWritten();
  readonly #link: Link;
  readonly #follower: Follower;
  #token = '';
  #longestStart = 0;

  constructor(place: Place, random: () => number) {
    this.#place = place;
    this.#random = random;
    const token = () => this.#token;
    this.#link = new Link(place.url, token);
    this.#follower = new Follower(place.url, token, this.#link);
  }

  async kill(times: number, onKill: (done: number) => void): Promise<CrashReport> {
    let gateway = this.#place.spawn();
    const counts = { migrating: 0, starting: 0, working: 0 };
    try {
      this.#token = (
        await signIn(await gateway.listening, { name: 'asha', password: 'welcome-asha' })
      ).accessToken;
      const work = this.#startWork();
      for (let done = 1; done <= times; done += 1) {
        const isStarting = gateway.child.killed;
        if (isStarting) gateway = this.#place.spawn();
        const starting = isStarting && this.#random() < 0.35;
        await Promise.race([starting ? this.#dieStarting(gateway) : this.#dieWorking(gateway), work.failed]);
        counts[starting ? 'starting' : 'working'] += 1;
        onKill(done);
      }
      gateway = this.#place.spawn();
      await this.#finish(gateway, work.ended);
    } finally {
      this.#link.stop();
      await gateway.end('SIGKILL');
    }
    const { acknowledged, uncertain } = this.#written;
    return {
      kills: counts,
      acknowledged,
      uncertain,
      heard: this.#follower.heard,
      longestStart: this.#longestStart,
    };
  }

  #startWork(): { ended: Promise<unknown>; failed: Promise<never> } {
    const writers = Array.from({ length: WRITERS }, (_, index) => {
      const random = randomFrom(Math.floor(this.#random() * 2 ** 32));
      return new Writer(`writer-${index + 1}`, this.#link, random, this.#written).run();
    });
    const parts = [...writers, this.#follower.run()];
    const failed = new Promise<never>((_resolve, reject) => {
      for (const part of parts) part.catch(reject);
    });
    failed.catch(() => undefined);
    return { ended: Promise.all(parts), failed };
  }

  async #dieStarting(gateway: StartingProcess): Promise<void> {
    await Promise.race([delay(this.#random() * 1_000), gateway.listening.catch(() => undefined)]);
    await gateway.end('SIGKILL');
  }

  async #dieWorking(gateway: StartingProcess): Promise<void> {
    await this.#rise(gateway);
    await this.#link.answers(Math.floor(this.#random() * MOST_ANSWERS));
    await delay(this.#random() * MOST_MS_INTO_WRITE);
    this.#link.fall();
    await gateway.end('SIGKILL');
  }

  async #rise(gateway: StartingProcess): Promise<void> {
    const startedAt = performance.now();
    await gateway.listening;
    this.#longestStart = Math.max(this.#longestStart, performance.now() - startedAt);
    this.#link.rise();
  }

  /** Lets the writers come to an end, the follower hear of it, and then looks into the database itself. */
  async #finish(gateway: StartingProcess, ended: Promise<unknown>): Promise<void> {
    await this.#rise(gateway);
    const heard = this.#follower.hears('the last');
    const body = { name: 'the last', engagedParty: { id: 'IND-1' } };
    const answer = await this.#link.call(PATH, { method: 'POST', body });
    assert.equal(answer?.status, 201);
    this.#written.names.add('the last');
    this.#written.alive.set((answer.body as { id: string }).id, 'the last');
    await heard;
    this.#link.stop();
    await this.#follower.stop();
    await ended;
    assert.equal(await gateway.end('SIGTERM'), 0);
    const database = await this.#place.home.open();
    try {
      await audit(database, this.#written);
    } finally {
      await database.close();
    }
  }
}
