import type { OpenApiDocument } from './document.ts';
import type { Schema } from './schemas.ts';

/** The parts of an official v4 file (Swagger 2) that are compared. */
export interface OfficialFile {
  readonly basePath?: string;
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } };
  readonly definitions: { readonly [name: string]: OfficialSchema };
}

export interface OfficialSchema extends Schema {
  readonly allOf?: readonly OfficialSchema[];
  readonly properties?: { readonly [name: string]: OfficialSchema };
  readonly items?: OfficialSchema;
}

type Ours = Pick<OpenApiDocument, 'paths'> & { components: { schemas: { readonly [name: string]: Schema } } };

const METHODS = ['get', 'post', 'patch', 'delete', 'put'];
/** Far enough for everything a client sends, and an end for schemas that hold themselves. */
const MAX_DEPTH = 6;
const SUFFIXES = ['', '_Create', '_Update'];

/** Every difference between an official file and what we serve under its base path, one line each. */
export function differences(api: string, official: OfficialFile, basePath: string, ours: Ours): string[] {
  const lines = [...pathDifferences(official, basePath, ours), ...schemaDifferences(official, ours)];
  return lines.map((line) => `${api} ${line}`);
}

/** Which of our base paths an official file is about: that with the most of its paths. */
export function servedBasePath(official: OfficialFile, ours: Ours): string | undefined {
  const wanted = resourcePathsOf(official)
    .filter((path) => !path.includes('/hub'))
    .map(plain);
  const bases = new Set(
    Object.keys(ours.paths).map((path) => /^\/tmf-api\/[^/]+\/v\d+/.exec(path)?.[0] ?? ''),
  );
  const score = (base: string) => wanted.filter((path) => findPath(ours, base + path) !== undefined).length;
  const [best] = [...bases].filter(Boolean).sort((a, b) => score(b) - score(a));
  return best !== undefined && score(best) > 0 ? best : undefined;
}

function pathDifferences(official: OfficialFile, basePath: string, ours: Ours): string[] {
  const wanted = new Map(resourcePathsOf(official).map((path) => [plain(path), official.paths[path] ?? {}]));
  const served = Object.keys(ours.paths)
    .filter((path) => path.startsWith(`${basePath}/`))
    .map((path) => plain(path.slice(basePath.length)));
  return [...new Set([...wanted.keys(), ...served])].sort().flatMap((path) => {
    const theirs = operationsOf(wanted.get(path));
    const own = operationsOf(findPath(ours, basePath + path));
    return [
      ...theirs.filter((method) => !own.includes(method)).map((method) => `${method} ${path}: not offered`),
      ...own.filter((method) => !theirs.includes(method)).map((method) => `${method} ${path}: added`),
    ];
  });
}

/** Listeners are what clients offer, so they are no part of what is served. */
const resourcePathsOf = ({ paths }: OfficialFile): string[] =>
  Object.keys(paths).filter((path) => !path.startsWith('/listener'));

const operationsOf = (item: object | undefined): string[] =>
  Object.keys(item ?? {}).filter((method) => METHODS.includes(method));

/** What a parameter is called makes no difference to a client. */
const plain = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

const findPath = ({ paths }: Ours, path: string): object | undefined =>
  Object.entries(paths).find(([candidate]) => plain(candidate) === plain(path))?.[1];

function schemaDifferences(official: OfficialFile, ours: Ours): string[] {
  const { schemas } = ours.components;
  return resourceNames(official).flatMap((name) =>
    SUFFIXES.map((suffix) => name + suffix)
      .filter((each) => Object.hasOwn(official.definitions, each))
      .flatMap((each) => {
        const own = schemas[each];
        const theirs = official.definitions[each] ?? {};
        return own ? objectDifferences(theirs, own, each, official, ours, 0) : [`${each}: no such schema`];
      }),
  );
}

