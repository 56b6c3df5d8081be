import { noChange, type ElementPart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';

/** Which of some elements are on the screen or close to it, by key. One that was not looked at yet counts as seen. */
export class InSight {
  readonly #keys = new Map<Element, string>();
  readonly #seen = new Set<string>();
  readonly #hidden = new Set<string>();
  readonly #observer: IntersectionObserver;

  /** @param appeared is called when elements came into sight. */
  constructor(appeared: () => void) {
    this.#observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) this.#see(target, isIntersecting);
        if (changes.some(({ isIntersecting }) => isIntersecting)) appeared();
      },
      { rootMargin: '200px' },
    );
  }

  has(key: string): boolean {
    return !this.#hidden.has(key);
  }

  /** Whether it was looked at and is there. */
  sees(key: string): boolean {
    return this.#seen.has(key);
  }

  follow(element: Element, key: string): void {
    if (this.#keys.get(element) === key) return;
    this.#keys.set(element, key);
    this.#observer.observe(element);
  }

  forget(element: Element): void {
    this.#observer.unobserve(element);
    const key = this.#keys.get(element) ?? '';
    this.#seen.delete(key);
    this.#hidden.delete(key);
    this.#keys.delete(element);
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #see(element: Element, seen: boolean): void {
    const key = this.#keys.get(element);
    if (key === undefined) return;
    const [to, from] = seen ? [this.#seen, this.#hidden] : [this.#hidden, this.#seen];
    to.add(key);
    from.delete(key);
  }
}

class FollowedDirective extends AsyncDirective {
  #undo: (() => void) | undefined;
  #again: () => void = () => undefined;

  render(_sight: InSight, _key: string): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [sight, key]: [InSight, string]): unknown {
    this.#again = () => {
      sight.follow(element, key);
    };
    this.#undo = () => {
      sight.forget(element);
    };
    this.#again();
    return noChange;
  }

  override disconnected(): void {
    this.#undo?.();
  }

  override reconnected(): void {
    this.#again();
  }
}

/** Keeps an element's place known: `<li ${followed(sight, id)}>`. */
export const followed = directive(FollowedDirective);
