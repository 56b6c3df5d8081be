import * as v from '../valibot.js';
import {
  listOf,
  maybeBoolean,
  maybeMoney,
  maybePeriod,
  maybeQuantity,
  maybeReference,
  maybeText,
  references,
  text,
} from '../shapes.js';

export const BucketSchema = v.object({
  id: v.string(),
  name: text,
  status: text,
  usageType: text,
  isShared: maybeBoolean,
  remainingValue: maybeQuantity,
  remainingValueName: text,
  reservedValue: maybeQuantity,
  validFor: maybePeriod,
  product: references,
});

/**
 * What is left of a prepaid balance (TMF654 v4 `Bucket`): `usageType` is `monetary`, `data`, `voice` or another word of
 * the back end.
 *
 * @group TM Forum resources
 * @interface
 */
export type Bucket = v.InferOutput<typeof BucketSchema>;

export const CustomerBillSchema = v.object({
  id: v.string(),
  billNo: text,
  state: text,
  category: text,
  billDate: maybeText,
  nextBillDate: maybeText,
  paymentDueDate: maybeText,
  billingPeriod: maybePeriod,
  billingAccount: maybeReference,
  amountDue: maybeMoney,
  remainingAmount: maybeMoney,
  taxExcludedAmount: maybeMoney,
  taxIncludedAmount: maybeMoney,
  billDocument: listOf(v.object({ id: maybeText, name: text, url: maybeText })),
});

/**
 * A bill (TMF678 v4 `CustomerBill`): `state` is `new`, `onHold`, `validated`, `sent`, `partiallyPaid` or `settled`.
 *
 * @group TM Forum resources
 * @interface
 */
export type CustomerBill = v.InferOutput<typeof CustomerBillSchema>;
