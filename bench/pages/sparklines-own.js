/* global document */
import { Series } from '../../packages/diagnostics-widget/dist/series.js';
import { SparklinePainter } from '../../packages/diagnostics-widget/dist/sparkline-painter.js';
import { play, SIZE, STEP } from './sparkline-feed.js';

const painter = new SparklinePainter(() => true);

play((box, { times, values }) => {
  const canvas = box.appendChild(document.createElement('canvas'));
  canvas.style.setProperty('width', `${SIZE.width}px`);
  canvas.style.setProperty('height', `${SIZE.height}px`);
  canvas.style.setProperty('color', '#0f4fbf');
  const series = new Series();
  times.forEach((time, index) => series.append(time, values[index]));
  const show = (to) =>
    painter.show(canvas, '', {
      series,
      from: to - 600 * STEP,
      to,
      band: undefined,
      anomalySince: undefined,
    });
  show(times.at(-1));
  return (time, value) => {
    series.append(time, value);
    show(time);
  };
});
