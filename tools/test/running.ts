import { LiveLine } from '../lib/progress.ts';

/** The line that names what is under way, of which there may be several at once. */
export class Running {
  readonly #isShown: boolean;
  readonly #started = new Map<string, number>();
  #line: LiveLine | undefined;

  constructor(isShown: boolean) {
    this.#isShown = isShown;
  }

  add(title: string): void {
    this.#started.set(title, performance.now());
    this.say();
  }

  remove(title: string): void {
    this.#started.delete(title);
    this.say();
  }

  /** Prints with the line out of the way. */
  say(print?: () => void): void {
    this.#line?.end();
    print?.();
    const [longest] = this.#started.values();
    this.#line =
      longest === undefined || !this.#isShown
        ? undefined
        : new LiveLine([...this.#started.keys()].join(', '), longest);
  }
}
