import type { Observable } from '../observable.js';

/** Resolves with the first value, now or later, for which `holds`; this is how tests wait. */
export function until<T, V extends T = T>(
  observable: Observable<T>,
  holds: ((value: T) => value is V) | ((value: T) => boolean),
): Promise<V> {
  return new Promise((resolve) => {
    // Subscribed before the first look, because subscribing may start what changes the value.
    const unsubscribe = observable.subscribe(look);
    look(observable.value);
    function look(value: T): void {
      if (!holds(value)) return;
      queueMicrotask(() => {
        unsubscribe();
      });
      resolve(value as V);
    }
  });
}
