import { expect } from '@open-wc/testing';
import { uniqueId } from './unique-id.js';

const UUID_4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('uniqueId', () => {
  it('is a random UUID', () => {
    expect(uniqueId()).to.match(UUID_4);
    expect(uniqueId()).not.to.equal(uniqueId());
  });

  it('is one as well where the page has no secure context', () => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      for (let i = 0; i < 100; i++) expect(uniqueId()).to.match(UUID_4);
    } finally {
      delete (crypto as { randomUUID?: unknown }).randomUUID;
    }
    expect(crypto.randomUUID()).to.match(UUID_4);
  });
});
