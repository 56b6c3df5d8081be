import { afterEach, describe, expect, it, vi } from 'vitest';

const ENTRIES = {
  '@jioassist/core-sdk': () => import('./index.js'),
  '@jioassist/core-sdk/lit': () => import('./lit/index.js'),
  '@jioassist/core-sdk/doctor': () => import('./lit/doctor/index.js'),
  '@jioassist/core-sdk/context-root.js': () => import('./lit/context-root.js'),
  '@jioassist/core-sdk/testing': () => import('./testing/index.js'),
};

/** A property of the browser that must not be read while a module loads; Lit itself may ask for it. */
function watch(name: string, readBy: string[]): void {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      const caller = new Error().stack?.split('\n')[2] ?? '';
      if (caller.includes('/packages/')) readBy.push(`${name} ${caller.trim()}`);
      return undefined;
    },
    set: () => undefined,
  });
}

describe('Importing in plain Node', () => {
  const names = ['window', 'document', 'location', 'localStorage', 'indexedDB', 'HTMLElement'];

  afterEach(() => {
    for (const name of names) Reflect.deleteProperty(globalThis, name);
    vi.resetModules();
  });

  for (const [entry, load] of Object.entries(ENTRIES)) {
    it(`${entry} touches no window and puts nothing on the page`, async () => {
      const readBy: string[] = [];
      for (const name of names) watch(name, readBy);
      const module = await load();
      expect(Object.keys(module)).not.toHaveLength(0);
      expect(readBy).toEqual([]);
      const ours = Object.getOwnPropertySymbols(globalThis).filter(({ description }) =>
        description?.startsWith('@jioassist'),
      );
      expect(ours).toEqual([]);
    });
  }
});
