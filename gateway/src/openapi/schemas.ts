import { PARENT_ID, type ResourceDeclaration } from '../tmf/declaration.ts';
import type { Attributes, Shape } from '../tmf/shape.ts';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
}

const SCALARS: { readonly [shape: string]: Schema } = {
  string: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  dateTime: { type: 'string', format: 'date-time' },
  any: {},
};

/** Makes JSON schemas of attribute tables. Equal tables share one component, named after the attribute that has it. */
export class SchemaComponents {
  readonly schemas: { [name: string]: Schema } = {};
  readonly #names = new Map<string, string>();

  constructor(declarations: readonly ResourceDeclaration[], shared: { readonly [name: string]: Schema }) {
    Object.assign(this.schemas, shared);
    // The resources’ own names are taken first, so that no part of one gets the name of another.
    for (const { type } of declarations) this.schemas[type] = {};
    for (const declaration of declarations) this.#addResource(declaration);
  }

  /** Adds the schemas of a resource: as it is answered, as it is created and as it is changed. */
  #addResource(declaration: ResourceDeclaration): void {
    const { type, required, serverSet = [], stamps = {} } = declaration;
    const attributes = without(declaration.attributes, [PARENT_ID]);
    const written = without(attributes, ['id', 'href', ...serverSet, ...Object.values(stamps)]);
    const mandatory = [...new Set(required.map((path) => path.split('.')[0] ?? path))];
    this.schemas[type] = this.#object(type, attributes, ['id', 'href']);
    this.schemas[`${type}_Create`] = this.#object(type, written, mandatory);
    this.schemas[`${type}_Update`] = this.#object(type, written, []);
  }

  #object(owner: string, attributes: Attributes, required: readonly string[]): Schema {
    const properties = Object.fromEntries(
      Object.entries(attributes).map(([name, shape]) => [name, this.#schema(shape, name, owner)]),
    );
    return { type: 'object', properties, ...(required.length > 0 && { required }) };
  }

  #schema(shape: Shape, name: string, owner: string): Schema {
    if (typeof shape === 'string') return SCALARS[shape] ?? {};
    if (Array.isArray(shape)) {
      return { type: 'array', items: this.#schema((shape as readonly [Shape])[0], name, owner) };
    }
    return { $ref: `#/components/schemas/${this.#component(shape as Attributes, name, owner)}` };
  }

  #component(attributes: Attributes, attribute: string, owner: string): string {
    const key = JSON.stringify(attributes);
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = this.#freeName(capitalised(attribute), owner);
    this.#names.set(key, name);
    // The place is taken before the inside is looked at, because that may need a name too.
    this.schemas[name] = {};
    this.schemas[name] = this.#object(name, attributes, []);
    return name;
  }

  #freeName(name: string, owner: string): string {
    const candidates = [name, owner + name];
    for (let number = 2; ; number += 1) {
      const free = candidates.find((candidate) => !Object.hasOwn(this.schemas, candidate));
      if (free !== undefined) return free;
      candidates.push(`${owner}${name}${number}`);
    }
  }
}

const capitalised = (name: string): string => {
  const word = name.replace(/\W/g, '');
  return word.charAt(0).toUpperCase() + word.slice(1);
};

const without = (attributes: Attributes, names: readonly string[]): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
