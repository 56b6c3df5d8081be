import { expect } from '@open-wc/testing';
import { openVault } from './vault.js';

let count = 0;
const freshName = () => `vault-test-${++count}`;

describe('Vault', () => {
  afterEach(async () => {
    // The method of the prototype shows again.
    Reflect.deleteProperty(indexedDB, 'open');
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith('vault-test')) indexedDB.deleteDatabase(name);
  });

  for (const [where, blocked] of [
    ['in IndexedDB', false],
    ['in memory, where storage is blocked', true],
  ] as const) {
    describe(where, () => {
      beforeEach(() => {
        if (!blocked) return;
        indexedDB.open = () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        };
      });

      it('keeps values, lists them by key and forgets them', async () => {
        const vault = await openVault(freshName());
        expect(vault.persistent).to.equal(!blocked);
        await vault.set('2', { text: 'two' });
        await vault.set('1', ['one']);
        expect(await vault.get('2')).to.deep.equal({ text: 'two' });
        expect(await vault.entries()).to.deep.equal([
          ['1', ['one']],
          ['2', { text: 'two' }],
        ]);
        await vault.delete('1');
        expect(await vault.get('1')).to.equal(undefined);
      });

      it('counts', async () => {
        const vault = await openVault(freshName());
        expect([await vault.nextNumber(), await vault.nextNumber()]).to.deep.equal([1, 2]);
      });
    });
  }

  it('has one key for two that open it at once', async () => {
    const name = freshName();
    const [one, two] = await Promise.all([openVault(name), openVault(name)]);
    await one.set('a', 'from one');
    await two.set('b', 'from two');
    expect(await two.entries()).to.deep.equal([
      ['a', 'from one'],
      ['b', 'from two'],
    ]);
    const numbers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).nextNumber()),
    );
    expect(new Set(numbers).size).to.equal(20);
  });

  it('finds its values after a reload', async () => {
    const name = freshName();
    await (await openVault(name)).set('draft', 'what I wrote');
    expect(await (await openVault(name)).get('draft')).to.equal('what I wrote');
  });
});
