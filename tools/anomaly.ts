import { readArguments } from './lib/options.ts';
import { bold, dim, seconds } from './lib/progress.ts';
import { scoreTree } from './lib/score-series.ts';
import { runMain, Sentence } from './lib/stop.ts';

const help = `npm run anomaly -- IN_DIR OUT_DIR [--detector NAME]
Looks for anomalies in every CSV file (columns timestamp and value) under IN_DIR, and writes the same tree to OUT_DIR
as NAME_FILE.csv with a third column, anomaly_score: 0 to 1, an anomaly from 0.5 on. NAME is "jioassist" when left out.
A timestamp is "2026-11-24 18:30:00", ISO 8601, or seconds or milliseconds since 1970; without a zone it is UTC. A file
without a header has the time in its first column and the value in its second. What cannot be read is named and left out.`;

const number = new Intl.NumberFormat('en');

function count(many: number, word: string): string {
  return `${number.format(many)} ${word}${many === 1 ? '' : 's'}`;
}

await runMain(() => {
  const { values, words } = readArguments({
    name: 'npm run anomaly',
    help,
    options: { detector: { type: 'string' } },
    words: 2,
  });
  const [from, to] = words;
  if (from === undefined || to === undefined) throw new Sentence(help);
  const detector = typeof values['detector'] === 'string' ? values['detector'] : 'jioassist';
  if (!/^[\w-]+$/.test(detector)) {
    throw new Sentence(`--detector must be letters, digits, _ and -, not "${detector}".`);
  }
  const started = performance.now();
  const { series, points, anomalies, ignored, unread } = scoreTree({ from, to, detector });
  const found = anomalies === 1 ? '1 anomaly' : `${number.format(anomalies)} anomalies`;
  console.log(`${bold(found)} in ${series} series, ${count(points, 'point')} ${dim(seconds(started))}`);
  if (ignored > 0)
    console.log(`${count(ignored, 'point')} with a score of 0: no number, or a time that was there before.`);
  if (series > 0) console.log(`The scores are in ${to}.`);
  if (unread.length > 0) {
    console.error([`${count(unread.length, 'file')} could not be read:`, ...unread].join('\n'));
    process.exitCode = 1;
  }
  return Promise.resolve();
});
