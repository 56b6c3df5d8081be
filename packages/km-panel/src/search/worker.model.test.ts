import { afterEach, describe, expect, it } from 'vitest';
import { SearchClient, serveSearch, type IndexStore, type KeptIndex } from './index.ts';

const ports: MessagePort[] = [];

function connect(store?: IndexStore): SearchClient {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveSearch(port1, store);
  return new SearchClient(port2);
}

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

describe('SearchClient', () => {
  it('does in a worker what the index does', async () => {
    const client = connect();
    expect(await client.create([{ id: 'a', text: 'recharge failed' }])).toBe(1);
    expect(await client.search('recharge', { limit: 1 })).toMatchObject([{ id: 'a' }]);
    expect(await client.excerpts('recharge', ['a'])).toMatchObject([{ id: 'a' }]);
    expect(await client.update({ upsert: [{ id: 'b', text: 'recharge' }] })).toBe(2);
    const other = connect();
    expect(await other.load(await client.save({ compress: false }))).toBe(2);
    expect(await other.search('recharge')).toHaveLength(2);
  });

  it('keeps an index and brings it back, but for one it cannot read', async () => {
    const kept = new Map<string, KeptIndex>();
    const store: IndexStore = {
      get: (key) => Promise.resolve(kept.get(key)),
      set: (key, value) => Promise.resolve(void kept.set(key, value)),
      delete: (key) => Promise.resolve(void kept.delete(key)),
    };
    const client = connect(store);
    await client.create([{ id: 'a', text: 'recharge' }]);
    await client.keep('mine', 'version 1');
    const other = connect(store);
    expect(await other.restore('nothing')).toBe(undefined);
    expect(await other.restore('mine')).toBe('version 1');
    expect(await other.search('recharge')).toHaveLength(1);
    kept.set('mine', { bytes: new Uint8Array(30), about: 'damaged' });
    expect(await other.restore('mine')).toBe(undefined);
    expect(kept.size).toBe(0);
    expect(await connect().restore('mine')).toBe(undefined);
  });

  it('answers in order', async () => {
    const client = connect();
    const [, before, , after] = await Promise.all([
      client.create([{ id: 'a', text: 'sim' }]),
      client.search('sim'),
      client.update({ remove: ['a'] }),
      client.search('sim'),
    ]);
    expect([before.length, after.length]).toEqual([1, 0]);
  });

  it('brings coded errors over, and goes on', async () => {
    const client = connect();
    await expect(client.search('x')).rejects.toMatchObject({ code: 'search/worker-failed' });
    await expect(client.create([{ id: '' }])).rejects.toMatchObject({
      code: 'search/invalid-document',
      details: { argument: 'documents[0].id' },
    });
    await client.create([{ id: 'a', text: 'sim' }]);
    await expect(client.search('x', { limit: -1 })).rejects.toMatchObject({
      code: 'search/invalid-argument',
    });
    expect(await client.search('sim')).toHaveLength(1);
  });

  it('ignores messages of others', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveSearch(port1);
    port2.postMessage('hello');
    port2.postMessage({ call: 1 });
    expect(await new SearchClient(port2).create([])).toBe(0);
  });

  it('fails what is open when the worker is gone', async () => {
    const client = connect();
    const open = client.search('x');
    client.fail();
    await expect(open).rejects.toMatchObject({ code: 'search/worker-failed' });
    await expect(client.search('x')).rejects.toMatchObject({ code: 'search/worker-failed' });
  });
});
