import { get, update, type UseStore } from 'idb-keyval';

/** A value that only the scripts of this origin, in this browser, can open. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** Where a store keeps its key. */
export const KEY = ' key';

/** Encrypts what JSON can hold (AES-GCM) with a key that no script can read out. */
export class Seal {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** Takes the key that a store keeps. It is made once for all tabs: of two that begin at once, the second takes the first's. */
  static async open(store: UseStore): Promise<Seal> {
    const known = await get<CryptoKey>(KEY, store);
    if (known) return new Seal(known);
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    await update<CryptoKey>(KEY, (stored) => stored ?? made, store);
    return new Seal((await get<CryptoKey>(KEY, store)) ?? made);
  }

  async seal(value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#key, text) };
  }

  /** A value that cannot be read (sealed with a key that is gone) is as good as none. */
  async unseal(sealed: Sealed | undefined): Promise<unknown> {
    if (!sealed) return undefined;
    try {
      const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, this.#key, sealed.data);
      return JSON.parse(new TextDecoder().decode(data)) as unknown;
    } catch {
      return undefined;
    }
  }
}
