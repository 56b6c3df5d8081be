import { expect } from '@open-wc/testing';
import { maskPhoneNumber } from './personal-data.js';

describe('maskPhoneNumber', () => {
  const cases: [string, string][] = [
    ['+919812345210', '98•••••210'],
    ['+91 98123 45210', '98•••••210'],
    ['09812345210', '98•••••210'],
    ['9812345210', '98•••••210'],
    ['0091 98123 45210', '00•••••••••210'],
    ['1234', '••••'],
    ['', ''],
  ];
  for (const [number, masked] of cases) {
    it(`shows ${number || 'nothing'} as ${masked || 'nothing'}`, () => {
      expect(maskPhoneNumber(number)).to.equal(masked);
    });
  }
});
