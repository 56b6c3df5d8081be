import jsonPatch, { type Operation } from 'fast-json-patch';
import type { ResourceDocument } from './declaration.ts';
import { ApiError, badRequest, conflict } from './errors.ts';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
const MAX_OPERATIONS = 100;
/** As much as a body may have. Copies of copies would otherwise grow a small patch without bound. */
const MAX_LENGTH = 1024 * 1024;
/** What every object inherits: naming it would reach outside the document. */
const INHERITED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
/** The library's names for a patch that is well formed and does not fit what the resource holds now. */
const CONFLICTS = new Set([
  'OPERATION_PATH_UNRESOLVABLE',
  'OPERATION_FROM_UNRESOLVABLE',
  'OPERATION_PATH_CANNOT_ADD',
  'OPERATION_VALUE_OUT_OF_BOUNDS',
]);

/** A request body as a JSON Patch (RFC 6902), or a 400 that says what is wrong with it. */
export function readJsonPatch(body: unknown): Operation[] {
  if (!Array.isArray(body)) throw invalid('A JSON Patch is a list of operations.');
  if (body.length > MAX_OPERATIONS) throw invalid(`At most ${MAX_OPERATIONS} operations.`);
  for (const [index, operation] of body.entries()) checkOperation(operation, index);
  return body as Operation[];
}

/** Applies all operations or, when one does not fit, none. The document itself is not changed. */
export function applyJsonPatch(
  document: ResourceDocument,
  operations: readonly Operation[],
): ResourceDocument {
  let patched = structuredClone(document);
  for (const [index, operation] of operations.entries()) {
    patched = applyOne(patched, operation, index);
    if (operation.op === 'copy') checkLength(JSON.stringify(patched));
  }
  return asJson(patched);
}

function applyOne(document: ResourceDocument, operation: Operation, index: number): ResourceDocument {
  const at = `Operation ${index} (${operation.op} ${operation.path.slice(0, 100)})`;
  try {
    const { newDocument } = jsonPatch.applyOperation(document, operation, true, true, true, index);
    if ((newDocument as unknown) !== undefined) return newDocument;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'TEST_OPERATION_FAILED') throw conflict('patchTestFailed', `${at} did not find this value.`);
    if (!CONFLICTS.has(name)) throw invalid(`${at} cannot be applied.`);
  }
  throw conflict('patchConflict', `${at} does not fit the resource as it is.`);
}

/** Whatever is not JSON ends here, before it can be stored. */
function asJson(document: unknown): ResourceDocument {
  const text = JSON.stringify(document) as string | undefined;
  if (text === undefined) throw invalid('The result is not a JSON object.');
  checkLength(text);
  return JSON.parse(text) as ResourceDocument;
}

function checkLength({ length }: string): void {
  if (length <= MAX_LENGTH) return;
  throw new ApiError(413, 'tooLarge', 'The body is too large', {
    message: 'The patched resource is over 1 MB.',
  });
}

function checkOperation(operation: unknown, index: number): void {
  if (typeof operation !== 'object' || operation === null || Array.isArray(operation)) {
    throw invalid(`Operation ${index} is an object.`);
  }
  const { op, path, from, value } = operation as Record<string, unknown>;
  if (typeof op !== 'string' || !OPERATIONS.includes(op)) {
    throw invalid(`op of operation ${index} is one of ${OPERATIONS.join(', ')}.`);
  }
  checkPointer(path, `path of operation ${index}`);
  if (op === 'move' || op === 'copy') checkPointer(from, `from of operation ${index}`);
  if (op === 'move' && (path as string).startsWith(`${String(from)}/`)) {
    throw invalid(`Operation ${index} moves a value into itself.`);
  }
  const needsValue = op === 'add' || op === 'replace' || op === 'test';
  if (needsValue && value === undefined) throw invalid(`Operation ${index} has a value.`);
}

function checkPointer(pointer: unknown, what: string): void {
  if (typeof pointer !== 'string' || !/^(\/([^~]|~[01])*)?$/s.test(pointer)) {
    throw invalid(`The ${what} is a JSON Pointer.`);
  }
  const steps = pointer.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (steps.some((step) => INHERITED.has(step))) throw invalid(`The ${what} names what no resource has.`);
}

const invalid = (message: string): ApiError => badRequest('invalidPatch', message);
