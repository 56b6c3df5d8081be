import { randomUUID } from 'node:crypto';
import { BayeuxClient } from './client.ts';
import { subscriptionsIn, type BayeuxMessage } from './message.ts';

export interface BayeuxOptions {
  /** Whether this owner may listen to a channel. */
  readonly mayHear: (owner: string, channel: string) => boolean;
  /** A client listens to a channel from now on. */
  readonly onSubscribe?: (owner: string, channel: string) => void;
  /** How long a poll is held, in milliseconds. */
  readonly timeout?: number;
  /** How long a client may be away, in milliseconds. */
  readonly maxInterval?: number;
  readonly now?: () => number;
}

const MOST_CLIENTS = 1_000;
const MOST_CHANNELS = 32;
const RETRY = { reconnect: 'retry', interval: 0 } as const;
const BEGIN_ANEW = { reconnect: 'handshake', interval: 0 } as const;

/** A Bayeux server over long polling: the part of CometD that telephone clients use, with confirmed deliveries. */
export class BayeuxServer {
  readonly #options: Required<Omit<BayeuxOptions, 'onSubscribe'>> & Pick<BayeuxOptions, 'onSubscribe'>;
  readonly #clients = new Map<string, BayeuxClient>();

  constructor(options: BayeuxOptions) {
    this.#options = { timeout: 30_000, maxInterval: 20_000, now: Date.now, ...options };
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** Answers the messages of one request; a poll takes its time. */
  async handle(
    owner: string,
    messages: readonly BayeuxMessage[],
    isGone: AbortSignal,
  ): Promise<BayeuxMessage[]> {
    this.#forgetAbsent();
    const answers: BayeuxMessage[] = [];
    for (const message of messages) answers.push(...(await this.#answer(owner, message, isGone)));
    return answers;
  }

  publish(owner: string, channel: string, data: unknown): void {
    for (const client of this.#clients.values()) {
      if (client.owner !== owner || !client.channels.has(channel)) continue;
      if (!client.push({ channel, data })) this.#forget(client);
    }
  }

  /** Forgets the clients of an owner, or all: their next message is answered with "unknown client". */
  drop(owner?: string): void {
    for (const client of [...this.#clients.values()])
      if (owner === undefined || client.owner === owner) this.#forget(client);
  }

  async #answer(owner: string, message: BayeuxMessage, isGone: AbortSignal): Promise<BayeuxMessage[]> {
    if (message.channel === '/meta/handshake') return [this.#handshake(owner, message)];
    const client = this.#clients.get(message.clientId ?? '');
    if (client?.owner !== owner) return [refusal(message, '402::Unknown client', BEGIN_ANEW)];
    client.seenAt = this.#options.now();
    switch (message.channel) {
      case '/meta/connect':
        return this.#connect(client, message, isGone);
      case '/meta/subscribe':
        return [this.#subscribe(client, message)];
      case '/meta/unsubscribe':
        for (const channel of subscriptionsIn(message)) client.channels.delete(channel);
        return [success(message, { subscription: message.subscription ?? [] })];
      case '/meta/disconnect':
        this.#forget(client);
        return [success(message)];
      default:
        return [refusal(message, `403:${message.channel}:Publish denied`)];
    }
  }

  #handshake(owner: string, message: BayeuxMessage): BayeuxMessage {
    const { confirms, client } = this.#newClient(owner, message);
    this.#clients.set(client.id, client);
    for (const oldest of this.#clients.values()) {
      if (this.#clients.size <= MOST_CLIENTS) break;
      this.#forget(oldest);
    }
    return success(message, {
      clientId: client.id,
      version: '1.0',
      minimumVersion: '1.0',
      supportedConnectionTypes: ['long-polling'],
      advice: { ...RETRY, timeout: this.#options.timeout },
      ...(confirms && { ext: { ack: true } }),
    });
  }

  #newClient(owner: string, { ext }: BayeuxMessage): { confirms: boolean; client: BayeuxClient } {
    const confirms = ext?.ack === true;
    return { confirms, client: new BayeuxClient(randomUUID(), owner, confirms, this.#options.now()) };
  }

  /** The first connect is answered at once, so that the client knows where it stands. */
  async #connect(
    client: BayeuxClient,
    message: BayeuxMessage,
    isGone: AbortSignal,
  ): Promise<BayeuxMessage[]> {
    client.confirm(message.ext?.ack);
    const wantsToWait = (message['advice'] as { timeout?: unknown } | undefined)?.timeout !== 0;
    if (client.isConnected && !client.hasNews && wantsToWait)
      await client.wait(this.#options.timeout, isGone);
    client.isConnected = true;
    client.seenAt = this.#options.now();
    if (!this.#clients.has(client.id)) return [refusal(message, '402::Unknown client', BEGIN_ANEW)];
    const { messages, batch } = isGone.aborted && !client.confirms ? NOTHING : client.take();
    const advice = { ...RETRY, timeout: this.#options.timeout };
    return [...messages, success(message, { advice, ...(client.confirms && { ext: { ack: batch } }) })];
  }

  #subscribe(client: BayeuxClient, message: BayeuxMessage): BayeuxMessage {
    const channels = subscriptionsIn(message);
    const forbidden = channels.find((channel) => !this.#options.mayHear(client.owner, channel));
    const echo = { subscription: message.subscription ?? [] };
    if (channels.length === 0 || client.channels.size + channels.length > MOST_CHANNELS)
      return { ...refusal(message, '403::Subscription denied'), ...echo };
    if (forbidden !== undefined)
      return { ...refusal(message, `403:${forbidden}:Subscription denied`), ...echo };
    for (const channel of channels) {
      client.channels.add(channel);
      this.#options.onSubscribe?.(client.owner, channel);
    }
    return success(message, echo);
  }

  #forgetAbsent(): void {
    const since = this.#options.now() - this.#options.maxInterval;
    for (const client of [...this.#clients.values()])
      if (!client.isWaiting && client.seenAt < since) this.#forget(client);
  }

  #forget(client: BayeuxClient): void {
    this.#clients.delete(client.id);
    client.wake();
  }
}

const NOTHING = { messages: [], batch: 0 };

function success(message: BayeuxMessage, more: object = {}): BayeuxMessage {
  const { channel, id, clientId } = message;
  return { channel, ...(id && { id }), ...(clientId && { clientId }), successful: true, ...more };
}

function refusal({ channel, id, clientId }: BayeuxMessage, error: string, advice?: object): BayeuxMessage {
  const mark = { channel, ...(id && { id }), ...(clientId && { clientId }) };
  return { ...mark, successful: false, error, ...(advice && { advice }) };
}
