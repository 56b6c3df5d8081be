import { isMet, type Metric } from './result.ts';

const format = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** The metrics as aligned columns, with what was to be reached and whether it was. */
export function table(metrics: Metric[]): string {
  const header = ['metric', 'value', 'goal', '', 'beside'];
  const rows = metrics.map((metric) => [
    metric.name,
    withUnit(metric.value, metric.unit),
    metric.goal ? `${metric.goal.op} ${withUnit(metric.goal.value, metric.unit)}` : '',
    metric.goal ? (isMet(metric) ? 'met' : 'MISSED') : '',
    metric.beside.map(({ name, value }) => `${name} ${withUnit(value, metric.unit)}`).join(', '),
  ]);
  return align([header, ...rows]);
}

function withUnit(value: number, unit: string): string {
  return `${format.format(value)}${unit === 'x' ? '' : ' '}${unit}`;
}

// Names read from the left, numbers from the right.
function align(rows: string[][]): string {
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const cell = (text: string, column: number) =>
    column === 1 || column === 2 ? text.padStart(width(column)) : text.padEnd(width(column));
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
