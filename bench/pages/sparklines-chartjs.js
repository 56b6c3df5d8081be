/* global document */
import { Chart, Decimation, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { play, SIZE } from './sparkline-feed.js';

Chart.register(Decimation, LinearScale, LineController, LineElement, PointElement);

// As its own advice on performance has it: no animation, no parsing, no points, decimated.
play((box, { times, values }) => {
  const canvas = box.appendChild(document.createElement('canvas'));
  Object.assign(canvas, SIZE);
  const data = times.map((x, index) => ({ x, y: values[index] }));
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: [{ data, borderColor: '#0f4fbf', borderWidth: 1.5, pointRadius: 0 }] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: false,
      events: [],
      scales: { x: { type: 'linear', display: false }, y: { display: false } },
      plugins: { decimation: { enabled: true, algorithm: 'min-max' } },
    },
  });
  return (x, y) => {
    data.shift();
    data.push({ x, y });
    chart.update('none');
  };
});
