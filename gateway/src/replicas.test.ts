import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { makeHome, type Home } from '../test-support/database.ts';
import { openEvents, type EventReader } from '../test-support/event-stream.ts';
import { freePort } from '../test-support/ports.ts';
import { spawnProcess, type StartingProcess } from '../test-support/process.ts';
import { signIn } from './auth/headless-sign-in.ts';
import type { Database } from './store/database.ts';

const PATH = '/tmf-api/customerManagement/v4/customer';

interface Replica {
  readonly url: string;
  readonly spawn: () => StartingProcess;
  process: StartingProcess;
}

describe(
  'two gateways on one PostgreSQL',
  { skip: process.env.TEST_DATABASE_URL === undefined && 'needs a server: TEST_DATABASE_URL' },
  () => {
    let home: Home;
    let database: Database;
    let one: Replica;
    let two: Replica;
    let token: string;

    before(async () => {
      home = await makeHome('empty');
      database = await home.open();
      const publicUrl = `http://127.0.0.1:${await freePort()}`;
      // They start at the same moment on an empty database.
      one = begin(Number(new URL(publicUrl).port), publicUrl);
      two = begin(await freePort(), publicUrl);
      await Promise.all([one.process.listening, two.process.listening]);
      token = (await signIn(publicUrl, { name: 'asha', password: 'welcome-asha' })).accessToken;
    });
    after(async () => {
      await one.process.end('SIGKILL');
      await two.process.end('SIGKILL');
      await database.close();
      await home.remove();
    });

    function begin(port: number, publicUrl: string): Replica {
      const spawn = () =>
        spawnProcess({
          ...home.env,
          JIOASSIST_DATA_DIR: join(home.folder, String(port)),
          JIOASSIST_PORT: String(port),
          JIOASSIST_PUBLIC_URL: publicUrl,
        });
      return { url: `http://127.0.0.1:${port}`, spawn, process: spawn() };
    }

    const call = (replica: Replica, path: string, init: RequestInit = {}) =>
      fetch(replica.url + path, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
    const rename = async (replica: Replica, id: string, name: string) => {
      const answer = await call(replica, `${PATH}/${id}`, {
        method: 'PATCH',
        body: JSON.stringify({ name }),
      });
      assert.equal(answer.status, 200);
    };
    const nameAt = async (replica: Replica, id: string) =>
      ((await (await call(replica, `${PATH}/${id}`)).json()) as { name: string }).name;
    const follow = async (replica: Replica, lastEventId?: string) => {
      const events = await openEvents(replica.url, token, '?topic=customer', lastEventId);
      const ready = await events.next();
      assert.equal(ready?.event, 'ready');
      return { events, from: Number(ready.id) };
    };
    /**
     * The names of the next changes, and the place of the last. They come in the order of the log, which has the alarms of
     * the simulated network as well.
     */
    const hear = async (events: EventReader, from: number, count: number) => {
      const names: string[] = [];
      let last = from;
      while (names.length < count) {
        const event = await events.next();
        assert.ok(Number(event?.id) > last, `${event?.id} comes after ${last}`);
        last = Number(event?.id);
        names.push(event!.data.event.customer.name);
      }
      return { names, last };
    };

    it('fill an empty database once when they start together', async () => {
      const list = (await (await call(two, PATH)).json()) as unknown[];
      assert.equal(list.length, 8);
    });

    it('answer what the other has just written', async () => {
      for (let round = 0; round < 20; round += 1) {
        const [writer, reader] = round % 2 ? [one, two] : [two, one];
        await rename(writer, 'C-1001', `Round ${round}`);
        assert.equal(await nameAt(reader, 'C-1001'), `Round ${round}`);
      }
    });

    it('tell what the other writes, in one order and without a gap', async () => {
      const streams = [await follow(one), await follow(two)];
      const { from } = streams[0]!;
      const names = Array.from({ length: 40 }, (_, index) => `Both ${index}`);
      const heard = Promise.all(streams.map(({ events }) => hear(events, from, names.length)));
      const write = async (replica: Replica, id: string, part: number) => {
        for (const name of names.filter((_, index) => index % 4 === part)) await rename(replica, id, name);
      };
      await Promise.all([
        write(one, 'C-1002', 0),
        write(one, 'C-1003', 1),
        write(two, 'C-1002', 2),
        write(two, 'C-1004', 3),
      ]);
      const [atOne, atTwo] = await heard;
      assert.deepEqual(atOne, atTwo);
      assert.deepEqual(atOne?.names.toSorted(), names.toSorted());
      for (const { events } of streams) await events.close();
    });

    it('take over the streams of one that is killed, which catches up when it comes back', async () => {
      const { events, from } = await follow(one);
      await rename(two, 'C-1001', 'Before the crash');
      const { names, last } = await hear(events, from, 1);
      assert.deepEqual(names, ['Before the crash']);
      await one.process.end('SIGKILL');
      assert.equal(await events.next().catch(() => undefined), undefined);
      await rename(two, 'C-1001', 'While it is away');
      const resumed = await follow(two, String(last));
      assert.deepEqual((await hear(resumed.events, last, 1)).names, ['While it is away']);
      one.process = one.spawn();
      await one.process.listening;
      const back = await follow(one, String(last));
      await rename(two, 'C-1001', 'It is back');
      assert.deepEqual((await hear(back.events, last, 2)).names, ['While it is away', 'It is back']);
      await back.events.close();
      await resumed.events.close();
    });

    it('hear of each other again after the server has dropped their connections', async () => {
      const { events, from } = await follow(two);
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
      const renamed = async () => {
        // The pool replaces what was dropped; a request in between may fail, and is not acknowledged then.
        for (;;) {
          const body = JSON.stringify({ name: 'After the drop' });
          const answer = await call(one, `${PATH}/C-1005`, { method: 'PATCH', body });
          if (answer.status === 200) return;
          await delay(50);
        }
      };
      await renamed();
      assert.deepEqual((await hear(events, from, 1)).names, ['After the drop']);
      await events.close();
    });

    it('measure each second once, also after the one that measures is killed', async () => {
      const seconds: number[] = [];
      let wake: () => void = () => undefined;
      const stop = await database.listen('measurement', (second) => {
        if (second === '') return;
        seconds.push(Number(second));
        wake();
      });
      const until = async (count: number) => {
        while (seconds.length < count) await new Promise<void>((resolve) => (wake = resolve));
      };
      await until(3);
      assert.equal(new Set(seconds).size, seconds.length, 'no second is measured twice');
      await one.process.end('SIGKILL');
      one.process = one.spawn();
      await one.process.listening;
      await until(seconds.length + 2);
      await two.process.end('SIGKILL');
      await until(seconds.length + 2);
      assert.equal(new Set(seconds).size, seconds.length, 'no second is measured twice');
      await stop();
    });
  },
);
