import { toJsonSchema } from '@valibot/to-json-schema';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { RuleSchema, RuleSetSchema } from '../packages/badge-widget/src/rules/rule-set-schema.ts';
import { root } from './lib/paths.ts';

/** The JSON Schema of a rule set, from the schema the SDK itself reads it with. */
export function ruleSetSchema(): string {
  const whole = v.object({ ...RuleSetSchema.entries, rules: v.array(RuleSchema) });
  const schema = {
    ...toJsonSchema(whole, { errorMode: 'throw' }),
    title: 'JioAssist rule set',
    description: 'Which badges a customer gets: when, in which words, and what to do about them.',
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

export const RULE_SET_SCHEMA_FILE = join(root, 'packages/badge-widget/rule-set.schema.json');

if (import.meta.main) writeFileSync(RULE_SET_SCHEMA_FILE, ruleSetSchema());
