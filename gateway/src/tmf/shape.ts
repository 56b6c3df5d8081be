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
