import { unzip } from './bytes.ts';

const DOCUMENT_SEPARATOR = '\u0000';

/** The stored texts; those of a loaded index stay compressed until the first excerpt is asked for. */
export class Texts {
  #all: readonly string[] | undefined;
  #packed: Uint8Array | undefined;

  private constructor(all: readonly string[] | undefined, packed: Uint8Array | undefined) {
    this.#all = all;
    this.#packed = packed;
  }

  static of(texts: readonly string[] | undefined): Texts | undefined {
    return texts && new Texts(texts, undefined);
  }

  static packed(bytes: Uint8Array): Texts {
    return new Texts(undefined, bytes);
  }

  async all(): Promise<string[]> {
    if (!this.#all) {
      const joined = new TextDecoder().decode(await unzip(this.#packed ?? new Uint8Array()));
      this.#all = joined.split(DOCUMENT_SEPARATOR);
      this.#packed = undefined;
    }
    return this.#all as string[];
  }

  async joined(): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.all()).join(DOCUMENT_SEPARATOR));
  }
}
