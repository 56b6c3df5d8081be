import * as v from './valibot.js';
import { JioAssistError } from '../errors.js';

/**
 * Checks the shape of an answer at the border: what a widget gets is what the type says.
 *
 * @throws JioAssistError `api/unexpected-shape` naming the first place that is wrong.
 */
export function parseShape<T>(schema: v.GenericSchema<unknown, T>, value: unknown, resource: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? '(whole answer)';
  const message = `An answer of the gateway (${resource}) has not the expected shape, at ${field}.`;
  throw new JioAssistError('api/unexpected-shape', message, { resource, field });
}
