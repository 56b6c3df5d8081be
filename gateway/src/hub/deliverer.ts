import { randomUUID } from 'node:crypto';
import { resourceEnvelope, type EnvelopeContext } from '../events/envelope.ts';
import type { LoggedEvent } from '../events/log.ts';
import { isVisible } from '../auth/visibility.ts';
import type { EventTail } from '../events/tail.ts';
import type { Database } from '../store/database.ts';
import { selectFields } from '../tmf/fields.ts';
import type { ListQuery } from '../tmf/list-query.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import type { CallbackPolicy } from './callback-policy.ts';
import { subjectOf } from './subject.ts';
import { eventsAfter } from './matching-events.ts';
import { post } from './post.ts';
import { signatureHeaders } from './signature.ts';
import type { RightsOf } from './subscriber-rights.ts';
import { LeasedSubscriptions, type Subscription } from './subscriptions.ts';

export interface HubLimits {
  /** How long a listener may take to answer. */
  readonly timeoutMs: number;
  /** The first pause after a failure; each further one is twice as long. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** A subscription that fails for so long is paused. */
  readonly giveUpAfterMs: number;
}

export const defaultHubLimits: HubLimits = {
  timeoutMs: 10_000,
  firstRetryMs: 1_000,
  longestRetryMs: 60 * 60_000,
  giveUpAfterMs: 24 * 60 * 60_000,
};

export interface DelivererContext extends EnvelopeContext {
  readonly database: Database;
  readonly tail: EventTail;
  readonly policy: CallbackPolicy;
  readonly limits: HubLimits;
  /** What a subscriber may read now; left out where another issuer says what agents may do. */
  readonly rightsOf?: RightsOf;
  readonly onError: (error: unknown) => void;
}

/** Another replica may end without a word; its leases run out unannounced, so it is looked for from time to time. */
const LOOK_AGAIN_MS = 15_000;

/**
 * Tells subscribers of events: each subscription in the order of the log, one event at a time, again and again until the
 * listener takes it. A listener may hear of an event twice, and knows it by its id.
 */
export class HubDeliverer {
  readonly #context: DelivererContext;
  readonly #subscriptions: LeasedSubscriptions;
  readonly #stopping = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #again = false;

  constructor(context: DelivererContext) {
    this.#context = context;
    this.#subscriptions = new LeasedSubscriptions(context.database, randomUUID());
  }