/** The definitions that the official paths answer with. */
function resourceNames(official: OfficialFile): string[] {
  const text = resourcePathsOf(official).map((path) => JSON.stringify(official.paths[path]));
  const names = text.flatMap((each) =>
    [...each.matchAll(/#\/definitions\/(\w+)"/g)].map(([, name = '']) => name),
  );
  const plainNames = names.map((name) => name.replace(/_(Create|Update)$/, ''));
  const notResources = ['Error', 'EventSubscription', 'EventSubscriptionInput'];
  return [...new Set(plainNames)].filter((name) => !notResources.includes(name)).sort();
}

function objectDifferences(
  official: OfficialSchema,
  own: Schema,
  at: string,
  file: OfficialFile,
  ours: Ours,
  depth: number,
): string[] {
  const theirs = flattened(official, file);
  const mine = resolved(own, ours);
  const properties = mine.properties ?? {};
  const names = [...new Set([...Object.keys(theirs.properties), ...Object.keys(properties)])].sort();
  return names.flatMap((name) => {
    const [wanted, served] = [theirs.properties[name], properties[name]];
    const path = `${at}.${name}`;
    if (!served) return [`${path}: missing`];
    if (!wanted) return [`${path}: added`];
    return [
      ...mandatoryDifferences(theirs.required.has(name), (mine.required ?? []).includes(name), path, depth),
      ...valueDifferences(wanted, served, path, file, ours, depth),
    ];
  });
}

/** Inside a resource we demand nothing that is not needed, so only what a client must send at the top is compared. */
function mandatoryDifferences(theirs: boolean, mine: boolean, path: string, depth: number): string[] {
  if (theirs === mine || depth > 0 || !/_Create\./.test(path)) return [];
  return [`${path}: ${mine ? 'mandatory here only' : 'optional here'}`];
}

function valueDifferences(
  wanted: OfficialSchema,
  served: Schema,
  path: string,
  file: OfficialFile,
  ours: Ours,
  depth: number,
): string[] {
  const [theirs, mine] = [kindOf(wanted, file), kindOf(resolved(served, ours))];
  // An attribute of any type takes whatever the specification allows.
  if (mine === 'any') return theirs === 'any' ? [] : [`${path}: any, not ${theirs}`];
  if (theirs !== mine) return [`${path}: ${mine}, not ${theirs}`];
  if (depth >= MAX_DEPTH) return [];
  if (mine === 'object') return objectDifferences(wanted, served, path, file, ours, depth + 1);
  if (mine !== 'array') return [];
  return valueDifferences(
    wanted.items ?? {},
    resolved(served, ours).items ?? {},
    `${path}[]`,
    file,
    ours,
    depth,
  );
}

function kindOf(schema: OfficialSchema, file?: OfficialFile): string {
  const { type, format, properties, allOf } = file ? dereferenced(schema, file) : schema;
  if (properties || allOf) return 'object';
  if (type === 'string' && format === 'date-time') return 'dateTime';
  return type === undefined || type === 'object' ? 'any' : type;
}

function flattened(
  schema: OfficialSchema,
  file: OfficialFile,
): { properties: { readonly [name: string]: OfficialSchema }; required: ReadonlySet<string> } {
  const { allOf = [], properties = {}, required = [] } = dereferenced(schema, file);
  const parents = allOf.map((parent) => flattened(parent, file));
  return {
    properties: Object.assign({}, ...parents.map((parent) => parent.properties), properties) as {
      [name: string]: OfficialSchema;
    },
    required: new Set([...parents.flatMap((parent) => [...parent.required]), ...required]),
  };
}

const lastStep = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

const dereferenced = (schema: OfficialSchema, { definitions }: OfficialFile): OfficialSchema =>
  schema.$ref === undefined ? schema : (definitions[lastStep(schema.$ref)] ?? {});

const resolved = (schema: Schema, { components }: Ours): Schema =>
  schema.$ref === undefined ? schema : (components.schemas[lastStep(schema.$ref)] ?? {});
