import { readTime } from './series-time.ts';
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

interface Columns {
  separator: string;
  timestamp: number;
  value: number;
}

const TIMES = ['timestamp', 'time', 'datetime', 'date', 'ts'];
const VALUES = ['value'];
const NO_VALUE = new Set(['', '-', '?', 'nan', 'null', 'none', 'na', 'n/a']);
const ENDLESS = /^[+-]?inf(inity)?$/i;
const SEPARATORS = [',', ';', '\t'];

/**
 * Reads a series: a header that names `timestamp` and `value`, in any order and among others, then a row a point.
 * Without a header the first column is the time and the second the value.
 *
 * @param file - Its name, for the sentence that says what is wrong.
 */
export function readSeries(text: string, file: string): Row[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) throw new Sentence(`${file}: it is empty.`);
  const place = (index: number): string => `${file}, line ${index + 1}`;
  const head = lines[first] ?? '';
  const named = namedColumns(head);
  const columns = named ?? plainColumns(head);
  if (!columns) throw new Sentence(`${place(first)}: the header must name the columns timestamp and value.`);
  const rows: Row[] = [];
  for (let index = named ? first + 1 : first; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() !== '') rows.push(readRow(line, columns, place(index)));
  }
  return rows;
}

function namedColumns(header: string): Columns | undefined {
  const separator = separatorOf(header);
  const names = cells(header, separator).map((name) => name.toLowerCase());
  const timestamp = firstOf(names, TIMES);
  const value = firstOf(names, VALUES);
  return timestamp < 0 || value < 0 ? undefined : { separator, timestamp, value };
}

/** The first of the known names that there is. */
function firstOf(names: readonly string[], known: readonly string[]): number {
  return names.indexOf(known.find((name) => names.includes(name)) ?? '\0');
}

/** A file that begins with its first point. */
function plainColumns(line: string): Columns | undefined {
  const separator = separatorOf(line);
  const [timestamp = '', value] = cells(line, separator);
  const isPoint = !Number.isNaN(readTime(timestamp)) && value !== undefined && readValue(value) !== undefined;
  return isPoint ? { separator, timestamp: 0, value: 1 } : undefined;
}

function separatorOf(line: string): string {
  return SEPARATORS.find((separator) => line.includes(separator)) ?? ',';
}

function readRow(line: string, columns: Columns, place: string): Row {
  const row = cells(line, columns.separator);
  const timestamp = row[columns.timestamp] ?? '';
  const value = row[columns.value] ?? '';
  const time = readTime(timestamp);
  if (Number.isNaN(time)) {
    throw new Sentence(
      `${place}: "${shortened(timestamp)}" is no time. Write 2026-11-24 18:30:00, ISO 8601 or seconds.`,
    );
  }
  const measured = readValue(value);
  if (measured === undefined) throw new Sentence(`${place}: "${shortened(value)}" is no number.`);
  return { timestamp, value, time, measured };
}

/** `null` for a value that is missing or endless, `undefined` for what is none. */
function readValue(text: string): number | null | undefined {
  if (NO_VALUE.has(text.toLowerCase()) || ENDLESS.test(text)) return null;
  const value = Number(text);
  if (Number.isNaN(value)) return undefined;
  return Number.isFinite(value) ? value : null;
}

function cells(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  // A separator with an even number of quotes after it stands outside of them.
  const outside = new RegExp(`${separator}(?=(?:[^"]*"[^"]*")*[^"]*$)`);
  return line.split(outside).map((cell) => {
    const quoted = /^"(.*)"$/.exec(cell.trim());
    return quoted ? (quoted[1] ?? '').replaceAll('""', '"').trim() : cell.trim();
  });
}

/** A line of a file that is no table at all must not fill the screen. */
function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