  /** `alone` says that no other process delivers from this database. */
  async start(alone: boolean): Promise<void> {
    if (alone) await this.#subscriptions.forgetLeases();
    this.#unsubscribe = this.#context.tail.subscribe(() => {
      this.wake();
    });
    this.wake();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#unsubscribe?.();
    await this.#round;
    clearTimeout(this.#timer);
    await Promise.all(this.#work);
  }

  /** Looks for due work. What comes while it looks makes it look once more. */
  wake(): void {
    this.#again = true;
    this.#round ??= this.#look()
      .catch(this.#context.onError)
      .finally(() => {
        this.#round = undefined;
        // What was announced after the last look and before this moment would otherwise be forgotten.
        if (this.#again && !this.#stopping.signal.aborted) this.wake();
      });
  }

  async #look(): Promise<void> {
    while (this.#again && !this.#stopping.signal.aborted) {
      this.#again = false;
      for (const subscription of await this.#subscriptions.claimDue()) this.#begin(subscription);
      await this.#wakeWhenDue();
    }
  }

  async #wakeWhenDue(): Promise<void> {
    const ms = await this.#subscriptions.msUntilDue();
    clearTimeout(this.#timer);
    if (ms === undefined || this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(
      () => {
        this.wake();
      },
      Math.min(Math.max(ms, 1), LOOK_AGAIN_MS),
    );
    this.#timer.unref();
  }

  #begin(subscription: Subscription): void {
    const work = this.#serve(subscription)
      .catch(async (error: unknown) => {
        this.#context.onError(error);
        await this.#fail(subscription, 'The gateway could not deliver.');
      })
      .then(() => this.#subscriptions.release(subscription.id))
      .catch(this.#context.onError)
      .finally(() => {
        this.#work.delete(work);
        this.wake();
      });
    this.#work.add(work);
  }

  async #serve(subscription: Subscription): Promise<void> {
    const { database, declarations } = this.#context;
    const topics = declarations.filter(({ name }) => subscription.topics.includes(name));
    const query = subjectOf(topics, subscription.parentId).readAccepted(subscription.query);
    let { cursor } = subscription;
    for (;;) {
      const page = await eventsAfter(database, subscription.topics, query.filters, cursor);
      for (const event of page.events) if (!(await this.#tell(subscription, event, query.fields))) return;
      if (page.through === cursor || !(await this.#subscriptions.advance(subscription.id, page.through)))
        return;
      cursor = page.through;
    }
  }

  /** Whether to go on with the next event. */
  async #tell(subscription: Subscription, event: LoggedEvent, fields: ListQuery['fields']): Promise<boolean> {
    const rights = await this.#context.rightsOf?.(subscription.agentId);
    if (rights && !this.#readScopes(subscription).every((scope) => rights.scopes.has(scope))) {
      await this.#subscriptions.pause(subscription.id, 'The agent may not read these resources any more.');
      return false;
    }
    if (rights && !isVisible(rights.circles, event)) {
      return this.#subscriptions.advance(subscription.id, event.sequence);
    }
    const failure = await this.#deliver(subscription, event, fields);
    if (this.#stopping.signal.aborted) return false;
    if (failure === undefined) return this.#subscriptions.advance(subscription.id, event.sequence);
    await this.#fail(subscription, failure);
    return false;
  }

  #readScopes({ topics }: Subscription): string[] {
    return this.#context.declarations
      .filter(({ name }) => topics.includes(name))
      .map(({ scopes }) => scopes.read);
  }

  #fail(subscription: Subscription, failure: string): Promise<void> {
    const { giveUpAfterMs } = this.#context.limits;
    return this.#subscriptions.fail(subscription.id, failure, this.#pause(subscription), giveUpAfterMs);
  }

  /** Resolves to what went wrong, or to nothing when the listener took the event. */
  async #deliver(
    { callback, secret }: Subscription,
    event: LoggedEvent,
    fields: ListQuery['fields'],
  ): Promise<string | undefined> {
    const { policy, limits } = this.#context;
    const url = listenerUrl(callback, event.eventType);
    const refusal = policy.refusal(url);
    if (refusal !== undefined) return refusal;
    const body = JSON.stringify(this.#envelope(event, fields));
    const headers = signatureHeaders(secret, event.eventId, new Date(), body);
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(limits.timeoutMs)]);
    try {
      const status = await post({ url, body, headers, lookup: policy.lookup, signal });
      return status >= 200 && status < 300 ? undefined : `The listener answered ${status}.`;
    } catch (error) {
      return signal.aborted ? 'The listener did not answer in time.' : (error as Error).message.slice(0, 300);
    }
  }

  #envelope(event: LoggedEvent, fields: ListQuery['fields']): object {
    const envelope = resourceEnvelope(event, this.#context);
    const resource = envelope.event[event.topic] as ResourceDocument;
    return { ...envelope, event: { [event.topic]: selectFields(resource, fields) } };
  }

  /** Some of the pause is chance, so that listeners that failed together are not all tried together. */
  #pause({ attempts }: Subscription): number {
    const { firstRetryMs, longestRetryMs } = this.#context.limits;
    return Math.min(firstRetryMs * 2 ** attempts, longestRetryMs) * (0.5 + Math.random() / 2);
  }
}

/** `{callback}/listener/customerCreateEvent`, with a query of the callback left in its place. */
function listenerUrl(callback: string, eventType: string): URL {
  const url = new URL(callback);
  const name = eventType.charAt(0).toLowerCase() + eventType.slice(1);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/listener/${name}`;
  return url;
}
