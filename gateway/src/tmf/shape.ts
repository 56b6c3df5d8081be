/**
 * What an attribute may hold, as plain data. A list is written `[shape]`, an object `{ name: shape }`. `any` takes
 * every JSON value. Objects are open: TM Forum lets a client extend them, so an attribute that is not named is kept.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'dateTime'
  | 'any'
  | readonly [Shape]
  | { readonly [attribute: string]: Shape };

export type Attributes = { readonly [attribute: string]: Shape };

const extensible: Attributes = { '@type': 'string', '@baseType': 'string', '@schemaLocation': 'string' };
const reference: Attributes = {
  ...extensible,
  id: 'string',
  href: 'string',
  name: 'string',
  '@referredType': 'string',
};

export const timePeriod: Attributes = { startDateTime: 'dateTime', endDateTime: 'dateTime' };

export const relatedParty: Attributes = { ...reference, role: 'string' };

export const entityRef: Attributes = {
  ...reference,
  description: 'string',
  version: 'string',
  role: 'string',
};

export const characteristic: Attributes = {
  ...extensible,
  id: 'string',
  name: 'string',
  valueType: 'string',
  value: 'any',
  characteristicRelationship: 'any',
};

export const contactMedium: Attributes = {
  ...extensible,
  mediumType: 'string',
  preferred: 'boolean',
  validFor: timePeriod,
  characteristic: {
    ...extensible,
    city: 'string',
    contactType: 'string',
    country: 'string',
    emailAddress: 'string',
    faxNumber: 'string',
    phoneNumber: 'string',
    postCode: 'string',
    socialNetworkId: 'string',
    stateOrProvince: 'string',
    street1: 'string',
    street2: 'string',
  },
};

export const note: Attributes = {
  ...extensible,
  id: 'string',
  author: 'string',
  date: 'dateTime',
  text: 'string',
};

/** Attributes that every resource has. */
export const common: Attributes = { ...extensible, id: 'string', href: 'string' };

export const isNumeric = (shape: Shape): boolean => shape === 'number' || shape === 'integer';

/** The shape at a dotted path, looking through lists; undefined when the path names nothing. */
export function shapeAt(shape: Shape, path: readonly string[]): Shape | undefined {
  const element = Array.isArray(shape)
    ? (shape as readonly [Shape])[0]
    : (shape as Exclude<Shape, readonly [Shape]>);
  const [head, ...rest] = path;
  if (head === undefined) return element;
  if (element === 'any') return 'any';
  if (typeof element === 'string' || !Object.hasOwn(element, head)) return undefined;
  const child = (element as Attributes)[head];
  return child === undefined ? undefined : shapeAt(child, rest);
}
