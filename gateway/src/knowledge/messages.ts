import type { Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ApiError, badRequest, notFound } from '../tmf/errors.ts';
import { visibleResource } from '../auth/visible-resource.ts';
import type { StoredArticle } from './article.ts';
import { inLanguage } from './article-view.ts';
import { languageTag, onlyKnown, optionalText, requiredText } from './bodies.ts';
import { interactionFor, pinTo } from './interactions.ts';
import { groupOf, isReadBy } from './knowledge-base.ts';
import { forTextMessage, hasGap, sayingsOf } from './sayings.ts';
import { documentFor, insertUse, type NewUse, type UseContext } from './uses.ts';

/** As TMF681's `messageType` names them. */
export const CHANNELS = ['SMS', 'Email', 'WhatsApp'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface NewMessage {
  readonly documentId: string;
  readonly customerId: string;
  readonly channel: Channel;
  readonly language: string | undefined;
  readonly contact: string;
  readonly interactionId: string | undefined;
}

/** What of a contact medium each channel needs, and what TMF681 calls it. */
const ADDRESSES: Readonly<Record<Channel, { of: string; as: 'phoneNumber' | 'email' }>> = {
  SMS: { of: 'phoneNumber', as: 'phoneNumber' },
  WhatsApp: { of: 'phoneNumber', as: 'phoneNumber' },
  Email: { of: 'emailAddress', as: 'email' },
};
/** What somebody agreed to, or did not, beside offers: messages about the service they have. */
const SERVICE_PURPOSE = 'serviceCommunication';
const SENDER = { id: 'JIOASSIST', name: 'JioAssist' };

export function readMessage(body: ResourceDocument): NewMessage {
  onlyKnown(body, ['documentId', 'customerId', 'channel', 'language', 'contact', 'interactionId']);
  const channel = CHANNELS.find((each) => each === body.channel);
  if (!channel) throw badRequest('invalidAttribute', `channel is one of ${CHANNELS.join(', ')}.`);
  return {
    documentId: requiredText('documentId', body.documentId, 100),
    customerId: requiredText('customerId', body.customerId, 100),
    channel,
    language: languageTag('language', body.language),
    contact: requiredText('contact', body.contact, 200),
    interactionId: optionalText('interactionId', body.interactionId, 100),
  };
}

/**
 * Writes what an article says to customers to one of them: one TMF681 message and one item of the interaction, in one
 * transaction. The message is left for whoever delivers messages; this gateway does not.
 */
export async function storeMessage(
  context: UseContext,
  message: NewMessage,
  articles: ReadonlyMap<string, StoredArticle>,
): Promise<object> {
  const customer = await visibleResource(context.tx, 'customer', message.customerId);
  if (!customer) throw notFound('There is no customer with this id.');
  const article = await variantFor(context, message, articles);
  const address = addressOf(customer, message.channel);
  await checkConsent(context.tx, message);
  const content = contentOf(article, message.channel);
  const { id: messageId } = await createMessage(context, { message, article, customer, address, content });
  const use: NewUse & { customerId: string } = {
    ...message,
    kind: 'sent',
    documentId: article.documentId,
    messageId: String(messageId),
    reason: message.channel,
  };
  const interactionId = await interactionFor(context, use);
  const number = await insertUse(context, use, groupOf(article), interactionId);
  if (interactionId !== undefined) await pinTo(context, interactionId, use, [{ article, kind: 'sent' }]);
  return {
    '@type': 'KnowledgeMessage',
    id: `KMU-${number}`,
    messageId,
    interactionId,
    documentId: article.documentId,
    language: article.language,
    channel: message.channel,
    content,
  };
}

/** Whether something can be sent to a customer by each channel, and if not, why; where it would go is not told. */
export async function channelsOf(database: Queryable, customerId: string): Promise<object[]> {
  const customer = await visibleResource(database, 'customer', customerId);
  if (!customer) throw notFound('There is no customer with this id.');
  const refusals = await consentRefusals(database, customerId);
  return CHANNELS.map((channel) => {
    const refusal =
      addressFor(customer, channel) === undefined
        ? 'noContactMedium'
        : refusals.includes(channel)
          ? 'noConsent'
          : undefined;
    return { '@type': 'KnowledgeChannel', channel, ...(refusal !== undefined && { refusal }) };
  });
}

/** The version the agent had on the screen, or its variant in the language that is wanted. */
async function variantFor(
  context: UseContext,
  { documentId, language }: NewMessage,
  articles: ReadonlyMap<string, StoredArticle>,
): Promise<StoredArticle> {
  const article = await documentFor(context, documentId);
  if (language === undefined) return article;
  const variant = inLanguage(articles, article, language);
  if (variant && isReadBy(variant, context.reader)) return variant;
  throw refused('noSuchVariant', 'The article is not there in this language.');
}

function addressOf(customer: ResourceDocument, channel: Channel): ResourceDocument {
  const address = addressFor(customer, channel);
  if (address) return address;
  const { of } = ADDRESSES[channel];
  throw refused('noContactMedium', `The customer has no ${of} for this channel.`);
}

/** The preferred one comes first. */
function addressFor(customer: ResourceDocument, channel: Channel): ResourceDocument | undefined {
  const { of, as } = ADDRESSES[channel];
  const media = (customer.contactMedium ?? []) as readonly {
    preferred?: unknown;
    characteristic?: ResourceDocument;
  }[];
  const [first] = media
    .filter(({ characteristic }) => typeof characteristic?.[of] === 'string')
    .sort((a, b) => Number(b.preferred === true) - Number(a.preferred === true));
  return first && { [as]: first.characteristic?.[of] };
}

/** Who has said no to messages about the service gets none; who has said nothing gets what a contract brings along. */
async function checkConsent(tx: Queryable, { customerId, channel }: NewMessage): Promise<void> {
  const refusals = await consentRefusals(tx, customerId);
  if (refusals.includes(channel)) throw refused('noConsent', 'The customer does not want such messages.');
}

/** A refusal that names no channel is one of all. */
async function consentRefusals(database: Queryable, customerId: string): Promise<readonly Channel[]> {
  const rows = await database.query<{ document: ResourceDocument }>(
    `select document from resource where kind = 'partyPrivacyProfile' and customer_ids @> array[$1]`,
    [customerId],
  );
  const refusals = rows.flatMap(({ document }) =>
    ((document.partyPrivacyProfileCharacteristic ?? []) as readonly ResourceDocument[]).filter(
      ({ privacyUsagePurpose, value }) => privacyUsagePurpose === SERVICE_PURPOSE && value === false,
    ),
  );
  return refusals.flatMap(({ name }) => {
    const named = CHANNELS.find((each) => String(name).toLowerCase().endsWith(each.toLowerCase()));
    return named === undefined ? CHANNELS : [named];
  });
}

function contentOf(article: StoredArticle, channel: Channel): string {
  const all = sayingsOf(article.html);
  const sayings = all.filter((saying) => !hasGap(saying));
  if (all.length > 0 && sayings.length === 0)
    throw refused(
      'passageHasGaps',
      'What the article says to customers has gaps that only a person can fill.',
    );
  const forCustomers = article.audience.includes('customer') ? [article.summary] : [];
  const content = (sayings.length > 0 ? sayings : forCustomers).join(channel === 'SMS' ? ' ' : '\n\n');
  if (content === '')
    throw refused('notForCustomers', 'The article has no passage that is meant for customers.');
  return channel === 'SMS' ? forTextMessage(content) : content;
}

interface Draft {
  readonly message: NewMessage;
  readonly article: StoredArticle;
  readonly customer: ResourceDocument;
  readonly address: ResourceDocument;
  readonly content: string;
}

function createMessage(
  { task }: UseContext,
  { message, article, customer, address, content }: Draft,
): Promise<ResourceDocument> {
  const party = { id: customer.id, name: customer.name, role: 'customer', '@referredType': 'Customer' };
  const about = {
    articleId: article.id,
    articleDocumentId: article.documentId,
    articleVersion: String(article.version),
    language: article.language,
  };
  return task.create('communicationMessage', {
    content,
    subject: article.title,
    messageType: message.channel,
    receiver: [{ id: '1', name: customer.name, ...address, party }],
    sender: SENDER,
    characteristic: Object.entries(about).map(([name, value]) => ({ name, valueType: 'string', value })),
  });
}

const refused = (code: string, message: string): ApiError =>
  new ApiError(422, code, 'The article cannot be sent', { message });
