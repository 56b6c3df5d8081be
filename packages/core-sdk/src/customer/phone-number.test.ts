import { expect } from '@open-wc/testing';
import { numberVariants } from './number-variants.js';
import { toE164 } from './phone-number.js';

describe('toE164', () => {
  const same: [string, string][] = [
    ['+919812345210', 'as it should be'],
    ['+91 98123 45210', 'with spaces'],
    ['+91-98123-45210', 'with dashes'],
    ['(+91) 98123 45210', 'with a bracket before the plus'],
    ['919812345210', 'without the plus'],
    ['00919812345210', 'with an international prefix'],
    ['09812345210', 'with the trunk prefix'],
    ['9812345210', 'as a national number'],
    ['+91 (0) 98123 45210', 'with a trunk prefix too much'],
    ['tel:+91-98123-45210', 'as a link'],
    ['tel:9812345210;phone-context=+91', 'as a link with parameters'],
    ['98123.45210', 'with a dot'],
  ];
  for (const [written, how] of same) {
    it(`reads ${written}, ${how}`, () => {
      expect(toE164(written)).to.equal('+919812345210');
    });
  }

  it('reads a landline with its STD code', () => {
    expect(toE164('022-2345-6789')).to.equal('+912223456789');
    expect(toE164('011 4155 6677')).to.equal('+911141556677');
    expect(toE164('04712 345678')).to.equal('+914712345678');
  });

  it('reads a number of another country', () => {
    expect(toE164('+44 20 7946 0018')).to.equal('+442079460018');
    expect(toE164('0044 20 7946 0018')).to.equal('+442079460018');
  });

  for (const written of [
    '',
    '   ',
    '198',
    '*123#',
    'anonymous',
    '12345',
    '+',
    '+0123456789',
    '+1234567890123456',
    'x9812345210',
  ]) {
    it(`reads nothing in ${JSON.stringify(written)}`, () => {
      expect(toE164(written)).to.equal(undefined);
    });
  }

  it('gives the variants under which an Indian number may be kept', () => {
    expect(numberVariants('+919812345210')).to.deep.equal([
      '+919812345210',
      '919812345210',
      '09812345210',
      '9812345210',
      '00919812345210',
    ]);
  });

  it('finds every variant again', () => {
    for (const variant of numberVariants('+919812345210')) expect(toE164(variant)).to.equal('+919812345210');
  });
});
