import { msg, str } from '@lit/localize';
import type { BadgeView } from './badge-view.js';

/** What a screen reader hears of badges that come by themselves: each once, the urgent ones at once. */
export class Announcer {
  #heard = new Set<string>();
  #polite = '';
  #urgent = '';

  tell(shown: readonly BadgeView[], locale: string): { polite: string; urgent: string } {
    const fresh = shown.filter(({ id }) => !this.#heard.has(id));
    // What went and comes again is news again.
    this.#heard = new Set(shown.map(({ id }) => id));
    if (fresh.length === 0) return { polite: this.#polite, urgent: this.#urgent };
    const titles = (isUrgent: boolean) =>
      fresh
        .filter(({ severity }) => (severity === 'critical') === isUrgent)
        .map((badge) => badge.title(locale));
    const [quiet, loud] = [titles(false), titles(true)];
    this.#polite = quiet.length === 0 ? '' : msg(str`New: ${quiet.join(', ')}`);
    this.#urgent = loud.length === 0 ? '' : msg(str`Urgent: ${loud.join(', ')}`);
    return { polite: this.#polite, urgent: this.#urgent };
  }
}
