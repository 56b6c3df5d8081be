import { AnomalyError } from './errors.ts';

/** Room for one detector. The header takes the first bytes. */
export const stateBytes = 4096;

const magic = 0x4e4d4f4e;
/** Counts up when what the parts keep changes. */
const version = 2;
const headerBytes = 16;

/**
 * The memory of one detector: a single buffer from which every part takes its arrays in a fixed order. The state is a
 * copy of that buffer, so a detector that resumes has the same numbers to the last bit, and no part can forget a
 * field. All machines that run browsers and Node today store numbers with the lowest byte first; the first word
 * tells when one does not.
 */
export class Arena {
  readonly #buffer: ArrayBuffer;
  #used = headerBytes;

  constructor(state?: Uint8Array) {
    this.#buffer = new ArrayBuffer(stateBytes);
    if (state !== undefined) {
      checkState(state);
      new Uint8Array(this.#buffer).set(state);
    }
  }

  /** Numbers kept in full. */
  doubles(count: number): Float64Array {
    return new Float64Array(this.#buffer, this.#take(count, 8), count);
  }

  /** Numbers kept to seven digits. */
  floats(count: number): Float32Array {
    return new Float32Array(this.#buffer, this.#take(count, 4), count);
  }

  /** Whole numbers up to 255. */
  bytes(count: number): Uint8Array {
    return new Uint8Array(this.#buffer, this.#take(count, 1), count);
  }

  toState(): Uint8Array {
    const state = new Uint8Array(this.#buffer.slice(0));
    const header = new Uint32Array(state.buffer, 0, 4);
    header.set([magic, version, state.length, checksum(state)]);
    return state;
  }

  // Numbers of some bytes lie at multiples of so many bytes.
  #take(count: number, size: number): number {
    const start = Math.ceil(this.#used / size) * size;
    this.#used = start + count * size;
    return start;
  }
}

function checkState(state: unknown): void {
  if (!(state instanceof Uint8Array) || state.length < headerBytes)
    throw broken('it is no state of a detector');
  const [first, madeBy, length, sum] = new Uint32Array(state.slice(0, headerBytes).buffer);
  if (first !== magic) throw broken('it is no state of a detector');
  if ((madeBy ?? 0) > version) {
    throw new AnomalyError(
      'anomaly/state-newer',
      `state: version ${madeBy}, and this package reads ${version}`,
    );
  }
  if (madeBy !== version) throw broken(`it was made by version ${madeBy}`);
  if (length !== state.length || length !== stateBytes) throw broken('its length is wrong');
  if (sum !== checksum(state)) throw broken('its checksum is wrong');
}

function broken(why: string): AnomalyError {
  return new AnomalyError('anomaly/state-broken', `state: ${why}`);
}

/** FNV-1a over all that follows the header. */
function checksum(state: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = headerBytes; i < state.length; i += 1) hash = Math.imul(hash ^ (state[i] ?? 0), 0x01000193);
  return hash >>> 0;
}
