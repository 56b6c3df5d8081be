import { attributesOf, definitionOf, resourceNames, type Schema, type Swagger } from './swagger.ts';

/** One definition as TypeScript: its expression, and the constants that names. */
export interface ShapeSource {
  readonly name: string;
  readonly expression: string;
  /** The expression with every constant written out: two definitions are the same when these are. */
  readonly expanded: string;
  readonly uses: readonly string[];
}

const SCALARS: { readonly [type: string]: string } = {
  string: "'string'",
  integer: "'integer'",
  number: "'number'",
  boolean: "'boolean'",
};
const EXTENSIBLE = ['@type', '@baseType', '@schemaLocation'];
const REFERENCE = [...EXTENSIBLE, 'id', 'href', 'name', '@referredType'];

/** `SLAViolationRef` is written `slaViolationRef`. */
export const constantName = (definition: string): string =>
  definition.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());

/** Reads the definitions that the resources of one API reach, each after those it uses. */
export class ShapeReader {
  readonly #swagger: Swagger;
  readonly #resources: ReadonlySet<string>;
  readonly #done = new Map<string, ShapeSource>();
  readonly #open = new Set<string>();

  constructor(swagger: Swagger) {
    this.#swagger = swagger;
    this.#resources = new Set(resourceNames(swagger));
  }

  read(): ShapeSource[] {
    for (const name of this.#resources) this.#define(name);
    return [...this.#done.values()];
  }

  #define(name: string): ShapeSource {
    const known = this.#done.get(name);
    if (known) return known;
    this.#open.add(name);
    const uses = new Set<string>();
    const attributes = Object.entries(this.#attributes(name)).map(([attribute, schema]) => {
      return [attribute, attribute === 'id' ? same("'string'") : this.#shape(schema, uses)] as const;
    });
    this.#open.delete(name);
    const source = {
      name: constantName(name),
      expression: objectSource(attributes.map(([attribute, { expression }]) => [attribute, expression])),
      expanded: `{${attributes
        .map(([attribute, { expanded }]) => `${attribute}:${expanded}`)
        .sort()
        .join()}}`,
      uses: [...uses],
    };
    this.#done.set(name, source);
    return source;
  }

  /** The engine gives every resource an id, an address and a type, whether or not its schema says so. */
  #attributes(name: string): { readonly [attribute: string]: Schema } {
    const own = attributesOf(this.#swagger, name);
    if (!this.#resources.has(name)) return own;
    const given = ['id', 'href', ...EXTENSIBLE].map((attribute) => [attribute, { type: 'string' }]);
    return { ...(Object.fromEntries(given) as { [attribute: string]: Schema }), ...own };
  }

  #shape(schema: Schema, uses: Set<string>): { expression: string; expanded: string } {
    if (schema.$ref) return this.#reference(definitionOf(schema.$ref), uses);
    if (schema.type === 'array')
      return listOf(schema.items ? this.#shape(schema.items, uses) : same("'any'"));
    if (schema.properties) return this.#inline(schema.properties, uses);
    if (schema.format === 'date-time') return same("'dateTime'");
    return same(SCALARS[schema.type ?? ''] ?? "'any'");
  }

  #inline(
    properties: { readonly [name: string]: Schema },
    uses: Set<string>,
  ): { expression: string; expanded: string } {
    const entries = Object.entries(properties).map(
      ([name, schema]) => [name, this.#shape(schema, uses)] as const,
    );
    return {
      expression: objectSource(entries.map(([name, { expression }]) => [name, expression])),
      expanded: `{${entries
        .map(([name, { expanded }]) => `${name}:${expanded}`)
        .sort()
        .join()}}`,
    };
  }

  /** A definition that is being read already contains itself: there the shape ends. */
  #reference(name: string, uses: Set<string>): { expression: string; expanded: string } {
    const schema = this.#swagger.definitions[name] ?? {};
    if (this.#open.has(name)) return same("'any'");
    if (Object.keys(attributesOf(this.#swagger, name)).length > 0) {
      const { name: constant, expanded } = this.#define(name);
      uses.add(constant);
      return { expression: constant, expanded };
    }
    const parent = schema.allOf?.[0]?.$ref;
    if (parent) return this.#reference(definitionOf(parent), uses);
    this.#open.add(name);
    const shape = this.#shape(schema, uses);
    this.#open.delete(name);
    return shape;
  }
}

const same = (source: string): { expression: string; expanded: string } => ({
  expression: source,
  expanded: source,
});

const listOf = ({ expression, expanded }: { expression: string; expanded: string }) => ({
  expression: `[${expression}]`,
  expanded: `[${expanded}]`,
});

/** Attributes that most definitions share are written as a spread of their constant. */
function objectSource(entries: readonly (readonly [string, string])[]): string {
  const plain = new Set(entries.filter(([, source]) => source === "'string'").map(([name]) => name));
  const [spread, shared] = REFERENCE.every((name) => plain.has(name))
    ? ['...reference', REFERENCE]
    : EXTENSIBLE.every((name) => plain.has(name))
      ? ['...extensible', EXTENSIBLE]
      : ['', []];
  const rest = entries.filter(([name]) => !shared.includes(name));
  const own = rest.map(([name, source]) => (name === source ? name : `${quoted(name)}: ${source}`));
  return own.length === 0 && spread !== ''
    ? spread.slice(3)
    : `{ ${[spread, ...own].filter(Boolean).join(', ')} }`;
}

const quoted = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`);
