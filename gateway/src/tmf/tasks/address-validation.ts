import type { ResourceDocument } from '../declaration.ts';
import { objectAt, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

/** From the finest to the coarsest: what is left of an address when its finest part is not known. */
const PARTS = ['streetNr', 'streetName', 'locality', 'postcode', 'city', 'stateOrProvince', 'country'];
const NEEDED = ['streetNr', 'streetName', 'city'];
const ALTERNATIVES = 5;

/** Compares an address with the stored ones. */
export const validateAddress: TaskHook = async (task, request) => {
  const submitted = objectAt(request, 'submittedGeographicAddress') ?? {};
  const given = PARTS.filter((part) => textAt(submitted, part) !== undefined);
  const [exact] = NEEDED.every((part) => given.includes(part)) ? await stored(task, submitted, given, 1) : [];
  if (exact) return { ...request, validGeographicAddress: exact, validationResult: 'success', state: 'done' };
  const near = request.provideAlternative === true ? await nearest(task, submitted, given) : [];
  return {
    ...request,
    ...(near.length > 0 && { alternateGeographicAddress: near }),
    validationResult: near.length > 0 ? 'partial' : 'fails',
    state: 'done',
  };
};

async function nearest(
  task: TaskContext,
  submitted: ResourceDocument,
  given: readonly string[],
): Promise<readonly ResourceDocument[]> {
  for (
    let parts = given.slice(1);
    parts.some((part) => part === 'city' || part === 'postcode');
    parts = parts.slice(1)
  ) {
    const found = await stored(task, submitted, parts, ALTERNATIVES);
    if (found.length > 0) return found;
  }
  return [];
}

function stored(
  task: TaskContext,
  submitted: ResourceDocument,
  parts: readonly string[],
  limit: number,
): Promise<readonly ResourceDocument[]> {
  const pattern = Object.fromEntries(parts.map((part) => [part, submitted[part]]));
  return task.matching('geographicAddress', pattern, limit);
}
