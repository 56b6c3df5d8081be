import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoArticles } from '../../gateway/src/seed/data/articles.ts';
import { hitRate, missesOf, readSituations, withContext, withoutContext } from './hit-rate.ts';

const situations = readSituations();

describe('the right article', () => {
  it('is an article of the demonstration in each of the 200 situations', () => {
    const ids = new Set(demoArticles().map(({ id }) => id));
    assert.equal(situations.length, 200);
    assert.equal(new Set(situations.map(({ says }) => says)).size, 200);
    assert.deepEqual(
      situations.filter(({ article }) => !ids.has(article)),
      [],
    );
  });

  it('is among the first three in 95 of 100 situations', () => {
    assert.ok(hitRate(withContext, situations) >= 0.95, JSON.stringify(missesOf(withContext, situations)));
  });

  it('is found more often with what is known of the call than without', () => {
    assert.ok(hitRate(withContext, situations) >= hitRate(withoutContext, situations));
  });
});
