import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { BadgeList } from './badge-list.js';
import type { BadgesModel } from './badge-widget.model.js';

/** The list of an element, once its code is there: it is loaded when there is something to list. */
export class LazyList implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #model: () => BadgesModel | undefined;
  #list: BadgeList | undefined;
  #isLoading = false;

  constructor(host: ReactiveControllerHost & HTMLElement, model: () => BadgesModel | undefined) {
    this.#host = host;
    this.#model = model;
    host.addController(this);
  }

  get value(): BadgeList | undefined {
    return this.#list;
  }

  hostUpdated(): void {
    const status = this.#model()?.state.value.status;
    if (this.#isLoading || (status !== 'ready' && status !== 'stale')) return;
    this.#isLoading = true;
    void import('./badge-list.js').then(
      ({ BadgeList }) => {
        this.#list = new BadgeList(this.#host, this.#model);
        this.#host.requestUpdate();
      },
      // With the next change it is tried again; until then the element says that it looks.
      () => (this.#isLoading = false),
    );
  }
}
