import type { TaskHook } from './tasks/task-context.ts';
import type { Attributes } from './shape.ts';

export type ResourceDocument = { [attribute: string]: unknown };

export type Operation = 'list' | 'retrieve' | 'create' | 'patch' | 'delete';

/** The kinds of events every resource has; a lifecycle may add some of its own. */
export type Change = 'Create' | 'AttributeValueChange' | 'StateChange' | 'Delete';

/** The states of a resource and the moves between them. */
export interface Lifecycle {
  /** The attribute that holds the state. */
  readonly attribute: string;
  /** Given to a new resource that names no state; without it the client must name one. */
  readonly initial?: string;
  /** For each state, the states it may move to. */
  readonly transitions: { readonly [state: string]: readonly string[] };
  /**
   * True where the specification leaves the state a free text: a state outside the table is then accepted, and
   * only moves out of a state of the table are checked.
   */
  readonly open?: boolean;
  /** Date attributes (dotted paths) the server sets when a state is entered for the first time. */
  readonly stamps?: { readonly [state: string]: string };
  /** A date attribute the server sets at every move. */
  readonly changedAt?: string;
  /** A list that keeps every state the resource has had, and where the reason for a move is read. */
  readonly history?: { readonly attribute: string; readonly reason: string };
  /** How the specification names the event of a move, where it is not `StateChange`. */
  readonly event?: 'StatusChange';
  /** Events told beside that of the move when a state is entered, such as `Resolved`. */
  readonly announces?: { readonly [state: string]: string };
  /** What else happens, in the same transaction, when a patch moves a resource into a state. */
  readonly effects?: { readonly [state: string]: TaskHook };
}

/** All that makes one TM Forum API different from another. */
export interface ResourceDeclaration {
  /** The resource's name as in the path and in events, for example `customer`. */
  readonly name: string;
  /** `@type`, and the first word of the event names, for example `Customer`. */
  readonly type: string;
  /** For example `/tmf-api/customerManagement/v4`. */
  readonly basePath: string;
  /** Other base paths that real clients use for this API. */
  readonly aliases?: readonly string[];
  /** The resource this one is found under, as `taskFlow` is under `/processFlow/{processFlowId}`. */
  readonly parent?: string;
  /** The event envelope's `domain`. */
  readonly domain: string;
  /** What the specification offers; everything when it is not said. */
  readonly operations?: readonly Operation[];
  readonly attributes: Attributes;
  /** Dotted paths a create must give. */
  readonly required: readonly string[];
  /** What a create gets when it does not say. */
  readonly defaults?: ResourceDocument | ((now: string) => ResourceDocument);
  /** Attributes only the server writes, beside id and href: refused in a patch, ignored in a create. */
  readonly serverSet?: readonly string[];
  /** Server-set dates: of the creation, and of the latest change. */
  readonly stamps?: { readonly created?: string; readonly changed?: string };
  /** Left out where the resource has no state. */
  readonly lifecycle?: Lifecycle;
  /** The kinds of events that are told; all of them when it is not said. */
  readonly events?: readonly Change[];
  /** Keeps each of the resource's events as a resource of another kind. */
  readonly eventRecord?: { readonly kind: string; readonly from: (event: RecordedEvent) => ResourceDocument };
  /** New ids are this prefix and a number. */
  readonly idPrefix: string;
  readonly scopes: { readonly read: string; readonly write: string };
  /** The ids of the customers a resource is about. */
  readonly customerIds: (document: ResourceDocument) => readonly string[];
  /** References to resources whose customers are this resource's customers too. */
  readonly customersVia?: readonly { readonly attribute: string; readonly kind: string }[];
  /** Does, inside the transaction of the create, what creating the resource asks for. */
  readonly perform?: TaskHook;
  /** What else happens, in the same transaction, when a resource is deleted. */
  readonly afterDelete?: TaskHook;
}

/** Where a nested resource keeps the id of the one it is found under; clients see it in the address only. */
export const PARENT_ID = '@parentId';

export interface RecordedEvent {
  readonly eventType: string;
  readonly eventTime: string;
  readonly document: ResourceDocument;
}

/** The path of a collection; for a nested resource, that under one parent. */
export function collectionPath(
  { basePath, parent, name }: ResourceDeclaration,
  parentId = ':parentId',
): string {
  return parent === undefined ? `${basePath}/${name}` : `${basePath}/${parent}/${parentId}/${name}`;
}

export const offers = ({ operations }: ResourceDeclaration, operation: Operation): boolean =>
  operations?.includes(operation) ?? true;
