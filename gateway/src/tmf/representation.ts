import { collectionPath, PARENT_ID, type ResourceDeclaration, type ResourceDocument } from './declaration.ts';

/** The resource that a reference stands in. */
interface Parent {
  readonly name: string;
  readonly id: string;
}

/**
 * Documents are stored without addresses, because those depend on where the gateway is reached. This puts them in:
 * into the resource itself, and into every reference to a resource the gateway serves.
 */
export class Representation {
  readonly #publicUrl: string;
  readonly #collections: ReadonlyMap<string, string>;
  /** What is nested, by the type of what it is found under and its own. */
  readonly #nested: ReadonlyMap<string, ResourceDeclaration>;

  constructor(publicUrl: string, declarations: readonly ResourceDeclaration[]) {
    this.#publicUrl = publicUrl;
    // What is nested has no address without its parent, which only a reference of the parent itself tells.
    const own = declarations.filter(({ parent }) => parent === undefined);
    this.#collections = new Map(own.map((entry) => [entry.type, collectionPath(entry)]));
    const nested = declarations.filter(({ parent }) => parent !== undefined);
    this.#nested = new Map(nested.map((entry) => [`${String(entry.parent)}/${entry.type}`, entry]));
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

  /** The id inside the address of any resource that is served, or undefined when it is some other address. */
  idAt(href: string): string | undefined {
    const end = href.lastIndexOf('/');
    const path = href.startsWith(this.#publicUrl) ? href.slice(this.#publicUrl.length, end) : '';
    if (!this.#isCollection(path)) return undefined;
    try {
      return decodeURIComponent(href.slice(end + 1));
    } catch {
      return undefined;
    }
  }

  #isCollection(path: string): boolean {
    const [name = '', parentId = ''] = path.split('/').reverse();
    const nested = [...this.#nested.values()].find((entry) => entry.name === name);
    if (nested) return path === collectionPath(nested, parentId);
    return [...this.#collections.values()].includes(path);
  }

  render(declaration: ResourceDeclaration, document: ResourceDocument): ResourceDocument {
    const { id, [PARENT_ID]: parentId, ...rest } = document;
    const parent = { name: declaration.name, id: id as string };
    const body = this.#withReferences(rest, parent) as ResourceDocument;
    return { id, href: this.href(declaration, id as string, parentId), ...body };
  }

  #collection(declaration: ResourceDeclaration, parentId: unknown): string {
    const parent = typeof parentId === 'string' ? encodeURIComponent(parentId) : undefined;
    return `${this.#publicUrl}${collectionPath(declaration, parent)}/`;
  }

  /** The inverse of `render`: a client sends addresses back as it read them, and they are not stored. */
  forStorage(document: ResourceDocument, parent?: Parent): ResourceDocument {
    const body = Object.entries(document).filter(([name]) => name !== 'href');
    return this.#withoutReferences(Object.fromEntries(body), parent) as ResourceDocument;
  }

  #withoutReferences(value: unknown, parent: Parent | undefined): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withoutReferences(item, parent));
    if (typeof value !== 'object' || value === null) return value;
    const { href, ...rest } = value as ResourceDocument;
    const kept = href !== undefined && href !== this.#referenceHref(rest, parent) ? { ...rest, href } : rest;
    return Object.fromEntries(
      Object.entries(kept).map(([name, child]) => [name, this.#withoutReferences(child, parent)]),
    );
  }

  #withReferences(value: unknown, parent: Parent): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withReferences(item, parent));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, child]) => [name, this.#withReferences(child, parent)]);
    return this.#withHref(Object.fromEntries(entries) as ResourceDocument, parent);
  }

  #withHref(reference: ResourceDocument, parent: Parent): ResourceDocument {
    const href = reference.href === undefined ? this.#referenceHref(reference, parent) : undefined;
    if (href === undefined) return reference;
    const { id, ...rest } = reference;
    return { id, href, ...rest };
  }

  #referenceHref(
    { id, '@referredType': type }: ResourceDocument,
    parent: Parent | undefined,
  ): string | undefined {
    if (typeof id !== 'string' || typeof type !== 'string') return undefined;
    const nested = parent && this.#nested.get(`${parent.name}/${type}`);
    if (nested) return this.href(nested, id, parent.id);
    const path = this.#collections.get(type);
    return path === undefined ? undefined : `${this.#publicUrl}${path}/${encodeURIComponent(id)}`;
  }
}
