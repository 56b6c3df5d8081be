import uPlot from 'uplot';
import { play, SIZE } from './sparkline-feed.js';

// As little of uPlot as it takes for a line: no axes, no legend, no cursor.
play((box, { times, values }) => {
  const options = {
    ...SIZE,
    ms: 1,
    pxAlign: false,
    legend: { show: false },
    cursor: { show: false },
    axes: [{ show: false }, { show: false }],
    series: [{}, { stroke: '#0f4fbf', width: 1.5, points: { show: false } }],
  };
  const plot = new uPlot(options, [times, values], box);
  return (time, value) => {
    times.shift();
    times.push(time);
    values.shift();
    values.push(value);
    plot.setData([times, values]);
  };
});
