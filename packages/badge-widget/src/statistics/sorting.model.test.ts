import { describe, expect, it } from 'vitest';
import { titleOf, titlesOf } from './badge-titles.js';
import { MOST_SHOWN, shareOf, sortedBy, sortStatistics, type Sorting } from './sorting.js';

const row = (badge: string, shown: number, more: object = {}) => ({
  badge,
  shown,
  acted: 0,
  later: 0,
  dismissed: 0,
  repeatContact: 0,
  ...more,
});
const rows = [row('b', 5, { acted: 4 }), row('c', 9, { acted: 1 }), row('a', 5)];
const order = (sorting: Sorting) =>
  sortStatistics(rows, sorting, (badge) => badge, 'en').map(({ badge }) => badge);

describe('the order of badge statistics', () => {
  it('begins with what was shown most; equals stand by name', () => {
    expect(order(MOST_SHOWN)).to.deep.equal(['c', 'a', 'b']);
    expect(order({ by: 'shown', isDescending: false })).to.deep.equal(['a', 'b', 'c']);
  });

  it('is turned round by the same column, and begins anew with another', () => {
    expect(sortedBy('shown', MOST_SHOWN)).to.deep.equal({ by: 'shown', isDescending: false });
    expect(sortedBy('acted', MOST_SHOWN)).to.deep.equal({ by: 'acted', isDescending: true });
    expect(sortedBy('badge', MOST_SHOWN)).to.deep.equal({ by: 'badge', isDescending: false });
    expect(order({ by: 'acted', isDescending: true })).to.deep.equal(['b', 'c', 'a']);
    expect(order({ by: 'badge', isDescending: true })).to.deep.equal(['c', 'b', 'a']);
  });

  it('is that of the language', () => {
    const sorting = { by: 'badge', isDescending: false } as const;
    const named = sortStatistics([row('1', 0), row('2', 0)], sorting, (id) => (id === '1' ? 'ব' : 'অ'), 'bn');
    expect(named.map(({ badge }) => badge)).to.deep.equal(['2', '1']);
  });

  it('has shares of what was shown, and none of nothing', () => {
    expect(shareOf(2, row('a', 8))).to.equal(0.25);
    expect(shareOf(2, row('a', 0))).to.equal(undefined);
    expect(shareOf(9, row('a', 8)), 'acted on twice in one contact').to.equal(1);
  });
});

describe('the names of badges', () => {
  it('are those of the rules, with the values left open', () => {
    const titles = titlesOf({ rules: [{ id: 'x', title: { en: 'Outage in {network.area}', hi: 'ठप' } }] });
    expect(titleOf(titles, 'x', 'en-IN-u-nu-latn')).to.equal('Outage in …');
    expect(titleOf(titles, 'x', 'hi-IN')).to.equal('ठप');
    expect(titleOf(titles, 'x', 'ur-IN')).to.equal('Outage in …');
    expect(titleOf(titles, 'gone', 'en')).to.equal('gone');
  });

  it.each([[undefined], [null], [[]], [{ rules: 7 }], [{ rules: [null, 'x', { id: 7 }, { id: 'x' }] }]])(
    'are none in %j',
    (ruleSet) => {
      expect(titlesOf(ruleSet).size).to.equal(0);
    },
  );
});
