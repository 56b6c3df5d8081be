import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { JioAssistClient } from '../client.js';
import { defaultClient } from '../default-client.js';
import { isJioAssistError, JioAssistError } from '../errors.js';
import type { Observable, Unsubscribe } from '../observable.js';
import { clientContext, type ClientSlot } from './client-context.js';

/** A widget's model: its whole state is one observable value. */
export interface Model<T> {
  readonly state: Observable<T>;
}

const MISSING = new JioAssistError(
  'client/missing',
  'This element is not inside a <jio-assist> element and the page has no default client, so it has no gateway to ask.',
);

/**
 * Joins an element to the nearest client, or to the page's default client, and to a model made for it. The model is
 * made when a client appears, made anew when that changes, kept when the element moves within the same client, and
 * followed only while connected.
 */
export class ModelController<M extends Model<unknown>> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #createModel: (client: JioAssistClient) => M;
  #slot: ClientSlot;
  #model: M | undefined;
  #answered = false;
  #unsubscribe: Unsubscribe | undefined;
  #releaseDefault: Unsubscribe | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, createModel: (client: JioAssistClient) => M) {
    this.#host = host;
    this.#createModel = createModel;
    // Before this controller, so that in `hostConnected` it is known whether a provider has answered.
    new ContextConsumer(host, {
      context: clientContext,
      subscribe: true,
      callback: (slot) => {
        this.#answered = true;
        this.#take(slot);
      },
    });
    host.addController(this);
  }

  get model(): M | undefined {
    return this.#model;
  }

  /** Why there is no model. */
  get error(): JioAssistError {
    return isJioAssistError(this.#slot) ? this.#slot : MISSING;
  }

  hostConnected(): void {
    const page = defaultClient();
    this.#releaseDefault = page.subscribe((client) => {
      if (!this.#answered) this.#take(client);
    });
    if (!this.#answered) this.#take(page.value);
    this.#follow();
  }

  hostDisconnected(): void {
    this.#answered = false;
    this.#releaseDefault?.();
    this.#unfollow();
  }

  #take(slot: ClientSlot): void {
    if (slot === this.#slot) return;
    this.#unfollow();
    this.#slot = slot;
    this.#model = slot && !isJioAssistError(slot) ? this.#createModel(slot) : undefined;
    this.#follow();
    this.#host.requestUpdate();
  }

  #follow(): void {
    if (!this.#host.isConnected || this.#unsubscribe || !this.#model) return;
    this.#unsubscribe = this.#model.state.subscribe(() => {
      this.#host.requestUpdate();
    });
    // The state may have moved on while nobody followed.
    this.#host.requestUpdate();
  }

  #unfollow(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
