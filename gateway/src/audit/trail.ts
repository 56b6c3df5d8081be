import { createHash } from 'node:crypto';
import { single, type Queryable } from '../store/database.ts';

/** One act of an agent. There is never a body, a token or a customer's data in it, except the customer's id. */
export interface AuditEntry {
  readonly agentId: string;
  readonly clientId: string;
  /** The method and the route's pattern, such as `PATCH /tmf-api/customerManagement/v4/customer/:id`. */
  readonly action: string;
  /** What was changed, or was to be. */
  readonly resource: readonly AuditedResource[];
  readonly customerIds: readonly string[];
  /** The origin of the page the agent worked in; null for a program. */
  readonly origin: string | null;
  /** `unchanged`: allowed, and nothing was left to do. */
  readonly outcome: 'success' | 'unchanged' | 'refused' | 'failed';
  /** The HTTP status and the error's code of what was not done. */
  readonly status?: number;
  readonly code?: string;
  readonly correlationId: string;
  /** What else belongs to the act: of which field personal data was revealed, and why. */
  readonly detail?: Readonly<Record<string, string>>;
}

export interface AuditedResource {
  readonly kind: string;
  readonly id: string;
}

export interface AuditRecord extends AuditEntry {
  readonly id: string;
  readonly '@type': 'AuditRecord';
  readonly date: string;
}

export interface Verification {
  /** How many records were read and found to be as they were written. */
  readonly intact: number;
  /** The first record that is not as it was written; undefined when the whole trail is. */
  readonly brokenAt?: number;
}

const MAX_TEXT = 200;
const PAGE = 1_000;

/**
 * Appends a record; inside a transaction, the record is there exactly when the act is. The head row is taken last in every
 * transaction, and always after that of the event log.
 */
export async function appendAudit(on: Queryable, entry: AuditEntry): Promise<void> {
  const record = JSON.stringify({ date: new Date().toISOString(), ...entry }, (_name, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  );
  await on.query(
    `with head as (
       update audit_head set last_sequence = last_sequence + 1,
         last_hash = sha256(last_hash || convert_to((last_sequence + 1) || E'\\n' || $1::text, 'UTF8'))
       returning last_sequence, last_hash)
     insert into audit_record (sequence, hash, record) select last_sequence, last_hash, $1::text from head`,
    [record],
  );
}

/** An id out of an address may hold anything. */
const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed().slice(0, MAX_TEXT);

/** Reads the whole trail and computes every hash again. */
export async function verifyAudit(on: Queryable): Promise<Verification> {
  let sequence = 0;
  let hash = createHash('sha256').update('JioAssist audit trail').digest();
  for (let page = await pageAfter(on, 0); page.length > 0; page = await pageAfter(on, sequence)) {
    for (const row of page) {
      hash = createHash('sha256')
        .update(hash)
        .update(`${sequence + 1}\n${row.record}`)
        .digest();
      if (row.sequence !== sequence + 1 || !hash.equals(row.hash))
        return { intact: sequence, brokenAt: sequence + 1 };
      sequence = row.sequence;
    }
  }
  const head = single(
    await on.query<{ sequence: number; hash: Uint8Array }>(
      'select last_sequence as sequence, last_hash as hash from audit_head',
    ),
  );
  const isWhole = head.sequence === sequence && hash.equals(head.hash);
  return isWhole ? { intact: sequence } : { intact: sequence, brokenAt: sequence + 1 };
}

function pageAfter(
  on: Queryable,
  sequence: number,
): Promise<{ sequence: number; hash: Uint8Array; record: string }[]> {
  return on.query(
    `select sequence, hash, record from audit_record where sequence > $1 order by sequence limit ${PAGE}`,
    [sequence],
  );
}
