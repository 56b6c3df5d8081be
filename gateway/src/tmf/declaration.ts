import type { Attributes } from './shape.ts';

export type ResourceDocument = { [attribute: string]: unknown };

/** The states of a resource and the moves between them. */
export interface Lifecycle {
  readonly attribute: string;
  readonly initial?: string;
  readonly transitions: { readonly [state: string]: readonly string[] };
  readonly open?: boolean;
  readonly stamps?: { readonly [state: string]: string };
}

export interface ResourceDeclaration {
  readonly name: string;
  readonly type: string;
  readonly basePath: string;
  readonly domain: string;
  readonly attributes: Attributes;
  readonly required: readonly string[];
  readonly defaults?: ResourceDocument;
  readonly serverSet?: readonly string[];
  readonly lifecycle: Lifecycle;
  readonly idPrefix: string;
  readonly scopes: { readonly read: string; readonly write: string };
  readonly customerIds: (document: ResourceDocument) => readonly string[];
}

export const collectionPath = (declaration: ResourceDeclaration): string =>
  `${declaration.basePath}/${declaration.name}`;

export function relatedCustomers(document: ResourceDocument): string[] {
  const parties = Array.isArray(document.relatedParty) ? (document.relatedParty as ResourceDocument[]) : [];
  return parties
    .filter((party) => party.role === 'customer' || party['@referredType'] === 'Customer')
    .map((party) => party.id)
    .filter((id): id is string => typeof id === 'string');
}
