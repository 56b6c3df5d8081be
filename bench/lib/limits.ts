import { sizeLimits, type SizeLimit } from '../size-limits.ts';
import { measureFile, readAllEntries, type Entry } from './entries.ts';

export interface Judged {
  limit: SizeLimit;
  files: string[];
  bytes: number;
}

/** The files a limit counts. */
export function filesUnder(limit: SizeLimit, entries: Entry[] = readAllEntries()): string[] {
  const filesOf = (name: string): string[] => {
    const files = entries.find((entry) => entry.name === name)?.files;
    if (!files) throw new Error(`bench/size-limits.ts limits "${name}", which the build does not make`);
    return files;
  };
  const files = new Set([limit.entry, ...(limit.with ?? [])].flatMap(filesOf));
  const already = new Set(limit.over === undefined ? [] : filesOf(limit.over));
  return [...files].filter((file) => !already.has(file));
}

export function entriesWithoutLimit(entries: Entry[]): string[] {
  const limited = new Set(sizeLimits.map(({ entry }) => entry));
  return entries.map(({ name }) => name).filter((name) => !limited.has(name));
}

export function judge(): Judged[] {
  return sizeLimits.map((limit) => {
    const files = filesUnder(limit);
    return { limit, files, bytes: files.reduce((total, file) => total + measureFile(file).gzip, 0) };
  });
}
