import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it('names every file that it cannot read, in a line each, and scores the others', () => {
    write('bad/words.csv', 'timestamp,value\n2026-01-01 00:00:00,1\nyesterday,2\n');
    write('bad/nothing.csv', '\n \n');
    write('bad/picture.csv', '\0PNG\r\n\x1a\n\0\0');
    write('bad/folder.csv/deep/GOOD.CSV', csv([1, 2, 3]));
    write('bad/beside.json', '{}');
    const { code, output } = run(join(home, 'bad'), join(home, 'out-bad'));
    assert.equal(code, 1);
    assert.match(output, /in 1 series, 3 points/);
    assert.match(output, /^4 files could not be read:$/m);
    assert.match(output, /^words\.csv, line 3: "yesterday" is no time/m);
    assert.match(output, /^nothing\.csv: it is empty\.$/m);
    assert.match(output, /^picture\.csv, line 1: the header must name/m);
    assert.match(output, /^folder\.csv: it is a folder\.$/m);
    assert.doesNotMatch(output, /\bat \w+ \(/);
    assert.ok(existsSync(join(home, 'out-bad/folder.csv/deep/jioassist_GOOD.CSV')));
  });

  it('takes rows in the order of their times, and leaves them where they stand', () => {
    const [header, ...rows] = csv(Array.from({ length: 400 }, (_, i) => (i === 300 ? 500 : i % 7)))
      .trim()
      .split('\n');
    write('order/up.csv', [header, ...rows].join('\n'));
    write('order/down.csv', [header, ...rows.toReversed()].join('\n'));
    assert.equal(run(join(home, 'order'), join(home, 'out-order')).code, 0);
    const scored = (name: string) =>
      readFileSync(join(home, `out-order/jioassist_${name}.csv`), 'utf8')
        .trim()
        .split('\n')
        .slice(1);
    assert.deepEqual(scored('down').toReversed(), scored('up'));
    assert.ok(scored('up').some((row) => Number(row.split(',')[2]) >= 0.5));
  });

  it('reads a long file', () => {
    const values = Array.from({ length: 100_000 }, (_, i) =>
      Math.round(50 + 20 * Math.sin(i / 46) + (i % 5)),
    );
    write('long/x.csv', csv(values).replaceAll('\n', '\r\n'));
    const { code, output } = run(join(home, 'long'), join(home, 'out-long'));
    assert.equal(code, 0, output);
    assert.match(output, /100,000 points/);
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
      '2026-01-02 08:34:05 +0530',
      '2026-01-02T00:04:05.000-03',
      '2026-01-02 03:04:05 UTC',
      '2026/1/2 3:04:05',
      String(time / 1e3),
      `${time / 1e3}.0`,
      '1.767323045e9',
      String(time),
      `${time}000`,
      `${time}000000`,
    ]) {
      assert.equal(read(`${text},1`)?.time, time, text);
    }
    assert.equal(read('2026-01-02,1')?.time, Date.UTC(2026, 0, 2));
    assert.equal(read('2026-01-02 03:04,1')?.time, Date.UTC(2026, 0, 2, 3, 4));
    assert.equal(read('2026-01-02 03:04:05.25,1')?.time, time + 250);
    assert.equal(read('17,1')?.time, 17_000);
  });

  it('has no time that does not exist', () => {
    for (const text of [
      '',
      'yesterday',
      '2026-02-30',
      '2026-01-01 25:00',
      '02/01/2026',
      '9e99',
      '2026-13-01',
    ]) {
      assert.throws(() => read(`${text},1`), /is no time/, text);
    }
  });

  it('may have gaps, other columns, quotes, empty lines, and the ends of lines of any system', () => {
    for (const missing of ['', 'NaN', 'null', '-', '1e999', '-Infinity']) {
      assert.equal(read(`2026-01-01 00:00:00,${missing}`)?.measured, null, missing);
    }
    assert.equal(read('2026-01-01 00:00:00')?.measured, null);
    const valuesOf = (text: string) => readSeries(text, 'x.csv').map(({ measured }) => measured);
    assert.deepEqual(valuesOf('\uFEFF\r\nhost,Value,Timestamp\r\n"a, ""b""","7","2026-01-01"\r\n\r\n'), [7]);
    assert.deepEqual(valuesOf('timestamp;value\r1;7\r2;8'), [7, 8]);
    assert.deepEqual(valuesOf('date\tvalue\n2026-01-01\t7'), [7]);
    assert.deepEqual(valuesOf('1700000000,7\n1700000060,8'), [7, 8]);
  });

  it('is refused without its columns or with a word for a number', () => {
    assert.throws(() => readSeries('a,b\n1,2\n', 'x.csv'), /x\.csv, line 1: the header/);
    assert.throws(() => readSeries('\n\nvalue\n1\n', 'x.csv'), /x\.csv, line 3: the header/);
    assert.throws(() => read('2026-01-01 00:00:00,high'), /x\.csv, line 2: "high" is no number/);
    assert.throws(
      () => read(`${'x'.repeat(500)},1`),
      (error: Error) => error.message.length < 150,
    );
  });
});
