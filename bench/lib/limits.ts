import { sizeLimits, type SizeLimit } from '../size-limits.ts';
import { measureFile, type Entry } from './entries.ts';

export interface Judged {
  limit: SizeLimit;
  files: string[];
  bytes: number;
}

/** The files a limit counts. */
export function filesUnder(limit: SizeLimit, entries: Entry[]): string[] {
  const filesOf = (name: string) => entries.find((entry) => entry.name === name)?.files;
  const files = filesOf(limit.entry);
  if (!files) throw new Error(`bench/size-limits.ts limits "${limit.entry}", which the build does not make`);
  const already = new Set(limit.over === undefined ? [] : filesOf(limit.over));
  return files.filter((file) => !already.has(file));
}

export function entriesWithoutLimit(entries: Entry[]): string[] {
  const limited = new Set(sizeLimits.map(({ entry }) => entry));
  return entries.map(({ name }) => name).filter((name) => !limited.has(name));
}

export function judge(entries: Entry[]): Judged[] {
  return sizeLimits.map((limit) => {
    const files = filesUnder(limit, entries);
    return { limit, files, bytes: files.reduce((total, file) => total + measureFile(file).gzip, 0) };
  });
}
