import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { isSameArticle, readArticle, type Article } from './article.ts';
import { importArticles, type DocumentStore } from './import-articles.ts';

const article: Article = {
  id: 'one',
  title: 'One',
  summary: 'Words.',
  language: 'hi',
  translationOf: 'ek',
  product: ['fibre'],
  symptom: ['slow'],
  circle: [],
  tags: ['a', 'b'],
  code: ['*123#'],
  audience: ['agent'],
  validFor: { startDateTime: '2026-10-31T18:30:00.000Z' },
  html: '<p>शब्द.</p>',
};

class Shelf implements DocumentStore {
  documents: ResourceDocument[] = [];
  readonly writes: string[] = [];

  list = (): Promise<ResourceDocument[]> => Promise.resolve(this.documents);

  create = (document: ResourceDocument, key: string): Promise<string> => {
    const id = `DOC-${this.documents.length + 1}`;
    this.documents.push({ ...document, id });
    this.writes.push(`create ${key.slice(0, 11)}`);
    return Promise.resolve(id);
  };

  retire = (documentId: string): Promise<void> => {
    this.documents = this.documents.map((document) =>
      document.id === documentId ? { ...document, lifecycleState: 'retired' } : document,
    );
    this.writes.push(`retire ${documentId}`);
    return Promise.resolve();
  };
}

describe('importing articles', () => {
  it('makes a document that says all of the article', async () => {
    const shelf = new Shelf();
    await importArticles(shelf, [article], 'folder');
    const stored = readArticle(shelf.documents[0]!);
    assert.ok(stored);
    assert.ok(isSameArticle(stored, article));
    const { documentId, version, state, translationOf } = stored;
    assert.deepEqual([documentId, version, state, translationOf], ['DOC-1', 1, 'published', 'ek']);
  });

  it('writes nothing when nothing has changed', async () => {
    const shelf = new Shelf();
    await importArticles(shelf, [article], 'folder');
    const [imported] = await importArticles(shelf, [article], 'folder');
    assert.deepEqual(imported, { id: 'one', outcome: 'unchanged', version: 1 });
    assert.equal(shelf.writes.length, 1);
  });

  for (const change of [
    { html: '<p>New</p>' },
    { title: 'New' },
    { tags: ['a'] },
    { validFor: {} },
    { audience: ['customer'] },
  ]) {
    it(`makes a new version of a changed ${Object.keys(change).join()}, and keeps the old one`, async () => {
      const shelf = new Shelf();
      await importArticles(shelf, [article], 'folder');
      const [imported] = await importArticles(shelf, [{ ...article, ...change }], 'folder');
      assert.deepEqual(imported, { id: 'one', outcome: 'updated', version: 2 });
      const [first, second] = shelf.documents;
      assert.deepEqual([first?.version, first?.lifecycleState], ['1.0', 'retired']);
      assert.deepEqual([second?.version, second?.lifecycleState], ['2.0', 'published']);
      const before = [{ id: 'DOC-1', name: 'previousVersion', '@referredType': 'Document' }];
      assert.deepEqual(second?.documentRelationship, before);
    });
  }

  it('finishes what an import that was stopped half-way left', async () => {
    const shelf = new Shelf();
    await importArticles(shelf, [article], 'folder');
    const changed = { ...article, html: '<p>New</p>' };
    const retire = shelf.retire;
    shelf.retire = () => Promise.reject(new Error('stopped'));
    await assert.rejects(importArticles(shelf, [changed], 'folder'), /stopped/);
    shelf.retire = retire;
    const [imported] = await importArticles(shelf, [changed], 'folder');
    assert.equal(imported?.outcome, 'unchanged');
    assert.deepEqual(
      shelf.documents.map(({ lifecycleState }) => lifecycleState),
      ['retired', 'published'],
    );
  });

  it('publishes an article again that somebody retired', async () => {
    const shelf = new Shelf();
    await importArticles(shelf, [article], 'folder');
    await shelf.retire('DOC-1');
    const [imported] = await importArticles(shelf, [article], 'folder');
    assert.deepEqual(imported, { id: 'one', outcome: 'updated', version: 2 });
  });

  it('retires an article whose file is gone, and says so', async () => {
    const shelf = new Shelf();
    const other = { ...article, id: 'two' };
    await importArticles(shelf, [article, other], 'folder');
    const imported = await importArticles(shelf, [article], 'folder');
    assert.deepEqual(imported, [
      { id: 'one', outcome: 'unchanged', version: 1 },
      { id: 'two', outcome: 'retired', version: 1 },
    ]);
    assert.deepEqual(
      shelf.documents.map(({ lifecycleState }) => lifecycleState),
      ['published', 'retired'],
    );
    const again = await importArticles(shelf, [article], 'folder');
    assert.equal(again.length, 1);
    const [, back] = await importArticles(shelf, [article, other], 'folder');
    assert.deepEqual(back, { id: 'two', outcome: 'updated', version: 2 });
  });

  it('leaves the articles of another folder alone', async () => {
    const shelf = new Shelf();
    await importArticles(shelf, [{ ...article, id: 'two' }], 'another');
    assert.equal((await importArticles(shelf, [article], 'folder')).length, 1);
    assert.equal(shelf.documents[0]?.lifecycleState, 'published');
  });

  it('leaves documents alone that are none of its own', async () => {
    const shelf = new Shelf();
    shelf.documents = [{ id: 'DOC-0', documentType: 'contract' }, { documentType: 'knowledgeArticle' }];
    const [imported] = await importArticles(shelf, [article], 'folder');
    assert.equal(imported?.outcome, 'created');
    assert.deepEqual(shelf.writes, ['create article-one']);
  });
});
