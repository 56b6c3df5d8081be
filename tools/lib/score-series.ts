import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createDetector } from '@jioassist/anomaly/source';
import { readSeries, type Row } from './series-csv.ts';
import { Sentence } from './stop.ts';

export interface Scored {
  series: number;
  points: number;
  anomalies: number;
  ignored: number;
  /** For each file that could not be read, its name and why. */
  unread: string[];
}

type Counts = Pick<Scored, 'points' | 'anomalies' | 'ignored'>;

interface ScoreOptions {
  from: string;
  to: string;
  /** The first part of each written file's name. */
  detector: string;
}

/**
 * Reads every CSV file under `from` and writes the same tree under `to`, each file with a column more:
 * `anomaly_score`, 0 to 1. A fresh detector sees each series once, in order of time.
 */
export function scoreTree({ from, to, detector }: ScoreOptions): Scored {
  checkFolders(from, to);
  const files = globSync('**/*', { cwd: from }).filter((file) => /\.csv$/i.test(file));
  if (files.length === 0) throw new Sentence(`There is no .csv file under ${from}.`);
  const total: Scored = { series: 0, points: 0, anomalies: 0, ignored: 0, unread: [] };
  for (const file of files.sort()) {
    try {
      const { text, ...counts } = scoreFile(readText(join(from, file), file), file);
      write(join(to, dirname(file), `${detector}_${basename(file)}`), text);
      total.series += 1;
      total.points += counts.points;
      total.anomalies += counts.anomalies;
      total.ignored += counts.ignored;
    } catch (error) {
      if (!(error instanceof Sentence)) throw error;
      total.unread.push(error.message);
    }
  }
  return total;
}

function checkFolders(from: string, to: string): void {
  if (!existsSync(from)) throw new Sentence(`There is no folder ${from}.`);
  if (!statSync(from).isDirectory()) throw new Sentence(`${from} is a file: name the folder it lies in.`);
  // What is written would be read as a series the next time.
  if (`${resolve(to)}/`.startsWith(`${resolve(from)}/`)) {
    throw new Sentence(`${to} lies inside ${from}: write to a folder outside of it.`);
  }
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Sentence(
      code === 'EISDIR' ? `${file}: it is a folder.` : `${file}: it cannot be opened (${code}).`,
    );
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function scoreFile(text: string, file: string): Counts & { text: string } {
  const detector = createDetector();
  const counts: Counts = { points: 0, anomalies: 0, ignored: 0 };
  const rows = readSeries(text, file);
  const scores = new Map<Row, number>();
  // What was written down late has come in time all the same: it is the order of the rows that is another.
  for (const row of rows.toSorted((one, other) => one.time - other.time)) {
    const { score, isAnomaly, ignored } = detector.observe(row.time, row.measured);
    counts.points += 1;
    if (isAnomaly) counts.anomalies += 1;
    if (ignored) counts.ignored += 1;
    scores.set(row, Math.floor(score * 1e6) / 1e6);
  }
  const lines = rows.map((row) => [cell(row.timestamp), cell(row.value), scores.get(row)].join());
  return { ...counts, text: `${['timestamp,value,anomaly_score', ...lines].join('\n')}\n` };
}

const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
