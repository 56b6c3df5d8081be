import { declarations } from '../tmf/apis/index.ts';
import type { ResourceDeclaration, ResourceDocument } from '../tmf/declaration.ts';
import { PARENT_ID } from '../tmf/declaration.ts';
import { draftOf } from '../tmf/draft.ts';

export interface SeedRow {
  readonly kind: string;
  readonly document: ResourceDocument;
  readonly customerIds: readonly string[];
}

export interface AddOptions {
  /** When it was created; the moment of the seeding when it is not said. */
  readonly at?: number;
  /** The customers it is about, beside those it names itself. */
  readonly about?: readonly string[];
  readonly parentId?: string;
}

const byKind: ReadonlyMap<string, ResourceDeclaration> = new Map(
  declarations.map((entry) => [entry.name, entry]),
);

/** Collects new resources the way the engine would have stored them: with ids, states, defaults and dates. */
export class Ledger {
  readonly now: number;
  readonly #numbers = new Map<string, number>();
  #rows: SeedRow[] = [];

  constructor(now: number) {
    this.now = now;
  }

  get size(): number {
    return this.#rows.length;
  }

  add(
    kind: string,
    body: ResourceDocument,
    { at = this.now, about = [], parentId }: AddOptions = {},
  ): ResourceDocument {
    const declaration = byKind.get(kind);
    if (!declaration) throw new Error(`No API is declared for ${kind}.`);
    const id = this.#identify(declaration, body.id as string | undefined);
    const drafted = draftOf(declaration, body, iso(at));
    const document = { ...drafted, id, ...(parentId !== undefined && { [PARENT_ID]: parentId }) };
    const customerIds = [...new Set([...declaration.customerIds(document), ...about])];
    this.#rows.push({ kind, document, customerIds });
    return document;
  }

  /** Hands over what was collected since the last time. */
  take(): SeedRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** The last number of each kind: what is created later is numbered after it. */
  get lastNumbers(): ReadonlyMap<string, number> {
    return this.#numbers;
  }

  #identify({ name, idPrefix }: ResourceDeclaration, given: string | undefined): string {
    const last = this.#numbers.get(name) ?? 0;
    const number = given === undefined ? last + 1 : Number(/\d+$/.exec(given)?.[0] ?? 0);
    this.#numbers.set(name, Math.max(last, number));
    return given ?? `${idPrefix}${number}`;
  }
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const iso = (time: number): string => new Date(time).toISOString();

export const rupees = (value: number): ResourceDocument => ({
  unit: 'INR',
  value: Math.round(value * 100) / 100,
});

export const textCharacteristic = (name: string, value: string): ResourceDocument => ({
  name,
  valueType: 'string',
  value,
});
