import * as v from '../valibot.js';
import { maskContact } from '../contact-mask.js';
import {
  characteristics,
  listOf,
  maybeBoolean,
  maybeMoney,
  maybePeriod,
  maybeReference,
  maybeText,
  parties,
  references,
  text,
  maybe,
} from '../shapes.js';

const ContactMediumSchema = v.pipe(
  v.object({
    mediumType: text,
    preferred: v.nullish(v.boolean(), false),
    characteristic: v.nullish(v.record(v.string(), v.unknown()), {}),
  }),
  // The value itself stays at the border: the agent sees it by an act of its own, which is on record.
  v.transform(({ mediumType, preferred, characteristic }) => ({
    mediumType,
    preferred,
    masked: maskContact(characteristic),
  })),
);

/**
 * How a customer can be reached; `masked` is all of it that may be shown before it is revealed.
 *
 * @interface
 */
export type ContactMedium = v.InferOutput<typeof ContactMediumSchema>;

export const CustomerSchema = v.object({
  id: v.string(),
  name: text,
  status: maybeText,
  statusReason: maybeText,
  account: references,
  validFor: maybePeriod,
  contactMedium: listOf(ContactMediumSchema),
  characteristic: characteristics,
});

/**
 * A customer (TMF629 v4 `Customer`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 * @interface
 */
export type Customer = v.InferOutput<typeof CustomerSchema>;

const ProductPriceSchema = v.object({
  name: text,
  priceType: text,
  recurringChargePeriod: text,
  price: maybe(v.object({ taxIncludedAmount: maybeMoney, dutyFreeAmount: maybeMoney })),
});

export const ProductSchema = v.object({
  id: v.string(),
  name: text,
  description: text,
  status: text,
  startDate: maybeText,
  terminationDate: maybeText,
  isBundle: maybeBoolean,
  billingAccount: maybeReference,
  productOffering: maybeReference,
  productCharacteristic: characteristics,
  productPrice: listOf(ProductPriceSchema),
  realizingService: references,
});

/**
 * A product the customer has (TMF637 v4 `Product`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 * @interface
 */
export type Product = v.InferOutput<typeof ProductSchema>;

export const PartyPrivacyProfileSchema = v.object({
  id: v.string(),
  status: text,
  validFor: maybePeriod,
  partyPrivacyProfileCharacteristic: characteristics,
});

/**
 * What a customer lets personal data be used for (TMF644 v4 `PartyPrivacyProfile`), reduced to what the SDK asks.
 *
 * @group TM Forum resources
 * @interface
 */
export type PartyPrivacyProfile = v.InferOutput<typeof PartyPrivacyProfileSchema>;

export const ServiceSchema = v.object({
  id: v.string(),
  name: text,
  category: text,
  state: text,
  serviceType: text,
  startDate: maybeText,
  serviceSpecification: maybeReference,
  serviceCharacteristic: characteristics,
  supportingResource: references,
  place: references,
  relatedParty: parties,
});

/**
 * A service (TMF638 v4 `Service`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 * @interface
 */
export type Service = v.InferOutput<typeof ServiceSchema>;
