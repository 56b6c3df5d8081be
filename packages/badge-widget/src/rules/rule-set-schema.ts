import * as v from 'valibot';

export const SEVERITIES = ['critical', 'warning', 'info', 'opportunity'] as const;
/** How urgent a badge is; an `opportunity` is good news. */
export type Severity = (typeof SEVERITIES)[number];

export const ACTION_KINDS = ['article', 'diagnose', 'journey', 'offer', 'test', 'ticket', 'verify'] as const;
/** What an action leads to; `target` says which one. */
export type ActionKind = (typeof ACTION_KINDS)[number];

/** The rule sets this version reads. */
export const SCHEMA_VERSION = 1;

/** Entries that inherit nothing: the library would also find what a page hung on `Object.prototype`. */
const own = <T extends v.ObjectEntries>(entries: T): T => Object.assign(Object.create(null) as T, entries);

const id = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be small letters, digits and hyphens, 64 at most'),
);
const sentence = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
/** ISO 8601, in whole days, hours or minutes: what a rule needs, and no months of unequal length. */
const duration = v.pipe(
  v.string(),
  v.regex(/^P(?:\d{1,3}D|T\d{1,4}[HM])$/, 'must be a duration such as P7D, PT12H or PT30M'),
);
/** English is what is shown where another language is missing. */
const texts = v.intersect([
  v.object(own({ en: sentence })),
  v.record(v.pipe(v.string(), v.regex(/^[a-z]{2}$/)), sentence),
]);

const ActionSchema = v.strictObject(
  own({
    id,
    kind: v.picklist(ACTION_KINDS),
    target: v.optional(v.pipe(v.string(), v.maxLength(100))),
    label: texts,
  }),
);

export const RuleSchema = v.strictObject(
  own({
    id,
    when: v.pipe(v.string(), v.minLength(1)),
    severity: v.picklist(SEVERITIES),
    confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    value: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    title: texts,
    why: texts,
    evidence: v.pipe(v.array(v.string()), v.maxLength(6)),
    actions: v.pipe(v.array(ActionSchema), v.maxLength(3)),
    expires: duration,
    coolDown: duration,
    audience: v.optional(
      v.strictObject(
        own({
          roles: v.optional(v.array(v.string())),
          scopes: v.optional(v.array(v.string())),
        }),
      ),
    ),
  }),
);

/** The envelope; its rules are read one by one, so that a broken one stops no other. */
export const RuleSetSchema = v.object(
  own({
    $schema: v.optional(v.string()),
    schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
    version: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
    rules: v.pipe(v.array(v.unknown()), v.maxLength(1_000)),
  }),
);

/** A rule as it is written: who gets which badge, when, in which words, and what to do about it. */
export type Rule = v.InferOutput<typeof RuleSchema>;
export type RuleAction = v.InferOutput<typeof ActionSchema>;
/** A text in every language it is written in. */
export type RuleTexts = Readonly<Record<string, string>> & { readonly en: string };
