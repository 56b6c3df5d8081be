import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createDetector } from '@jioassist/anomaly/source';
import { readSeries } from './series-csv.ts';
import { Sentence } from './stop.ts';

export interface Scored {
  series: number;
  points: number;
  anomalies: number;
  ignored: number;
}

interface ScoreOptions {
  from: string;
  to: string;
  /** The first part of each written file's name. */
  detector: string;
}

/**
 * Reads every CSV file under `from` and writes the same tree under `to`, each file with a column more:
 * `anomaly_score`, 0 to 1. A fresh detector sees each series once, in order.
 */
export function scoreTree({ from, to, detector }: ScoreOptions): Scored {
  checkFolders(from, to);
  const files = globSync('**/*.csv', { cwd: from }).sort();
  if (files.length === 0) throw new Sentence(`There is no .csv file under ${from}.`);
  const total: Scored = { series: 0, points: 0, anomalies: 0, ignored: 0 };
  for (const file of files) {
    const { text, ...counts } = scoreFile(readFileSync(join(from, file), 'utf8'), file);
    const target = join(to, dirname(file), `${detector}_${basename(file)}`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    total.series += 1;
    total.points += counts.points;
    total.anomalies += counts.anomalies;
    total.ignored += counts.ignored;
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

function scoreFile(text: string, file: string): Omit<Scored, 'series'> & { text: string } {
  const detector = createDetector();
  const counts = { points: 0, anomalies: 0, ignored: 0 };
  const lines = readSeries(text, file).map(({ timestamp, value, time, measured }) => {
    const { score, isAnomaly, ignored } = detector.observe(time, measured);
    counts.points += 1;
    if (isAnomaly) counts.anomalies += 1;
    if (ignored) counts.ignored += 1;
    return `${timestamp},${value},${Math.floor(score * 1e6) / 1e6}`;
  });
  return { ...counts, text: `${['timestamp,value,anomaly_score', ...lines].join('\n')}\n` };
}
