import { collectionPath, PARENT_ID, type ResourceDeclaration, type ResourceDocument } from './declaration.ts';

/**
 * Documents are stored without addresses, because those depend on where the gateway is reached. This puts them in:
 * into the resource itself, and into every reference to a resource the gateway serves.
 */
export class Representation {
  readonly #publicUrl: string;
  readonly #collections: ReadonlyMap<string, string>;

  constructor(publicUrl: string, declarations: readonly ResourceDeclaration[]) {
    this.#publicUrl = publicUrl;
    // What is nested has no address without its parent, which a reference does not name.
    const own = declarations.filter(({ parent }) => parent === undefined);
    this.#collections = new Map(own.map((entry) => [entry.type, collectionPath(entry)]));
  }

  href(declaration: ResourceDeclaration, id: string, parentId?: unknown): string {
    return `${this.#collection(declaration, parentId)}${encodeURIComponent(id)}`;
  }

  /** The id inside an address of this collection, or undefined when it is some other address. */
  idOf(declaration: ResourceDeclaration, href: string, parentId?: string): string | undefined {
    const start = this.#collection(declaration, parentId);
    if (!href.startsWith(start)) return undefined;
    try {
      return decodeURIComponent(href.slice(start.length));
    } catch {
      return undefined;
    }
  }

  render(declaration: ResourceDeclaration, document: ResourceDocument): ResourceDocument {
    const { id, [PARENT_ID]: parentId, ...rest } = document;
    const body = this.#withReferences(rest) as ResourceDocument;
    return { id, href: this.href(declaration, id as string, parentId), ...body };
  }

  #collection(declaration: ResourceDeclaration, parentId: unknown): string {
    const parent = typeof parentId === 'string' ? encodeURIComponent(parentId) : undefined;
    return `${this.#publicUrl}${collectionPath(declaration, parent)}/`;
  }

  #withReferences(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withReferences(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, child]) => [name, this.#withReferences(child)]);
    return this.#withHref(Object.fromEntries(entries) as ResourceDocument);
  }

  #withHref(reference: ResourceDocument): ResourceDocument {
    const path = this.#collections.get(reference['@referredType'] as string);
    if (!path || typeof reference.id !== 'string' || reference.href !== undefined) return reference;
    const { id, ...rest } = reference;
    return { id, href: `${this.#publicUrl}${path}/${encodeURIComponent(id)}`, ...rest };
  }
}
