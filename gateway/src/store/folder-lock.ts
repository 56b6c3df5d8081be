import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  /** Tells a second process where the first one can be reached. */
  announce(url: string): void;
  release(): void;
}

/**
 * Claims a data folder for this process. The claim is an operating system lock on a SQLite file, so it ends with the
 * process, however that ends; a pid file could be left behind by a kill.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ownerFile = join(folder, 'owner.json');
  const database = new DatabaseSync(join(folder, 'lock'));
  try {
    database.exec('begin exclusive');
  } catch {
    database.close();
    throw new Error(`${folder} is in use: ${describeOwner(ownerFile)}`);
  }
  rmSync(ownerFile, { force: true });
  return {
    announce: (url) => {
      writeFileSync(ownerFile, `${JSON.stringify({ pid: process.pid, url })}\n`);
    },
    release: () => {
      if (!database.isOpen) return;
      rmSync(ownerFile, { force: true });
      database.close();
    },
  };
}

function describeOwner(ownerFile: string): string {
  try {
    const { pid, url } = JSON.parse(readFileSync(ownerFile, 'utf8')) as { pid: number; url: string };
    return `already running (pid ${pid}) at ${url}`;
  } catch {
    return 'another gateway is starting on it';
  }
}
