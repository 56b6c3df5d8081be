import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readSeries } from './lib/series-csv.ts';
import { root } from './lib/paths.ts';

const home = mkdtempSync(join(tmpdir(), 'jioassist-anomaly-'));
after(() => {
  rmSync(home, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

function run(...args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/anomaly.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, output: stdout + stderr };
}

function csv(values: number[]): string {
  const time = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 300_000).toISOString().slice(0, 19);
  const rows = values.map((value, i) => `${time(i).replace('T', ' ')},${value}`);
  return `timestamp,value\n${rows.join('\n')}\n`;
}

describe('npm run anomaly', () => {
  it('writes the same tree with a score for each row', () => {
    const values = Array.from({ length: 2_000 }, (_, i) => 50 + Math.sin(i / 3));
    values[1_500] = 90;
    write('in/a/first.csv', csv(values));
    write('in/b/c/second.csv', csv(values.slice(0, 100)));
    const { code, output } = run(join(home, 'in'), join(home, 'out'));
    assert.equal(code, 0, output);
    assert.match(output, /in 2 series, 2,100 points/);
    const rows = readFileSync(join(home, 'out/a/jioassist_first.csv'), 'utf8').trim().split('\n');
    assert.equal(rows[0], 'timestamp,value,anomaly_score');
    assert.equal(rows.length, 2_001);
    assert.ok(rows[1_501]?.startsWith('2026-01-06 05:00:00,90,'), rows[1_501]);
    assert.ok(Number(rows[1_501]?.split(',')[2]) >= 0.5);
    assert.equal(
      readFileSync(join(home, 'out/b/c/jioassist_second.csv'), 'utf8').trim().split('\n').length,
      101,
    );
  });

  it('names the file and the line it cannot read', () => {
    write('bad/x.csv', 'timestamp,value\n2026-01-01 00:00:00,1\nyesterday,2\n');
    const { code, output } = run(join(home, 'bad'), join(home, 'out'));
    assert.equal(code, 1);
    assert.match(output, /x\.csv, line 3: "yesterday" is no time/);
    assert.doesNotMatch(output, /\bat \w+ \(/);
  });

  it('says what is missing', () => {
    write('empty/readme.txt', '');
    write('in2/x.csv', csv([1, 2]));
    assert.match(run().output, /npm run anomaly -- IN_DIR OUT_DIR/);
    assert.match(run(join(home, 'nowhere'), join(home, 'out')).output, /There is no folder/);
    assert.match(run(join(home, 'empty'), join(home, 'out')).output, /There is no \.csv file/);
    assert.match(run(join(home, 'in2'), join(home, 'in2/out')).output, /lies inside/);
    assert.match(
      run(join(home, 'in2'), join(home, 'out'), '--detector', '../x').output,
      /--detector must be/,
    );
  });
});

describe('a series', () => {
  const read = (cells: string) => readSeries(`timestamp,value\n${cells}\n`, 'x.csv')[0];

  it('may give its times in several ways', () => {
    const time = Date.UTC(2026, 0, 2, 3, 4, 5);
    for (const text of [
      '2026-01-02 03:04:05',
      '2026-01-02T03:04:05Z',
      '2026-01-02 08:34:05+05:30',
      String(time / 1000),
      String(time),
    ]) {
      assert.equal(read(`${text},1`)?.time, time, text);
    }
    assert.equal(read('2026-01-02,1')?.time, Date.UTC(2026, 0, 2));
  });

  it('may have gaps, other columns, quotes, and the ends of lines of Windows', () => {
    assert.equal(read('2026-01-01 00:00:00,')?.measured, null);
    assert.equal(read('2026-01-01 00:00:00,NaN')?.measured, null);
    assert.equal(read('2026-01-01 00:00:00,1e999')?.measured, null);
    const text = '\uFEFFhost,Value,Timestamp\r\n"a","7","2026-01-01 00:00:00"\r\n';
    assert.deepEqual(
      readSeries(text, 'x.csv').map(({ measured }) => measured),
      [7],
    );
  });

  it('is refused without its columns or with a word for a number', () => {
    assert.throws(() => readSeries('time,value\n1,2\n', 'x.csv'), /x\.csv, line 1: the header/);
    assert.throws(() => read('2026-01-01 00:00:00,high'), /x\.csv, line 2: "high" is no number/);
  });
});
