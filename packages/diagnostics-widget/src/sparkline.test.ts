import type { Sample } from '@jioassist/core-sdk';
import { expect } from '@open-wc/testing';
import { drawSparkline, valueRange } from './sparkline.js';

const series = (...values: (number | null)[]): Sample[] =>
  values.map((value, index) => [index * 1000, value]);

function canvas(): HTMLCanvasElement {
  const element = document.createElement('canvas');
  element.style.setProperty('width', '100px');
  element.style.setProperty('height', '20px');
  document.body.append(element);
  return element;
}

describe('sparkline', () => {
  it('gives a flat series room above and below, so that noise does not look like an event', () => {
    const { low, high } = valueRange(series(100, 100.1, 99.9));
    expect(high - low).to.be.at.least(20);
    expect(low).to.be.below(99.9);
    expect(high).to.be.above(100.1);
  });

  it('keeps values that cannot be negative on their floor', () => {
    expect(valueRange(series(0, 0.01)).low).to.equal(0);
  });

  it('has a range for a series without any value', () => {
    expect(valueRange(series(null, null))).to.deep.equal({ low: 0, high: 1 });
  });

  it('leaves a gap where nothing was measured', () => {
    const element = canvas();
    const samples: Sample[] = [...series(5, 5, 5), [100_000, null], [200_000, 5], [300_000, 5]];
    drawSparkline(element, samples);
    const column = (share: number): boolean => {
      const x = Math.floor(element.width * share);
      return element
        .getContext('2d')!
        .getImageData(x, 0, 1, element.height)
        .data.some((channel) => channel > 0);
    };
    expect(column(0.85), 'a line where two values follow each other').to.equal(true);
    expect(column(0.4), 'none across the gap').to.equal(false);
    element.remove();
  });

  it('draws nothing on a canvas that has no size', () => {
    const element = document.createElement('canvas');
    drawSparkline(element, series(1, 2, 3));
    expect(element.width).to.equal(300);
  });
});
