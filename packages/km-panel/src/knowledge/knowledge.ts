import type { JioAssistError, Observable } from '@jioassist/core-sdk';
import type { MatchKind } from '../search/index.js';

/** `ready` also when articles are found by an index that could not be renewed: `index` says how old it is. */
export const KNOWLEDGE_STATUSES = ['signed-out', 'loading', 'ready', 'error'] as const;
export type KnowledgeStatus = (typeof KNOWLEDGE_STATUSES)[number];

/** Where searches are done: in a worker of the page, or on the gateway where the page has none or should not hold the index. */
export const SEARCH_PLACES = ['worker', 'gateway'] as const;
export type SearchPlace = (typeof SEARCH_PLACES)[number];

/** Why searches are not done in a worker: the page's policy refused it, or the index would take too much memory. */
export type PlaceReason = 'worker-refused' | 'index-too-large' | 'little-memory';

/** What a search looks in, and how old that is. */
export interface IndexState {
  readonly status: 'none' | 'loading' | 'ready' | 'failed';
  readonly place: SearchPlace;
  readonly placeReason: PlaceReason | undefined;
  /** The languages of the articles in it, as BCP 47 tags. */
  readonly languages: readonly string[];
  readonly articles: number;
  /** When the gateway last said that this is what there is, in epoch milliseconds. */
  readonly asOf: number | undefined;
  /** The gateway did not answer the last time: what is found may be out of date. */
  readonly offline: boolean;
  /** Why it could not be loaded or renewed. */
  readonly error: JioAssistError | undefined;
}

/** The facts of a call that can speak for an article. */
export const CALL_FACTS = [
  'product',
  'circle',
  'language',
  'ticket',
  'anomaly',
  'badge',
  'step',
  'usefulness',
] as const;
export type CallFact = (typeof CALL_FACTS)[number];

/** Why an article is there. The element has the sentence; `value` goes into it and is fit to be read by people. */
export type Reason =
  | {
      readonly kind: CallFact;
      /** For example `Fibre 100 Mbps`, `No internet at home`, `Packet loss`, `Delhi`, `hi`; empty for `usefulness`. */
      readonly value: string;
      /** It speaks against the article: it is for another circle, for example. */
      readonly against: boolean;
    }
  | {
      readonly kind: 'words';
      readonly match: MatchKind;
      /** As the agent typed it. */
      readonly typed: string;
      /** As the article has it. */
      readonly word: string;
    };

