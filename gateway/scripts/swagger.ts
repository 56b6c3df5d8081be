/** The parts of a swagger 2 file that say which attributes a resource has. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly allOf?: readonly Schema[];
}

interface Operation {
  readonly responses?: { readonly [status: string]: { readonly schema?: Schema } };
}

export interface Swagger {
  readonly definitions: { readonly [name: string]: Schema };
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
}

export const definitionOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

/** The definitions that the served paths answer with; hubs and listeners are the engine's, not a resource's. */
export function resourceNames({ paths }: Swagger): string[] {
  const schemas = Object.entries(paths)
    .filter(([path]) => !/\/(hub|listener)(\/|$)/.test(path))
    .flatMap(([, operations]) => Object.values(operations))
    .flatMap(({ responses = {} }) => Object.entries(responses))
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { schema }]) => schema?.$ref ?? schema?.items?.$ref ?? []);
  return [...new Set(schemas.map(definitionOf))].sort();
}

/** A definition's own attributes, those of what it extends, and those of what extends it. */
export function attributesOf(swagger: Swagger, name: string): { readonly [attribute: string]: Schema } {
  const inherited = inheritedAttributes(swagger, swagger.definitions[name] ?? {});
  const subtypes = Object.values(swagger.definitions).filter((schema) => extendsDefinition(schema, name));
  const added = subtypes.flatMap((schema) => Object.entries(inheritedAttributes(swagger, schema)));
  return { ...variants(added.filter(([attribute]) => !Object.hasOwn(inherited, attribute))), ...inherited };
}

function inheritedAttributes(swagger: Swagger, schema: Schema): { [attribute: string]: Schema } {
  const parents = (schema.allOf ?? []).map((parent) =>
    inheritedAttributes(
      swagger,
      parent.$ref ? (swagger.definitions[definitionOf(parent.$ref)] ?? {}) : parent,
    ),
  );
  return Object.assign({}, ...parents, schema.properties) as { [attribute: string]: Schema };
}

const extendsDefinition = ({ allOf = [] }: Schema, name: string): boolean =>
  allOf.some(({ $ref }) => $ref !== undefined && definitionOf($ref) === name);

/** Where subtypes give one attribute different shapes, it may have any. */
function variants(entries: readonly (readonly [string, Schema])[]): { [attribute: string]: Schema } {
  const merged: { [attribute: string]: Schema } = {};
  for (const [attribute, schema] of entries) {
    const known = merged[attribute];
    merged[attribute] = known && JSON.stringify(known) !== JSON.stringify(schema) ? {} : schema;
  }
  return merged;
}
