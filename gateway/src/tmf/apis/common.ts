import {
  PARENT_ID,
  type Lifecycle,
  type Operation,
  type ResourceDeclaration,
  type ResourceDocument,
} from '../declaration.ts';
import { customerIdsAt, listAt } from '../tasks/document.ts';

type Given = Omit<
  ResourceDeclaration,
  'name' | 'basePath' | 'domain' | 'scopes' | 'required' | 'customerIds'
> &
  Partial<Pick<ResourceDeclaration, 'required' | 'customerIds'>>;

/** What the resources of one API share; the answer completes the declaration of each of them. */
export function api(
  domain: string,
  area: string,
  aliases: readonly string[] = [],
): (given: Given) => ResourceDeclaration {
  return (given) => ({
    name: given.type.charAt(0).toLowerCase() + given.type.slice(1),
    basePath: `/tmf-api/${domain}/v4`,
    ...(aliases.length > 0 && { aliases }),
    domain,
    scopes: { read: `${area}:read`, write: `${area}:write` },
    required: [],
    customerIds: customersIn('relatedParty'),
    ...given,
    ...(given.parent !== undefined && nested(given)),
  });
}

/** The id of the parent is stored with the resource, and nobody but the server writes it. */
const nested = ({ attributes, serverSet = [] }: Given): Pick<Given, 'attributes' | 'serverSet'> => ({
  attributes: { ...attributes, [PARENT_ID]: 'string' },
  serverSet: [...serverSet, PARENT_ID],
});

/** For resources that the system itself writes. */
export const readOnly: readonly Operation[] = ['list', 'retrieve'];
/** For tasks: once created they are done, and stay as a record. */
export const asTask: readonly Operation[] = ['list', 'retrieve', 'create'];
export const withoutPatch: readonly Operation[] = ['list', 'retrieve', 'create', 'delete'];
export const withoutDelete: readonly Operation[] = ['list', 'retrieve', 'create', 'patch'];

/** The customers among the parties at these paths; a path may lead through one list. */
export function customersIn(...paths: readonly string[]): (document: ResourceDocument) => string[] {
  return (document) => [...new Set(paths.flatMap((path) => partiesAt(document, path.split('.'))))];
}

function partiesAt(document: ResourceDocument, [head = '', ...rest]: string[]): string[] {
  if (rest.length === 0) return customerIdsAt(document, head);
  return listAt(document, head).flatMap((item) => partiesAt(item, rest));
}

/** The life of a specification or a catalogue entry; the words are free in every API. */
export const specificationLifecycle: Lifecycle = {
  attribute: 'lifecycleStatus',
  initial: 'active',
  open: true,
  transitions: {
    inDesign: ['active', 'rejected'],
    active: ['inDesign', 'retired'],
    rejected: ['inDesign'],
    retired: [],
  },
};

/** A task that is worked on by people or by another system. */
export const pendingTask = (attribute: string, initial: string): Lifecycle => ({
  attribute,
  initial,
  transitions: {
    [initial]: ['inProgress', 'done', 'terminatedWithError'],
    inProgress: ['done', 'terminatedWithError'],
    done: [],
    terminatedWithError: [],
  },
});
