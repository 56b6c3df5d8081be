import { describe, expect, it } from 'vitest';
import { fillText, formatFact } from './index.ts';

const texts = { en: '{billing.overdueAmount} overdue', hi: '{billing.overdueAmount} बकाया' };
const facts = { billing: { overdueAmount: 123_456 } };

describe('the text of a badge', () => {
  it('is in the language of the agent, with Indian numbers', () => {
    expect(fillText(texts, facts, 'en-IN')).to.equal('₹1,23,456 overdue');
    expect(fillText(texts, facts, 'hi')).to.equal('₹1,23,456 बकाया');
  });

  it('is in English where there is no other', () => {
    expect(fillText(texts, facts, 'ta-IN')).to.equal('₹1,23,456 overdue');
    expect(fillText(texts, facts, 'constructor')).to.equal('₹1,23,456 overdue');
  });

  it('has a dash for what is not known', () => {
    expect(fillText(texts, {}, 'en')).to.equal('– overdue');
  });

  it.each([
    ['loyalty.expireInDays', { loyalty: { expireInDays: 1 } }, '1 day'],
    ['balance.validityEndsInHours', { balance: { validityEndsInHours: -5 } }, '5 hours'],
    ['balance.dataUsedPercent', { balance: { dataUsedPercent: 93.4 } }, '93%'],
    ['balance.dataLeftGigabytes', { balance: { dataLeftGigabytes: 1.25 } }, '1.3 GB'],
    ['services.names', { services: { names: ['A', 'B'] } }, 'A and B'],
    ['consent.isOnFile', { consent: { isOnFile: false } }, '✗'],
    ['network.since', { network: { since: 'garbage' } }, 'garbage'],
  ] as const)('says %s as it is read', (path, known, text) => {
    expect(formatFact(path, known, 'en')).to.equal(text);
  });
});
