/**
 * Up to where a page knows what happened. Events are numbered; an answer of the API holds everything up to a number. What
 * lies between an answer, or the last event, and the beginning of the connection may be missed: that is a gap.
 */
export class Coverage {
  /** Events up to this number were told, to this page or to one before it. */
  #seen = -1;
  /** From where on everything wanted is told; undefined while it is not. */
  #from: number | undefined;
  /** Whether the customer was covered before, so that there is something to miss. */
  #wasCovered = false;
  /** The oldest answer on the page since the cover began. */
  #oldestRead = Infinity;

  /** Where a connection has to go on; undefined when there was none. */
  get resumeAfter(): number | undefined {
    return this.#seen < 0 ? undefined : this.#seen;
  }

  /** Something else is wanted. @param anew of another customer, so that what was read before does not count any more */
  begin(anew: boolean): void {
    // What was read under cover has lost nothing so far.
    if (anew || this.#from !== undefined) this.#oldestRead = Infinity;
    if (anew) this.#wasCovered = false;
    this.#from = undefined;
  }

  /** What is wanted is told after event number `from`. @returns whether something was missed */
  cover(from: number): boolean {
    const missed = this.#wasCovered && this.#seen < from;
    this.#wasCovered = true;
    this.#from = missed ? from : Math.min(from, this.#from ?? from);
    this.#seen = Math.max(this.#seen, from);
    if (!missed) return this.#readBefore();
    this.#oldestRead = Infinity;
    return true;
  }

  /** What was before is lost. */
  restart(from: number): void {
    this.#seen = this.#from = from;
    this.#oldestRead = Infinity;
  }

  /** An answer holds everything up to this event. @returns whether what came after it may be missed */
  read(position: number): boolean {
    this.#oldestRead = Math.min(this.#oldestRead, position);
    return this.#readBefore();
  }

  /** An event is told. @returns whether for the first time: the leader before may have told it already */
  tell(position: number): boolean {
    if (position <= this.#seen) return false;
    this.#seen = position;
    return true;
  }

  #readBefore(): boolean {
    if (this.#from === undefined || this.#oldestRead >= this.#from) return false;
    this.#oldestRead = Infinity;
    return true;
  }
}
