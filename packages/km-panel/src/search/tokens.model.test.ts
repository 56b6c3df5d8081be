import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stem, tokenise, type Token } from './tokens.ts';

const words = (text: string): string[] => tokenise(text).map(({ word }) => word);

// Any code units, lone surrogates among them.
const anyText = fc.array(fc.nat(0xffff), { maxLength: 80 }).map((codes) => String.fromCharCode(...codes));

describe('tokenise', () => {
  it.each([
    ['Slow  internet!', ['slow', 'internet']],
    ["the customer's SIM can’t register", ['the', 'customer', 'sim', 'cant', 'register']],
    ['Error E-101 after v2.1', ['error', 'e', '101', 'e101', 'after', 'v2', '1', 'v21']],
    ['dial *123# now', ['dial', '123', '*123#', 'now']],
    ['Wi-Fi at 5 GHz', ['wi', 'fi', 'at', '5', 'ghz']],
    ['Café ＡＰＮ ﬁbre', ['cafe', 'apn', 'fibre']],
    ['फ़ोन १२३ जाँच', ['फोन', '123', 'जांच']],
    ['co\u00adnnect\u200ded \u200fSIM\u200f', ['connected', 'sim']],
    ['无法上网 APN设置', ['无法', '法上', '上网', 'apn', '设置']],
    ['ルータ', ['ルー', 'ータ']],
    ['', []],
    ['.*+?^${}()|[]\\', []],
  ])('reads %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['One. Two', [false, true]],
    ['one\ntwo', [false, true]],
    ['पहला। दूसरा', [false, true]],
    ['version 2.1', [false, false, false, false]],
    ['one, two', [false, false]],
  ])('knows where sentences end in %j', (text, breaks) => {
    expect(tokenise(text).map(({ breaksBefore }) => breaksBefore)).toEqual(breaks);
  });

  it('gives ranges inside the text, and words that read as themselves', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const isSound = ({ word, start, end }: Token): boolean =>
          start >= 0 && start < end && end <= text.length && word !== '' && word.isWellFormed();
        expect(tokenise(text).filter((token) => !isSound(token))).toEqual([]);
      }),
    );
  });

  it('reads a megabyte of hash signs, hyphens or open comments once', () => {
    for (const unit of ['#', '-', '<!--', '.”', "a'"])
      expect(tokenise(unit.repeat(250_000)).length).toBeLessThan(260_000);
  });
});

describe('stem', () => {
  // The examples of the published description of Porter2, and words of our articles.
  it.each([
    ['consigned', 'consign'],
    ['consistency', 'consist'],
    ['knightly', 'knight'],
    ['generously', 'generous'],
    ['happiness', 'happi'],
    ['skies', 'sky'],
    ['ties', 'tie'],
    ['dying', 'dy'],
    ['hopping', 'hop'],
    ['hoping', 'hope'],
    ['agreed', 'agre'],
    ['feed', 'feed'],
    ['exceed', 'exceed'],
    ['relational', 'relat'],
    ['activation', 'activ'],
    ['activated', 'activ'],
    ['recharging', 'recharg'],
    ['recharges', 'recharg'],
    ['bills', 'bill'],
    ['apology', 'apolog'],
    ['apologies', 'apolog'],
    ['gas', 'gas'],
    ['us', 'us'],
    ['news', 'news'],
    ['by', 'by'],
    ['say', 'say'],
    ['cry', 'cri'],
  ])('takes the ending off %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it.each([
    ['ग्राहकों', 'ग्राहक'],
    ['शिकायतें', 'शिकायत'],
    ['लड़कियां', 'लड़क'],
    ['भाषाएं', 'भाष'],
    ['की', 'की'],
  ])('takes the ending off %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it.each(['e101', '*123#', 'سم', '5g'])('leaves %s alone', (word) => {
    expect(stem(word)).toBe(word);
  });
});
