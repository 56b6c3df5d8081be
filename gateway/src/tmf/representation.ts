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

  /** The inverse of `render`: a client sends addresses back as it read them, and they are not stored. */
  forStorage(document: ResourceDocument): ResourceDocument {
    const body = Object.entries(document).filter(([name]) => name !== 'href');
    return this.#withoutReferences(Object.fromEntries(body)) as ResourceDocument;
  }

  #withoutReferences(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withoutReferences(item));
    if (typeof value !== 'object' || value === null) return value;
    const { href, ...rest } = value as ResourceDocument;
    const kept = href !== undefined && href !== this.#referenceHref(rest) ? { ...rest, href } : rest;
    return Object.fromEntries(
      Object.entries(kept).map(([name, child]) => [name, this.#withoutReferences(child)]),
    );
  }

  #withReferences(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withReferences(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, child]) => [name, this.#withReferences(child)]);
    return this.#withHref(Object.fromEntries(entries) as ResourceDocument);
  }

  #withHref(reference: ResourceDocument): ResourceDocument {
    const href = reference.href === undefined ? this.#referenceHref(reference) : undefined;
    if (href === undefined) return reference;
    const { id, ...rest } = reference;
    return { id, href, ...rest };
  }

  #referenceHref({ id, '@referredType': type }: ResourceDocument): string | undefined {
    const path = this.#collections.get(type as string);
    if (path === undefined || typeof id !== 'string') return undefined;
    return `${this.#publicUrl}${path}/${encodeURIComponent(id)}`;
  }
}
