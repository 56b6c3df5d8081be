import {
  characteristic,
  type Alarm,
  type CustomerState,
  type DueBadge,
  type Part,
} from '@jioassist/core-sdk';
import type { NamedArticles, SearchContext } from '../search/index.js';
import type { CallFact } from './knowledge.js';

/** What is known of a call, as the search takes it, and how each fact of it is told to people. */
export interface CallContext {
  readonly context: SearchContext;
  /** By fact and the value the search knows, for example `anomaly packetLoss transmissionError`. */
  readonly labels: ReadonlyMap<string, string>;
}

export interface CallInputs {
  readonly customer: CustomerState;
  readonly badges: readonly DueBadge[];
  readonly step: string;
  /** The language the agent reads. */
  readonly language: string;
  readonly usefulness: Readonly<Record<string, number>>;
}

/** More of one kind say no more. */
const MOST = 10;
/** Kinds of products as articles name them; a service says its own and how it is paid. */
const PRODUCT_WORDS = ['mobile', 'fibre', 'prepaid', 'postpaid'];

/** Facts of the parts of the customer that have come. */
export function callContext({ customer, badges, step, language, usefulness }: CallInputs): CallContext {
  const labels = new Map<string, string>();
  const tell = (fact: CallFact, value: string, label: string): string => {
    labels.set(labelKey(fact, value), label);
    return value;
  };
  const products = productsOf(customer);
  if (products.length > 0) tell('product', products.join(', '), planNames(customer));
  const circle = ofCustomer(customer, 'circle');
  const named = badges.flatMap((badge) => namedBy(badge, language));
  return {
    labels,
    context: {
      language,
      usefulness,
      tickets: dataOf(customer.tickets)
        .slice(0, MOST)
        .map(({ name, ticketType, description }) =>
          tell(
            'ticket',
            `${name} ${separated(ticketType)} ${firstWords(description)}`.trim(),
            name || ticketType,
          ),
        ),
      anomalies: [
        ...dataOf(customer.problems).map(({ name, category }) =>
          tell('anomaly', `${name} ${separated(category)}`.trim(), name || category),
        ),
        ...dataOf(customer.alarms).map((alarm) => tell('anomaly', wordsOf(alarm), labelOf(alarm))),
      ].slice(0, MOST),
      badges: badges.slice(0, MOST).map((badge) => inTongue(badge, 'en')),
      named,
      ...(products.length > 0 && { products }),
      ...(circle !== undefined && { circle }),
      ...(step !== '' && { step }),
    },
  };
}

export const labelKey = (fact: CallFact, value: string): string => `${fact} ${value}`;

/** The parts of the customer that say something about articles. */
export const CONTEXT_PARTS = ['profile', 'services', 'tickets', 'alarms', 'problems'] as const;

/** The language the customer likes to be spoken to in. */
export const customerLanguage = (customer: CustomerState): string | undefined =>
  ofCustomer(customer, 'languagePreference');

function ofCustomer({ profile }: CustomerState, name: string): string | undefined {
  const found =
    'data' in profile ? profile.data.characteristic.find((each) => each.name === name) : undefined;
  return typeof found?.value === 'string' && found.value !== '' ? found.value : undefined;
}

function productsOf({ services }: CustomerState): string[] {
  const words = dataOf(services).flatMap((service) => [
    service.category,
    characteristic(service, 'paymentType'),
  ]);
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => PRODUCT_WORDS.includes(word));
}

function planNames({ services }: CustomerState): string {
  const names = dataOf(services).map((service) => characteristic(service, 'plan') || service.name);
  return [...new Set(names.filter((name) => name !== ''))].slice(0, 3).join(', ');
}

/** An article that a badge leads to, told by the badge's title. */
function namedBy(badge: DueBadge, language: string): NamedArticles[] {
  const ids = badge.actions.filter(({ kind }) => kind === 'article').map(({ target }) => target);
  return ids.length > 0 ? [{ signal: 'badge', value: inTongue(badge, language), ids }] : [];
}

const inTongue = ({ id, title }: DueBadge, language: string): string =>
  title[language.split('-')[0] ?? ''] ?? title['en'] ?? id;

const wordsOf = ({ specificProblem, probableCause }: Alarm): string =>
  `${separated(specificProblem)} ${separated(probableCause)}`.trim();

const labelOf = (alarm: Alarm): string => alarm.alarmDetails || wordsOf(alarm);

/** A long complaint begins with what it is about. */
const firstWords = (text: string): string => text.slice(0, 200);

/** Values of TMF APIs are often names in code: `lossOfSignal`. */
const separated = (text: string): string => text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase();

const dataOf = <T>(part: Part<readonly T[]>): readonly T[] => ('data' in part ? part.data : []);

/** Whether parts that say something are still on their way. */
export const isComing = (customer: CustomerState): boolean =>
  CONTEXT_PARTS.some((name) => customer[name].status === 'loading');
