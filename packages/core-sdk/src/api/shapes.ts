import * as v from './valibot.js';

/** Back ends write an attribute that has no value as `null`, or leave it out: both mean the same. */
export const text = v.nullish(v.string(), '');
export const maybeText = v.pipe(
  v.nullish(v.string()),
  v.transform((value) => value ?? undefined),
);
export const maybeNumber = v.pipe(
  v.nullish(v.number()),
  v.transform((value) => value ?? undefined),
);
export const maybeBoolean = v.pipe(
  v.nullish(v.boolean()),
  v.transform((value) => value ?? undefined),
);

/** A list attribute; left out, it is an empty one. By a default, because what is left out is not transformed. */
export const listOf = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> =>
  v.nullish(v.array(item), []);

/** An object attribute that may be left out. */
export const maybe = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T | undefined> =>
  v.pipe(
    v.nullish(item),
    v.transform((value): T | undefined => value ?? undefined),
  );

const CharacteristicSchema = v.object({ name: v.string(), value: v.unknown() });
export const characteristics = listOf(CharacteristicSchema);

const ReferenceSchema = v.object({ id: v.string(), name: text });

/**
 * A reference to another resource; `name` is for the screen and may be empty.
 *
 * @interface
 */
export type Reference = v.InferOutput<typeof ReferenceSchema>;
export const references = listOf(ReferenceSchema);
export const maybeReference = maybe(ReferenceSchema);

const PartySchema = v.object({ id: v.string(), name: text, role: text });
/**
 * Who has to do with a resource, and as what: `customer`, `agent`, …
 *
 * @interface
 */
export type RelatedParty = v.InferOutput<typeof PartySchema>;
export const parties = listOf(PartySchema);

const PeriodSchema = v.object({ startDateTime: maybeText, endDateTime: maybeText });
/**
 * ISO 8601 times; one that is left out is open.
 *
 * @interface
 */
export type TimePeriod = v.InferOutput<typeof PeriodSchema>;
export const maybePeriod = maybe(PeriodSchema);

const MoneySchema = v.object({ unit: text, value: v.number() });
/**
 * An amount of money: `unit` is an ISO 4217 code.
 *
 * @interface
 */
export type Money = v.InferOutput<typeof MoneySchema>;
export const maybeMoney = maybe(MoneySchema);

const QuantitySchema = v.object({ units: text, amount: v.number() });
/**
 * An amount of something: `units` is `INR`, `GB`, `minutes`, …
 *
 * @interface
 */
export type Quantity = v.InferOutput<typeof QuantitySchema>;
export const maybeQuantity = maybe(QuantitySchema);

const NoteSchema = v.object({ author: text, date: maybeText, text });
/**
 * What somebody wrote down about a resource.
 *
 * @interface
 */
export type Note = v.InferOutput<typeof NoteSchema>;
export const notes = listOf(NoteSchema);
