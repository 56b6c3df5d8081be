import { preconditionFailed } from './errors.ts';

export const etagOf = (revision: number): string => `"${revision}"`;

/** Whether a list of entity tags (`If-None-Match`) names this revision. */
export function namesRevision(header: string, revision: number): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etagOf(revision));
}

/** Refuses a change that was prepared on an older revision. A weak tag never matches `If-Match` (RFC 9110). */
export function checkIfMatch(header: string | undefined, revision: number): void {
  if (header === undefined || header.trim() === '*') return;
  const matches = header.split(',').some((tag) => tag.trim() === etagOf(revision));
  if (!matches) throw preconditionFailed('If-Match does not name the current ETag; read the resource again.');
}
