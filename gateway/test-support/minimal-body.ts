import { PARENT_ID, type ResourceDeclaration, type ResourceDocument } from '../src/tmf/declaration.ts';
import { shapeAt, type Attributes, type Shape } from '../src/tmf/shape.ts';

function fail(text: string): never {
  throw new Error(text);
}

const DATE = '2026-01-15T10:00:00.000Z';

/** The smallest body a create of this resource takes. */
export function minimalBody(declaration: ResourceDeclaration): ResourceDocument {
  const body: ResourceDocument = {};
  for (const path of declaration.required) put(body, path.split('.'), declaration.attributes);
  const { lifecycle } = declaration;
  if (!lifecycle || lifecycle.initial !== undefined) return body;
  return { ...body, [lifecycle.attribute]: Object.keys(lifecycle.transitions)[0] };
}

/** An attribute that a client may patch freely, with another value than the minimal body has. */
export function freeAttribute(declaration: ResourceDeclaration): [string, unknown] {
  const { attributes, serverSet = [], stamps = {}, lifecycle, required } = declaration;
  const taken = ['id', 'href', PARENT_ID, ...serverSet, ...Object.values(stamps), lifecycle?.attribute];
  const free = Object.entries(attributes).filter(([name]) => !taken.includes(name) && !name.startsWith('@'));
  const text = free.find(([name, shape]) => shape === 'string' && !required.includes(name));
  const [name, shape] = text ?? free[0] ?? fail(`${declaration.name} has nothing to patch.`);
  return [name, shape === 'string' ? 'changed' : sampleOf(shape)];
}

function put(body: ResourceDocument, [head = '', ...rest]: string[], attributes: Attributes): void {
  const shape = shapeAt(attributes, [head]) ?? fail(`${head} is not an attribute.`);
  const value = (body[head] ?? sampleOf(shape)) as ResourceDocument;
  if (rest.length > 0) put(value, rest, shape as Attributes);
  body[head] = Array.isArray(attributes[head]) ? [value] : value;
}

function sampleOf(shape: Shape): unknown {
  if (shape === 'dateTime') return DATE;
  if (shape === 'number' || shape === 'integer') return 1;
  if (shape === 'boolean') return true;
  if (typeof shape === 'string') return 'text';
  if (Array.isArray(shape)) return [sampleOf((shape as readonly [Shape])[0])];
  const attributes = shape as Attributes;
  const names = ['id', 'name'].filter((name) => Object.hasOwn(attributes, name));
  const chosen =
    names.length > 0
      ? names
      : Object.keys(attributes)
          .filter((name) => !name.startsWith('@'))
          .slice(-1);
  return Object.fromEntries(chosen.map((name) => [name, sampleOf(attributes[name] ?? 'any')]));
}
