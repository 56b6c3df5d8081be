import { describe, expect, it } from 'vitest';
import {
  durationOf,
  rank,
  select,
  type Dealing,
  type Governed,
  type Limits,
  type Situation,
} from './index.ts';

const NOW = Date.parse('2026-11-25T09:00:00Z');
const HOUR = 3_600_000;
const badge = (id: string, more: Partial<Governed> = {}): Governed => ({
  id,
  severity: 'warning',
  confidence: 0.9,
  since: NOW - HOUR,
  expires: 24 * HOUR,
  coolDown: 4 * HOUR,
  ...more,
});
const order = (...candidates: Governed[]) =>
  rank(candidates, () => undefined, NOW).map(({ candidate }) => candidate.id);

describe('the order of badges', () => {
  it('puts what is urgent first, then what is sure', () => {
    const badges = [
      badge('info', { severity: 'info', confidence: 1 }),
      badge('unsure', { confidence: 0.6 }),
      badge('outage', { severity: 'critical' }),
      badge('sure'),
    ];
    expect(order(...badges)).to.deep.equal(['outage', 'sure', 'unsure', 'info']);
  });

  it('prefers what is worth more, and what is newer', () => {
    expect(order(badge('a'), badge('b', { value: 0.9 }))).to.deep.equal(['b', 'a']);
    expect(order(badge('a', { since: NOW - 72 * HOUR }), badge('b'))).to.deep.equal(['b', 'a']);
  });

  it('is the same whatever the order they come in', () => {
    expect(order(badge('b'), badge('a'))).to.deep.equal(order(badge('a'), badge('b')));
  });

  it('lets sink what agents keep dismissing, unless it is critical', () => {
    const experience = (id: string) =>
      id.startsWith('tired') ? { shown: 50, acted: 0, dismissed: 50 } : undefined;
    const ranked = rank(
      [badge('tired'), badge('fresh', { confidence: 0.7 }), badge('tired-outage', { severity: 'critical' })],
      experience,
      NOW,
    );
    expect(ranked.map(({ candidate }) => candidate.id)).to.deep.equal(['tired-outage', 'fresh', 'tired']);
  });
});

describe('which badges are shown', () => {
  const limits: Limits = { atOnce: 2, snooze: HOUR / 2, perHour: 10 };
  const shown = (situation: Partial<Situation>, ...badges: Governed[]) => {
    const full: Situation = { now: NOW, dealings: [], shownInLastHour: 0, ...situation };
    const ranked = badges.map((candidate) => ({ candidate, score: 1 }));
    const selection = select(ranked, full, limits);
    return { shown: selection.shown.map(({ id }) => id), folded: selection.folded.map(({ id }) => id) };
  };
  const dealt = (outcome: Dealing['outcome'], ago: number, contact?: string): Dealing => ({
    badge: 'a',
    outcome,
    at: NOW - ago,
    ...(contact !== undefined && { contact }),
  });

  it('are few; the others are folded', () => {
    expect(shown({}, badge('a'), badge('b'), badge('c'))).to.deep.equal({ shown: ['a', 'b'], folded: ['c'] });
  });

  it('are not those that have expired', () => {
    expect(shown({}, badge('a', { since: NOW - 24 * HOUR }), badge('b')).shown).to.deep.equal(['b']);
  });

  it.each([
    ['acted on an hour ago', [dealt('acted', HOUR)], []],
    ['acted on before its cool-down', [dealt('acted', 4 * HOUR)], ['a']],
    ['put off ten minutes ago', [dealt('later', HOUR / 6)], []],
    ['put off an hour ago', [dealt('later', HOUR, 'call-1')], ['a']],
    ['dismissed in this contact, long ago', [dealt('dismissed', 9 * HOUR, 'call-1')], []],
    ['dismissed in another contact, long ago', [dealt('dismissed', 9 * HOUR, 'call-0')], ['a']],
  ])('respect what was dealt with: %s', (_, dealings, expected) => {
    expect(shown({ dealings, contact: 'call-1' }, badge('a')).shown).to.deep.equal(expected);
  });

  it('are only the urgent ones for an agent who has seen many', () => {
    const badges = [badge('a'), badge('b', { severity: 'critical' })];
    expect(shown({ shownInLastHour: 10 }, ...badges)).to.deep.equal({ shown: ['b'], folded: ['a'] });
  });
});

describe('a duration', () => {
  it.each([
    ['P7D', 7 * 24 * HOUR],
    ['PT12H', 12 * HOUR],
    ['PT30M', HOUR / 2],
  ])('%s', (source, milliseconds) => {
    expect(durationOf(source)).to.equal(milliseconds);
  });
  it('refuses others', () => {
    expect(() => durationOf('P1Y')).to.throw(TypeError);
  });
});
