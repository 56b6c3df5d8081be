import type { CommandRequest, JioAssistClient } from '@jioassist/core-sdk';
import { gapRequest, messageRequest, useRequest, type Contact } from './acts.js';
import { customerLanguage, type CallContext } from './call-context.js';
import { check, checkArticle, isNote, isText } from './checks.js';
import { CHANNELS, type Article, type ArticleHit, type CallFact, type Channel } from './knowledge.js';

const MOST_SHOWN = 20;
const LONGEST_LABEL = 300;

const pageId = Math.random().toString(36).slice(2);

/** What an agent does about articles, told to the gateway by durable commands. */
export class ArticleActs {
  readonly #client: JioAssistClient;
  readonly #onDone: () => void;
  /** Versions that were noted as read, by contact. */
  readonly #noted = new Set<string>();

  /** `onDone` is told when the gateway has taken one: it may rank otherwise now. */
  constructor(client: JioAssistClient, onDone: () => void) {
    this.#client = client;
    this.#onDone = onDone;
  }

  /** One contact is one customer being opened on this page. */
  get contact(): Contact {
    const { customerId, revision } = this.#client.customer.state.value;
    return { id: `${pageId}-${revision}`, customerId };
  }

  async read(article: Article): Promise<void> {
    const { contact } = this;
    const key = `${contact.id} ${article.documentId}`;
    if (contact.customerId === null || this.#noted.has(key)) return;
    this.#noted.add(key);
    try {
      await this.#client.commands.submit(useRequest(contact, 'read', article));
    } catch (error) {
      this.#noted.delete(key);
      throw error;
    }
  }

  async attach(article: Article, ticketId?: string): Promise<string> {
    checkArticle(article, 'attach');
    check(ticketId === undefined || isText(ticketId), 'attach', 'ticketId', 'must be a text');
    const contact = this.#withCustomer('attach');
    return this.#submit(useRequest(contact, 'attached', article, ticketId === undefined ? {} : { ticketId }));
  }

  async helped(article: Article): Promise<string> {
    checkArticle(article, 'helped');
    return this.#submit(useRequest(this.contact, 'helped', article));
  }

  async didNotHelp(article: Article, reason = ''): Promise<string> {
    checkArticle(article, 'didNotHelp');
    check(isNote(reason), 'didNotHelp', 'reason', 'must be a text of at most 500');
    return this.#submit(useRequest(this.contact, 'didNotHelp', article, reason === '' ? {} : { reason }));
  }

  async send(article: Article, channel: Channel, language?: string): Promise<string> {
    checkArticle(article, 'sendToCustomer');
    check(CHANNELS.includes(channel), 'sendToCustomer', 'channel', `must be one of ${CHANNELS.join(', ')}`);
    check(language === undefined || isText(language), 'sendToCustomer', 'language', 'must be a language tag');
    const contact = this.#withCustomer('sendToCustomer');
    const wanted = language ?? this.#customersVariant(article);
    return this.#submit(messageRequest(contact, article, channel, wanted));
  }

  async reportGap(
    query: string,
    note: string,
    { context, labels }: CallContext,
    shown: readonly ArticleHit[],
  ): Promise<string> {
    check(isNote(query), 'nothingFitting', 'query', 'must be a text of at most 500');
    check(isNote(note), 'nothingFitting', 'note', 'must be a text of at most 500');
    const told = (fact: CallFact): string[] =>
      [...labels]
        .filter(([key]) => key.startsWith(`${fact} `))
        .map(([, label]) => label.slice(0, LONGEST_LABEL));
    const { products, circle, step, language, named = [] } = context;
    const facts = { products, circle, step, language };
    const known = Object.entries(facts).filter(([, value]) => value !== undefined);
    return this.#submit(
      gapRequest(this.contact, {
        ...(query !== '' && { query }),
        ...(note !== '' && { note }),
        shown: shown.slice(0, MOST_SHOWN).map(({ documentId }) => documentId),
        context: {
          tickets: told('ticket'),
          anomalies: told('anomaly'),
          badges: named.map(({ value }) => value),
          ...Object.fromEntries(known),
        },
      }),
    );
  }

  /** The customer's language where the article is there in it. */
  #customersVariant({ variants, language }: Article): string | undefined {
    const wanted = customerLanguage(this.#client.customer.state.value);
    if (wanted === undefined || wanted === language) return undefined;
    return variants.some((variant) => variant.language === wanted) ? wanted : undefined;
  }

  #withCustomer(call: string): Contact {
    const { contact } = this;
    check(contact.customerId !== null, call, 'customer', 'must be current');
    return contact;
  }

  async #submit(request: CommandRequest): Promise<string> {
    const { commands } = this.#client;
    const id = await commands.submit(request);
    void commands.settled(id).then(this.#onDone, () => undefined);
    return id;
  }
}
