import type { ResourceDeclaration, ResourceDocument } from './declaration.ts';
import { badRequest } from './errors.ts';
import type { Attributes, Shape } from './shape.ts';

const MAX_DEPTH = 32;

/** A request body as a JSON object that can be stored, or a 400 that says what is wrong with it. */
export function readBody(body: unknown): ResourceDocument {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('invalidBody', 'The body is a JSON object.');
  }
  checkStorable(body);
  return body as ResourceDocument;
}

/** Checks a whole resource: attributes known, of the right type, and the required ones present. */
export function checkDocument(declaration: ResourceDeclaration, document: ResourceDocument): void {
  checkKnown(declaration.attributes, document);
  checkShape(document, declaration.attributes, '');
  for (const path of declaration.required) checkPresent(document, path);
}

/** TM Forum lets clients extend the resources whose schema has `@schemaLocation`; others have only what is declared. */
export const isExtensible = (attributes: Attributes): boolean => Object.hasOwn(attributes, '@schemaLocation');

function checkKnown(attributes: Attributes, document: ResourceDocument): void {
  if (isExtensible(attributes)) return;
  const unknown = Object.keys(document).find((name) => !Object.hasOwn(attributes, name));
  if (unknown === undefined) return;
  throw badRequest('unknownAttribute', `"${unknown.slice(0, 100)}" is not an attribute here.`);
}

function checkShape(value: unknown, shape: Shape, path: string): void {
  if (shape === 'any' || value === undefined) return;
  if (typeof shape === 'string') checkScalar(value, shape, path);
  else if (Array.isArray(shape)) checkList(value, (shape as readonly [Shape])[0], path);
  else checkObject(value, shape as Attributes, path);
}

function checkObject(value: unknown, shape: Attributes, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(path, 'an object');
  for (const [name, child] of Object.entries(shape)) {
    checkShape((value as ResourceDocument)[name], child, path ? `${path}.${name}` : name);
  }
}

function checkScalar(value: unknown, shape: Exclude<Shape, object>, path: string): void {
  if (shape === 'integer') {
    if (!Number.isInteger(value)) throw wrongType(path, 'a whole number');
    return;
  }
  if (shape !== 'dateTime') {
    if (typeof value !== shape) throw wrongType(path, `a ${shape}`);
    return;
  }
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw wrongType(path, 'an ISO 8601 date');
}

function checkList(value: unknown, item: Shape, path: string): void {
  if (!Array.isArray(value)) throw wrongType(path, 'a list');
  for (const [index, element] of value.entries()) checkShape(element, item, `${path}[${index}]`);
}

function checkPresent(document: ResourceDocument, path: string): void {
  let value: unknown = document;
  for (const step of path.split('.')) value = (value as ResourceDocument | null | undefined)?.[step];
  if (value === undefined || value === null || value === '') {
    throw badRequest('missingAttribute', `${path} is required.`);
  }
}

/** jsonb takes neither NUL nor half a surrogate pair, and very deep nesting is an attack, not a resource. */
export function checkStorable(value: unknown, depth = 0): void {
  if (depth > MAX_DEPTH)
    throw badRequest('invalidBody', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  if (typeof value === 'string') checkText(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    checkText(name);
    checkStorable(child, depth + 1);
  }
}

function checkText(text: string): void {
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw badRequest('invalidBody', 'The body holds a character that cannot be stored.');
  }
}

function wrongType(path: string, expected: string): Error {
  return badRequest('invalidAttribute', `${path} is ${expected}.`);
}
