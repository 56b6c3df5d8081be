import { expect } from '@open-wc/testing';
import { indexStore } from './index-store.js';
import { openWorker } from './open-worker.js';

const RealWorker = Worker;

describe('the search worker', () => {
  afterEach(async () => {
    globalThis.Worker = RealWorker;
    await indexStore().delete('test');
  });

  it('searches, and brings back an index that another worker kept', async () => {
    const first = await openWorker();
    expect(first, 'a worker').to.not.equal(undefined);
    await first?.client.create([{ id: 'a', text: 'recharge failed' }]);
    await first?.client.keep('test', { version: '1' });
    first?.close();
    const second = await openWorker();
    expect(await second?.client.restore('test')).to.deep.equal({ version: '1' });
    expect((await second?.client.search('rechrge'))?.map(({ id }) => id)).to.deep.equal(['a']);
    second?.close();
  });

  it('forgets what it cannot read', async () => {
    await indexStore().set('test', { bytes: new Uint8Array(20), about: 'damaged' });
    const worker = await openWorker();
    expect(await worker?.client.restore('test')).to.equal(undefined);
    expect(await indexStore().get('test')).to.equal(undefined);
    worker?.close();
  });

  it('is none where the page refuses one', async () => {
    globalThis.Worker = function () {
      throw new DOMException('Refused.', 'SecurityError');
    } as unknown as typeof Worker;
    expect(await openWorker()).to.equal(undefined);
  });

  it('is none where its script does not come', async () => {
    expect(await openWorker(new URL('/no-such-worker.js', location.href))).to.equal(undefined);
  });
});
