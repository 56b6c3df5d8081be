const DAY = /^\d{4}-\d{2}-\d{2}$/;
const EDGES = { start: 'T00:00:00.000+05:30', end: 'T23:59:59.999+05:30' };

/** A day in India, whole, as an instant in UTC: its first or its last millisecond; undefined for what is no day. */
export function readDay(text: string, edge: 'start' | 'end'): string | undefined {
  // JavaScript takes 30 February for 2 March.
  const noon = new Date(`${text}T12:00:00Z`);
  if (!DAY.test(text) || Number.isNaN(noon.getTime())) return undefined;
  if (!noon.toISOString().startsWith(text)) return undefined;
  return new Date(`${text}${EDGES[edge]}`).toISOString();
}
