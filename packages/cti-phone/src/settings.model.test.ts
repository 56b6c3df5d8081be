import { describe, expect, it } from 'vitest';
import { numberIn } from './dial-links.ts';
import { DEFAULT_EMERGENCY_NUMBERS, isEmergency } from './settings.ts';

describe('numbers', () => {
  it.each([
    ['112', true],
    ['1-1-2', true],
    [' 108 ', true],
    ['1120', false],
    ['+911122334455', false],
    ['', false],
    ['*#', false],
  ])('"%s" is for emergencies: %s', (number, expected) => {
    expect(isEmergency(number, DEFAULT_EMERGENCY_NUMBERS)).to.equal(expected);
  });

  it('for emergencies are those of the page', () => {
    expect(isEmergency('999', '911, 999')).to.equal(true);
    expect(isEmergency('112', '')).to.equal(false);
  });

  it.each([
    ['tel:+91-98123-45210', '+91-98123-45210'],
    ['tel:98123;ext=5', '98123'],
    ['tel:%2B9198123', '+9198123'],
    ['TEL:112', '112'],
    ['tel:%E0%A4%A', undefined],
    ['tel:<script>', undefined],
    ['tel:', undefined],
  ])('of the link %s is %s', (href, expected) => {
    expect(numberIn(href)).to.equal(expected);
  });
});
