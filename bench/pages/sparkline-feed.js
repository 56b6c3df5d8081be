/* global document, setInterval, performance */
// What the three sparkline pages share: twelve boxes of the same size, and series of 600 values that move on together.
const CHARTS = 12;
const VALUES = 600;
/** Five minutes of 600 values, as the widget keeps them. */
export const STEP = 500;
export const SIZE = { width: 160, height: 28 };

const valueAt = (chart, index) => 40 + 9 * Math.sin(index / 9 + chart) * Math.cos(index / 31);

/** Makes a chart in each box; `make` gets the first 600 values and returns what takes the next one, ten times a second. */
export function play(make) {
  const takers = Array.from({ length: CHARTS }, (_, chart) => {
    const box = document.body.appendChild(document.createElement('div'));
    box.style.setProperty('width', `${SIZE.width}px`);
    box.style.setProperty('height', `${SIZE.height}px`);
    const times = Array.from({ length: VALUES }, (_, index) => (index + 1) * STEP);
    return make(box, { times, values: times.map((_, index) => valueAt(chart, index)) });
  });
  let index = VALUES;
  setInterval(() => {
    index += 1;
    takers.forEach((take, chart) => take(index * STEP, valueAt(chart, index)));
  }, 100);
  document.documentElement.dataset.started = String(performance.now());
}
