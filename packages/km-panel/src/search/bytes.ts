/** Numbers as bytes of seven bits, the highest bit saying that more follow: small numbers take one byte. */
export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  number(value: number): void {
    this.#reserve(5);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A list with its length before it. */
  numbers(values: Uint32Array): void {
    this.number(values.length);
    for (const value of values) this.number(value);
  }

  bytes(value: Uint8Array): void {
    this.number(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  text(value: string): void {
    this.bytes(new TextEncoder().encode(value));
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what {@link ByteWriter} wrote; throws a RangeError where the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('the bytes end too early');
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new RangeError('a number is too long');
  }

  numbers(): Uint32Array {
    const length = this.number();
    // Each number takes a byte at least, so a false length cannot make us reserve memory.
    if (length > this.#bytes.length - this.#at) throw new RangeError('a list is too long');
    const values = new Uint32Array(length);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < length; i++) {
      // Most numbers are one or two bytes: no call for those.
      const byte = bytes[at]!;
      const next = bytes[at + 1]!;
      if (byte < 128) {
        values[i] = byte;
        at += 1;
      } else if (next < 128) {
        values[i] = (byte & 127) | (next << 7);
        at += 2;
      } else {
        this.#at = at;
        values[i] = this.number();
        at = this.#at;
      }
    }
    if (at > bytes.length) throw new RangeError('the bytes end too early');
    this.#at = at;
    return values;
  }

  bytes(): Uint8Array {
    const length = this.number();
    if (length > this.#bytes.length - this.#at) throw new RangeError('a text is too long');
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }
}

export function zip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return through(bytes, new CompressionStream('gzip'));
}

export function unzip(bytes: Uint8Array): Promise<Uint8Array> {
  return through(bytes as Uint8Array<ArrayBuffer>, new DecompressionStream('gzip'));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const source = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(source).arrayBuffer());
}
