import { patchTypes } from '../tmf/media-types.ts';
import { collectionPath, offers, type Operation, type ResourceDeclaration } from '../tmf/declaration.ts';
import { errorResponses } from './shared-components.ts';

export type PathItem = { readonly [method: string]: object };
export type Paths = { readonly [path: string]: PathItem };

const json = (schema: object) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const parameters = (...names: string[]) => names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
const headers = (...names: string[]) => ({
  headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
});
const PAGE_HEADERS = ['X-Total-Count', 'X-Result-Count', 'Link', 'Content-Range'];

export const secured = (...scopes: string[]) => ({ security: [{ oidc: [...new Set(scopes)] }] });

/** The paths of one resource, with the operations it has. */
export function resourcePaths(declaration: ResourceDeclaration): Paths {
  const collection = collectionPath(declaration, '{parentId}');
  const parents = declaration.parent === undefined ? [] : [pathParameter('parentId')];
  const inCollection = offered(declaration, { list: ['get', list], create: ['post', create] });
  const onItem = offered(declaration, {
    retrieve: ['get', retrieve],
    patch: ['patch', patch],
    delete: ['delete', remove],
  });
  return Object.fromEntries(
    [
      [collection, inCollection, parents] as const,
      [`${collection}/{id}`, onItem, [...parents, pathParameter('id')]] as const,
    ]
      .filter(([, operations]) => Object.keys(operations).length > 0)
      .map(([path, operations, parameters]) => [
        path,
        { ...(parameters.length > 0 && { parameters }), ...operations },
      ]),
  );
}

type Described = readonly [method: string, describe: (declaration: ResourceDeclaration) => object];

function offered(
  declaration: ResourceDeclaration,
  operations: { readonly [operation in Operation]?: Described },
): PathItem {
  const entries = Object.entries(operations) as [Operation, Described][];
  return Object.fromEntries(
    entries
      .filter(([operation]) => offers(declaration, operation))
      .map(([, [method, describe]]) => [method, describe(declaration)]),
  );
}

export const pathParameter = (name: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
});

const about = ({ type, domain }: ResourceDeclaration, verb: string) => ({
  operationId: verb + type,
  tags: [domain],
});

function list(declaration: ResourceDeclaration): object {
  const { type, scopes } = declaration;
  const answer = { content: json({ type: 'array', items: ref(type) }), ...headers(...PAGE_HEADERS) };
  return {
    ...about(declaration, 'list'),
    ...secured(scopes.read),
    parameters: parameters('fields', 'offset', 'limit', 'sort', 'filter'),
    responses: {
      200: {
        description: 'All that match, or the page that was asked for when it holds all of them.',
        ...answer,
      },
      206: { description: 'A page that was asked for.', ...answer },
      ...errorResponses(400, 401, 403, 405, 500),
    },
  };
}

function create(declaration: ResourceDeclaration): object {
  const { type, scopes } = declaration;
  return {
    ...about(declaration, 'create'),
    ...secured(scopes.write),
    parameters: parameters('fields', 'idempotencyKey'),
    requestBody: { required: true, content: json(ref(`${type}_Create`)) },
    responses: {
      201: {
        description: 'Created.',
        content: json(ref(type)),
        ...headers('Location', 'ETag', 'Idempotency-Replayed'),
      },
      ...errorResponses(400, 401, 403, 405, 409, 413, 415, 422, 500),
    },
  };
}

function retrieve(declaration: ResourceDeclaration): object {
  return {
    ...about(declaration, 'retrieve'),
    ...secured(declaration.scopes.read),
    parameters: parameters('fields', 'ifNoneMatch'),
    responses: {
      200: { description: 'The resource.', content: json(ref(declaration.type)), ...headers('ETag') },
      304: { description: 'The revision is still the one that is known.' },
      ...errorResponses(400, 401, 403, 404, 405, 500),
    },
  };
}

function patch(declaration: ResourceDeclaration): object {
  const { type, scopes } = declaration;
  const content = Object.fromEntries(
    patchTypes.map((media) => [
      media,
      { schema: ref(media.includes('json-patch') ? 'JsonPatch' : `${type}_Update`) },
    ]),
  );
  return {
    ...about(declaration, 'patch'),
    ...secured(scopes.write),
    parameters: parameters('fields', 'ifMatch', 'idempotencyKey'),
    requestBody: { required: true, content },
    responses: {
      200: {
        description: 'The resource after the change.',
        content: json(ref(type)),
        ...headers('ETag', 'Idempotency-Replayed'),
      },
      ...errorResponses(400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 500),
    },
  };
}

function remove(declaration: ResourceDeclaration): object {
  return {
    ...about(declaration, 'delete'),
    ...secured(declaration.scopes.write),
    parameters: parameters('ifMatch', 'idempotencyKey'),
    responses: {
      204: { description: 'Deleted.', ...headers('Idempotency-Replayed') },
      ...errorResponses(400, 401, 403, 404, 405, 409, 412, 422, 500),
    },
  };
}

/** A hub, at the path of an API or of a topic. */
export function hubPaths(path: string, name: string, domain: string, scopes: readonly string[]): Paths {
  const common = (verb: string) => ({
    operationId: `${verb}${name}Subscription`,
    tags: [domain],
    ...secured(...scopes),
  });
  const subscription = { description: 'The subscription.', content: json(ref('EventSubscription')) };
  return {
    [path]: {
      get: {
        ...common('list'),
        responses: {
          200: {
            description: 'The caller’s subscriptions.',
            content: json({ type: 'array', items: ref('EventSubscription') }),
          },
          ...errorResponses(401, 403, 500),
        },
      },
      post: {
        ...common('create'),
        parameters: parameters('idempotencyKey'),
        requestBody: { required: true, content: json(ref('EventSubscriptionInput')) },
        responses: {
          201: { ...subscription, ...headers('Location', 'Idempotency-Replayed') },
          ...errorResponses(400, 401, 403, 409, 415, 422, 500),
        },
      },
    },
    [`${path}/{id}`]: {
      parameters: [pathParameter('id')],
      get: { ...common('retrieve'), responses: { 200: subscription, ...errorResponses(401, 403, 404, 500) } },
      delete: {
        ...common('delete'),
        parameters: parameters('idempotencyKey'),
        responses: {
          204: { description: 'Unsubscribed.' },
          ...errorResponses(400, 401, 403, 404, 422, 500),
        },
      },
    },
  };
}
