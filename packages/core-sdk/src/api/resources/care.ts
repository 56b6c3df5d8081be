import * as v from '../valibot.js';
import {
  characteristics,
  listOf,
  maybe,
  maybeNumber,
  maybePeriod,
  maybeReference,
  maybeText,
  notes,
  parties,
  references,
  text,
} from '../shapes.js';

const RelatedEntitySchema = v.object({ id: v.string(), name: text, role: text, '@referredType': text });
/**
 * Another resource that this one is about; `@referredType` is its kind.
 *
 * @interface
 */
export type RelatedEntity = v.InferOutput<typeof RelatedEntitySchema>;

export const TroubleTicketSchema = v.object({
  id: v.string(),
  name: text,
  description: text,
  status: text,
  statusChangeReason: text,
  severity: text,
  priority: text,
  ticketType: text,
  creationDate: maybeText,
  lastUpdate: maybeText,
  expectedResolutionDate: maybeText,
  resolutionDate: maybeText,
  channel: maybeReference,
  relatedEntity: listOf(RelatedEntitySchema),
  relatedParty: parties,
  note: notes,
});

/**
 * A ticket (TMF621 v4 `TroubleTicket`), reduced to what the SDK shows. It is open until `status` is `resolved`, `closed`,
 * `cancelled` or `rejected`.
 *
 * @group TM Forum resources
 * @interface
 */
export type TroubleTicket = v.InferOutput<typeof TroubleTicketSchema>;

const InteractionItemSchema = v.object({
  reason: text,
  resolution: text,
  item: maybe(RelatedEntitySchema),
});

export const PartyInteractionSchema = v.object({
  id: v.string(),
  reason: text,
  description: text,
  direction: text,
  status: text,
  creationDate: maybeText,
  interactionDate: maybePeriod,
  channel: references,
  interactionItem: listOf(InteractionItemSchema),
  relatedParty: parties,
  note: notes,
});

/**
 * A contact with the customer (TMF683 v4 `PartyInteraction`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 * @interface
 */
export type PartyInteraction = v.InferOutput<typeof PartyInteractionSchema>;

const RecommendationItemSchema = v.object({
  id: maybeText,
  priority: maybeNumber,
  productOffering: maybeReference,
  product: maybe(v.object({ id: maybeText, name: text })),
});

export const RecommendationSchema = v.object({
  id: v.string(),
  name: text,
  state: text,
  recommendationType: text,
  validFor: maybePeriod,
  recommendationItem: listOf(RecommendationItemSchema),
});

/**
 * What to offer the customer (TMF680 v4 `QueryProductRecommendation`); of the items, the one with the lowest `priority`
 * comes first.
 *
 * @group TM Forum resources
 * @interface
 */
export type Recommendation = v.InferOutput<typeof RecommendationSchema>;

const AttachmentSchema = v.object({ name: text, mimeType: text, content: maybeText, url: maybeText });

export const DocumentSchema = v.object({
  id: v.string(),
  name: text,
  description: text,
  documentType: text,
  version: text,
  lifecycleState: text,
  lastUpdate: maybeText,
  category: references,
  characteristic: characteristics,
  binaryAttachment: listOf(AttachmentSchema),
});

/**
 * A document, such as a knowledge article (TMF667 v4 `Document`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 * @interface
 */
export type Document = v.InferOutput<typeof DocumentSchema>;
