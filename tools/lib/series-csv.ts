import { Sentence } from './stop.ts';

/** One row of a series as it stands in the file, and as the detector reads it. */
export interface Row {
  timestamp: string;
  value: string;
  /** Milliseconds since 1970. */
  time: number;
  /** `null` when the cell is empty or holds no finite number. */
  measured: number | null;
}

const noValue = new Set(['', 'nan', 'null', 'na', 'n/a', 'inf', '+inf', '-inf', 'infinity', '-infinity']);
/** A number this large is milliseconds: as seconds it would lie three thousand years ahead. */
const firstMilliseconds = 1e11;

/**
 * Reads a series: a header that names `timestamp` and `value`, in any order and among others, then a row a point.
 *
 * @param file - Its name, for the sentence that says what is wrong.
 */
export function readSeries(text: string, file: string): Row[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = cells(header).map((name) => name.toLowerCase());
  const at = { timestamp: names.indexOf('timestamp'), value: names.indexOf('value') };
  if (at.timestamp < 0 || at.value < 0) {
    throw new Sentence(`${file}, line 1: the header must name the columns timestamp and value.`);
  }
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const row = cells(line);
    return [readRow(row[at.timestamp] ?? '', row[at.value] ?? '', `${file}, line ${i + 2}`)];
  });
}

function readRow(timestamp: string, value: string, place: string): Row {
  const time = readTime(timestamp);
  if (Number.isNaN(time)) {
    throw new Sentence(
      `${place}: "${timestamp}" is no time. Write 2026-11-24 18:30:00, ISO 8601 or seconds.`,
    );
  }
  if (noValue.has(value.toLowerCase())) return { timestamp, value, time, measured: null };
  const measured = Number(value);
  if (Number.isNaN(measured)) throw new Sentence(`${place}: "${value}" is no number.`);
  return { timestamp, value, time, measured: Number.isFinite(measured) ? measured : null };
}

// A time without a zone is read as UTC, so that the same file gives the same answer everywhere.
function readTime(text: string): number {
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return Math.abs(number) < firstMilliseconds ? number * 1000 : number;
  }
  const hasZone = /([zZ]|[+-]\d\d:?\d\d)$/.test(text);
  const [date = '', time = '00:00:00'] = text.trim().split(/[ T](.+)/);
  return Date.parse(`${date}T${time}${hasZone ? '' : 'Z'}`);
}

function cells(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