/** A piece of text with the ranges that match, in UTF-16 code units: start, and end, which is not in it. */
export interface Marked {
  readonly text: string;
  readonly ranges: readonly (readonly [start: number, end: number])[];
  /** Whether text was left out before and after. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** An article that was found or is suggested: one for all its language variants. */
export interface ArticleHit {
  /** The author's name of it, the same in all versions, for example `fibre-outage`. */
  readonly id: string;
  /** The TMF667 document of this very version. */
  readonly documentId: string;
  readonly version: number;
  readonly title: Marked;
  /** The passage that answers best; `undefined` for a suggestion. */
  readonly passage: Marked | undefined;
  readonly language: string;
  /** Strongest first. */
  readonly reasons: readonly Reason[];
  readonly favourite: boolean;
  /** When the agent last read it, in epoch milliseconds. */
  readonly readAt: number | undefined;
}

export interface SearchResults {
  readonly query: string;
  readonly hits: readonly ArticleHit[];
  readonly place: SearchPlace;
}

/** Each a value or several, one of which the article must have; an article that does not say is for all. */
export interface ArticleFilters {
  readonly product?: string | readonly string[];
  readonly circle?: string | readonly string[];
  readonly language?: string | readonly string[];
}

export interface SearchWish {
  readonly filters?: ArticleFilters;
  /** At most so many hits, 20 unless told. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Another article, by what a link needs. */
export interface ArticleLink {
  readonly id: string;
  readonly title: string;
  readonly language: string;
}

export interface ArticleVersion {
  readonly documentId: string;
  readonly version: number;
  /** TMF667's `lifecycleState`, for example `published` or `retired`. */
  readonly state: string;
}

export interface ArticleSection {
  /** Empty for what stands before the first heading. */
  readonly title: string;
  /** Not sanitised: whoever shows it does that. */
  readonly html: string;
}

/** One version of an article. */
export interface Article {
  readonly id: string;
  readonly documentId: string;
  readonly version: number;
  readonly state: string;
  readonly title: string;
  readonly summary: string;
  readonly language: string;
  readonly product: readonly string[];
  readonly symptom: readonly string[];
  readonly circle: readonly string[];
  readonly tags: readonly string[];
  readonly code: readonly string[];
  readonly audience: readonly string[];
  /** ISO 8601; an end that is left out is open. */
  readonly validFor: { readonly startDateTime?: string; readonly endDateTime?: string };
  /** The whole body. Not sanitised: whoever shows it does that. */
  readonly html: string;
  readonly sections: readonly ArticleSection[];
  /** What to say to the customer, as plain text, in the order of the article. */
  readonly sayings: readonly string[];
  /** The same article in its other languages. */
  readonly variants: readonly ArticleLink[];
  /** Newest first, this one among them. */
  readonly versions: readonly ArticleVersion[];
  /** Those it links to first, then those alike. */
  readonly related: readonly ArticleLink[];
  /** It was kept from an earlier reading, because the gateway does not answer. */
  readonly fromCache: boolean;
}

export interface ArticleWish {
  /** Counts from 1; the newest unless told. */
  readonly version?: number;
  /** Another language variant of it; the article itself when there is none. */
  readonly language?: string;
  readonly signal?: AbortSignal;
}

/** As TMF681's `messageType` has them. */
export const CHANNELS = ['SMS', 'Email', 'WhatsApp'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One way to send something to the current customer. */
export interface ChannelOption {
  readonly channel: Channel;
  /** Where it would go, masked; empty when there is no such contact. */
  readonly masked: string;
  /** `undefined` when it can be sent. */
  readonly refusal: 'no-contact' | 'no-consent' | undefined;
}

/** What became of something the agent did about an article of this contact. */
export interface Act {
  /** The command's id. */
  readonly id: string;
  readonly kind: 'read' | 'attached' | 'helped' | 'didNotHelp' | 'sent' | 'nothingFitting';
  /** Empty for `nothingFitting`. */
  readonly documentId: string;
  readonly status: 'pending' | 'done' | 'failed';
  /** Why not, in the back end's words. */
  readonly reason: string;
}

/** What the model knows; the element renders from it alone. */
export interface KnowledgeState {
  readonly status: KnowledgeStatus;
  readonly signingIn: boolean;
  readonly error: JioAssistError | undefined;
  readonly index: IndexState;
  /** The current customer, or `null`: then suggestions are what helped lately. */
  readonly customerId: string | null;
  /** Whether facts about the customer that could change the suggestions are still on their way. */
  readonly suggesting: boolean;
  readonly suggestions: readonly ArticleHit[];
  /** The language the customer likes to be spoken to in, as a BCP 47 tag, if known. */
  readonly customerLanguage: string | undefined;
  readonly channels: readonly ChannelOption[];
  readonly favourites: readonly ArticleLink[];
  /** Newest first. */
  readonly recent: readonly ArticleLink[];
  /** Oldest first, of the current contact. */
  readonly acts: readonly Act[];
  /** Whether favourites, recently read articles and the index outlive the page. */
  readonly persistent: boolean;
}

/**
 * The right article before the agent searches, and when they do. Works while `state` is subscribed to. Whatever changes
 * data goes through the outbox: it resolves with the command's id once it is written down, and `state.acts` says the rest.
 */
export interface Knowledge {
  readonly state: Observable<KnowledgeState>;

  /** The language the agent reads, as a BCP 47 tag; `en` unless told. */
  language: string;
  /** The step of the guided flow in progress, in words; empty for none. */
  step: string;

  /** Opens the sign-in window; must be called from a click or key press. Resolves with whether it worked. */
  signIn(): Promise<boolean>;
  retry(): void;

  /**
   * What answers a query, best first, weighed by the call. While somebody types, call it for each key: an older call that
   * was overtaken rejects with its signal's reason.
   *
   * @throws JioAssistError `config/invalid-argument`; on the gateway also what any call throws.
   */
  search(query: string, wish?: SearchWish): Promise<SearchResults>;

  /** @throws JioAssistError `api/refused` when there is no such article for this agent. */
  article(id: string, wish?: ArticleWish): Promise<Article>;

  /** The agent has it on the screen: noted with the contact, and among the recently read. Once for each contact. */
  read(article: Article): Promise<void>;
  /** Adds it to the interaction with the customer, and to a ticket when one is named. */
  attach(article: Article, ticketId?: string): Promise<string>;
  helped(article: Article): Promise<string>;
  /** @param reason in the agent's words. */
  didNotHelp(article: Article, reason?: string): Promise<string>;
  /** @param language of the variant to send; the customer's where there is one, unless told. */
  sendToCustomer(article: Article, channel: Channel, language?: string): Promise<string>;
  /** Tells the editors that an article is missing. */
  nothingFitting(query: string, note?: string): Promise<string>;

  setFavourite(article: ArticleLink, favourite: boolean): Promise<void>;
}
