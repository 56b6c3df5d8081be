export interface LockEntry {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
  link?: boolean;
  extraneous?: boolean;
}

export type Lock = Record<string, LockEntry>;

/**
 * Platform packages that some package asks for and the lock does not have. npm leaves them out without a word
 * when the registry lacks that version, and `npm ci` then refuses the lock on every other machine.
 */
export function missingPlatformPackages(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([at, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isFoundFrom(lock, at, name))
      .map(([name, version]) => `${at || 'package.json'} asks for ${name}@${version}`),
  );
}

/** Entries tied to one registry's address; the lock must work with whichever a machine uses. */
export function addressedPackages(lock: Lock): string[] {
  return Object.entries(lock)
    .filter(([, entry]) => entry.resolved !== undefined && entry.link !== true)
    .map(([at, entry]) => `${at} is resolved to ${String(entry.resolved)}`);
}

/** Entries that nothing asks for: left behind by an install that was not saved. */
export function extraneousPackages(lock: Lock): string[] {
  return Object.entries(lock)
    .filter(([, entry]) => entry.extraneous)
    .map(([at]) => `${at} is wanted by nothing; npm install takes it out`);
}

// The same walk as Node's: the nearest node_modules upwards.
function isFoundFrom(lock: Lock, at: string, name: string): boolean {
  for (let base = at; ; base = parentOf(base)) {
    if (lock[`${base ? `${base}/` : ''}node_modules/${name}`]) return true;
    if (base === '') return false;
  }
}

function parentOf(at: string): string {
  const end = at.lastIndexOf('/node_modules/');
  return end < 0 ? '' : at.slice(0, end);
}
