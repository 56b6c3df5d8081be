import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 60;
/** How many steps back a nonce is still taken. */
const STEPS = 5;

/**
 * Nonces for DPoP proofs, made from the time and a secret all replicas share, so nothing is stored. A nonce is what lets a
 * client in whose clock is wrong: it proves by itself that the proof is new.
 */
export class DpopNonces {
  readonly #secret: Buffer;
  readonly #now: () => number;

  constructor(secret: Buffer, now: () => number = Date.now) {
    this.#secret = secret;
    this.#now = now;
  }

  current(): string {
    return this.#at(this.#step());
  }

  accepts(nonce: string): boolean {
    const step = this.#step();
    return Array.from({ length: STEPS }, (_, back) => this.#at(step - back)).some((known) =>
      equal(known, nonce),
    );
  }

  #step(): number {
    return Math.floor(this.#now() / 1_000 / STEP_SECONDS);
  }

  #at(step: number): string {
    return createHmac('sha256', this.#secret).update(`gateway dpop nonce ${step}`).digest('base64url');
  }
}

function equal(known: string, given: string): boolean {
  const [left, right] = [Buffer.from(known), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
