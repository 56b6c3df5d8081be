import { anomalyThreshold, type Assessment } from '@jioassist/anomaly/source';
import type { Series } from './nab-series.ts';

export interface Plotted {
  series: Series;
  assessments: Assessment[];
  /** Per row: the number of its window, -1 outside of all, -2 not scored. */
  group: Int32Array;
}

const width = 1400;
const height = 120;

/** One page with every series: its windows, and where the detector found something. */
export function reportPage(plots: Plotted[], summary: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Anomalies found</title><style>
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif }
body { max-width: ${width + 40}px; margin: 0 auto; padding: 20px }
svg { width: 100%; height: ${height}px; border: 1px solid color-mix(in srgb, currentColor 25%, transparent) }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem }
.window { fill: #f5b301; opacity: .35 } .learning { fill: currentColor; opacity: .08 }
.line { fill: none; stroke: currentColor; stroke-width: .8 } .hit { stroke: #0a7d33 } .miss { stroke: #d3232f }
.hit, .miss { stroke-width: 2 }
</style></head><body><h1>Anomalies found</h1><p>${summary}</p>
<p>Yellow: labelled. Grey: not scored. Green: found within a label. Red: found outside of all.</p>
${plots.map(plot).join('\n')}</body></html>\n`;
}

function plot({ series, assessments, group }: Plotted): string {
  const found = assessments.flatMap(({ isAnomaly }, i) => (isAnomaly && group[i] !== -2 ? [i] : []));
  const hit = new Set(found.map((i) => group[i]).filter((window) => window !== undefined && window >= 0))
    .size;
  const scored = new Set([...group].filter((window) => window >= 0)).size;
  const outside = found.filter((i) => group[i] === -1).length;
  const marks = found.map((i) => mark(i, assessments, group[i] === -1 ? 'miss' : 'hit'));
  return `<h2>${series.name}</h2><div>${hit} of ${scored} windows, ${outside} found outside</div>
<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${series.name}">
${areas(group)}<path class="line" d="${line(series.values)}"/>${marks.join('')}</svg>`;
}

function mark(at: number, assessments: Assessment[], kind: string): string {
  const { time, reason, score } = assessments[at] ?? {};
  const x = ((at / assessments.length) * width).toFixed(1);
  const when = new Date(time ?? 0).toISOString().slice(0, 16).replace('T', ' ');
  const title = `${reason ?? ''}, ${when}, score ${(score ?? anomalyThreshold).toFixed(2)}`;
  return `<line class="${kind}" x1="${x}" x2="${x}" y1="0" y2="${height}"><title>${title}</title></line>`;
}

/** A rectangle for each run of rows in one window, and one for the rows that are not scored. */
function areas(group: Int32Array): string {
  let out = '';
  for (let from = 0; from < group.length;) {
    let to = from;
    while (to < group.length && group[to] === group[from]) to += 1;
    const kind = group[from] === -1 ? undefined : group[from] === -2 ? 'learning' : 'window';
    const x = (from / group.length) * width;
    const size = ((to - from) / group.length) * width;
    if (kind)
      out += `<rect class="${kind}" x="${x.toFixed(1)}" y="0" width="${size.toFixed(1)}" height="${height}"/>`;
    from = to;
  }
  return out;
}

/** Lowest and highest value of each column of pixels: no spike is lost. */
function line(values: number[]): string {
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const y = (value: number) => (height - 4 - ((value - low) / (high - low || 1)) * (height - 8)).toFixed(1);
  const step = Math.max(1, Math.ceil(values.length / width));
  let path = '';
  for (let i = 0; i < values.length; i += step) {
    const column = values.slice(i, i + step);
    const x = ((i / values.length) * width).toFixed(1);
    path += `${path === '' ? 'M' : 'L'}${x} ${y(Math.min(...column))}L${x} ${y(Math.max(...column))}`;
  }
  return path;
}
