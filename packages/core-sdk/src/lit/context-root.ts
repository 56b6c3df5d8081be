import { ContextRoot } from '@lit/context';

let attached = false;

/**
 * Keeps the requests of widgets that come to life before their `<jio-assist>`, and repeats them when it does:
 * in which order a page's scripts run is the page's choice.
 */
export function attachContextRoot(): void {
  if (attached) return;
  attached = true;
  new ContextRoot().attach(document.documentElement);
}
