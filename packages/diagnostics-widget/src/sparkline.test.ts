import { expect, waitUntil } from '@open-wc/testing';
import { Series } from './series.js';
import { drawSparkline, valueRange, type Picture } from './sparkline.js';
import { SparklinePainter } from './sparkline-painter.js';

const [WIDTH, HEIGHT] = [100, 20];
const PALETTE = { line: 'rgb(0, 0, 255)', anomaly: 'rgb(255, 0, 0)', band: 'rgb(0, 255, 0)' };

function seriesOf(...values: (number | null)[]): Series {
  const series = new Series();
  values.forEach((value, index) => series.append(index * 1000, value));
  return series;
}

function picture(series: Series, values: Partial<Picture> = {}): Picture {
  return {
    series,
    from: 0,
    to: (series.length - 1) * 1000,
    band: undefined,
    anomalySince: undefined,
    ...values,
  };
}

function canvas(): HTMLCanvasElement {
  const element = document.createElement('canvas');
  element.width = WIDTH;
  element.height = HEIGHT;
  element.style.setProperty('width', `${WIDTH}px`);
  element.style.setProperty('height', `${HEIGHT}px`);
  element.style.setProperty('color', PALETTE.line);
  document.body.append(element);
  return element;
}

function drawn(what: Picture): (share: number, channel: number) => boolean {
  const context = canvas().getContext('2d')!;
  drawSparkline(context, WIDTH, HEIGHT, what, PALETTE);
  context.canvas.remove();
  return (share, channel) => {
    const { data } = context.getImageData(Math.floor(WIDTH * share), 0, 1, HEIGHT);
    return Array.from({ length: HEIGHT }, (_, row) => data[row * 4 + channel]!).some((value) => value > 100);
  };
}

const [RED, GREEN, BLUE] = [0, 1, 2];

describe('drawSparkline', () => {
  it('leaves a gap where nothing was measured', () => {
    const column = drawn(picture(seriesOf(5, 5, 5, null, null, null, null, 5, 5, 5)));
    expect(column(0.1, BLUE), 'a line where values follow each other').to.equal(true);
    expect(column(0.5, BLUE), 'none across the gap').to.equal(false);
    expect(column(0.85, BLUE)).to.equal(true);
  });

  it('marks the anomaly in its own colour, from its beginning on', () => {
    const column = drawn(picture(seriesOf(5, 5, 5, 5, 5, 9, 9, 9, 9, 9), { anomalySince: 5_000 }));
    expect(column(0.2, RED)).to.equal(false);
    expect(column(0.8, RED)).to.equal(true);
    expect(column(0.8, BLUE)).to.equal(false);
  });

  it('shows what is normal behind the line', () => {
    const column = drawn(picture(seriesOf(5, 5, 5), { band: { lower: 4, upper: 6 } }));
    expect(column(0.4, GREEN)).to.equal(true);
  });

  it('shows where it ended when nothing came since', () => {
    const column = drawn(picture(seriesOf(5, 5, 5), { to: 10_000 }));
    expect(column(0.1, BLUE)).to.equal(true);
    expect(column(0.6, BLUE)).to.equal(false);
  });

  it('loses no peak among more values than pixels', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => (index === 2_500 ? 50 : 1));
    const series = new Series();
    values.forEach((value, index) => series.append(index * 50, value));
    const context = canvas().getContext('2d')!;
    drawSparkline(
      context,
      WIDTH,
      HEIGHT,
      picture(series, { to: series.times.at(-1)!, from: series.times[0]! }),
      PALETTE,
    );
    const top = context.getImageData(0, 0, WIDTH, 4).data;
    context.canvas.remove();
    expect(top.some((value) => value > 100)).to.equal(true);
  });

  for (const [name, values] of [
    ['nothing', []],
    ['gaps', [null, null]],
    ['one value', [1]],
    ['zeros', [0, 0, 0]],
    ['huge values', [1e300, -1e300, 1e300]],
    ['tiny values', [5e-324, 1e-323]],
  ] as const) {
    it(`draws ${name} without an exception`, () => {
      drawn(picture(seriesOf(...values), { from: 0, to: 0 }));
      drawn(picture(seriesOf(...values), { from: 0, to: 3_000, band: { lower: -1e308, upper: 1e308 } }));
    });
  }
});

describe('valueRange', () => {
  it('gives a flat series room above and below, so that noise does not look like an event', () => {
    const { low, high } = valueRange(picture(seriesOf(100, 100.1, 99.9)));
    expect(high - low).to.be.at.least(20);
    expect(low).to.be.below(99.9);
    expect(high).to.be.above(100.1);
  });

  it('keeps values that cannot be negative on their floor', () => {
    expect(valueRange(picture(seriesOf(0, 0.01))).low).to.equal(0);
  });

  it('has a range for a series without any value', () => {
    expect(valueRange(picture(seriesOf(null, null)))).to.deep.equal({ low: 0, high: 1 });
  });

  it('keeps what is normal in sight, but not at any price', () => {
    const near = valueRange(picture(seriesOf(10, 20), { band: { lower: 8, upper: 25 } }));
    expect([near.low <= 8, near.high >= 25]).to.deep.equal([true, true]);
    expect(valueRange(picture(seriesOf(10, 20), { band: { lower: 0, upper: 900 } })).high).to.be.below(100);
  });
});

describe('SparklinePainter', () => {
  const hidden = new Set<string>();
  let painter: SparklinePainter;
  beforeEach(() => {
    hidden.clear();
    painter = new SparklinePainter((card) => !hidden.has(card));
  });
  afterEach(() => {
    painter.dispose();
    for (const element of document.querySelectorAll('canvas')) element.remove();
  });

  const painted = (element: HTMLCanvasElement): boolean =>
    element
      .getContext('2d')!
      .getImageData(0, 0, element.width, element.height)
      .data.some((value) => value > 0);

  it('draws a canvas that is seen, in its own colours', async () => {
    const element = canvas();
    painter.show(element, 'card', picture(seriesOf(1, 2, 3)));
    await waitUntil(() => painted(element));
  });

  it('draws one that is out of sight when it comes into sight, and not before', async () => {
    const [away, seen] = [canvas(), canvas()];
    hidden.add('away');
    painter.show(away, 'away', picture(seriesOf(1, 2, 3)));
    painter.show(seen, 'card', picture(seriesOf(1, 2, 3)));
    await waitUntil(() => painted(seen));
    expect(painted(away)).to.equal(false);
    hidden.delete('away');
    painter.look();
    await waitUntil(() => painted(away));
  });

  it('draws in the size that the canvas has by then', async () => {
    const element = canvas();
    painter.show(element, 'card', picture(seriesOf(1, 2, 3)));
    await waitUntil(() => painted(element));
    element.style.setProperty('width', '50px');
    painter.repaint();
    await waitUntil(() => element.width === Math.round(50 * Math.max(1, devicePixelRatio)));
    expect(painted(element)).to.equal(true);
  });

  it('draws again what changed, and nothing else', async () => {
    const [still, moving] = [canvas(), canvas()];
    const [a, b] = [seriesOf(1, 2, 3), seriesOf(1, 2, 3)];
    const show = (): void => {
      painter.show(still, 'card', picture(a));
      painter.show(moving, 'card', picture(b, { to: b.times.at(-1)! }));
    };
    show();
    await waitUntil(() => painted(still) && painted(moving));
    for (const element of [still, moving]) element.getContext('2d')!.clearRect(0, 0, WIDTH, HEIGHT);
    b.append(3_000, 9);
    show();
    await waitUntil(() => painted(moving));
    expect(painted(still)).to.equal(false);
  });

  it('draws everything again when the colours change', async () => {
    const element = canvas();
    painter.show(element, 'card', picture(seriesOf(1, 2, 3)));
    await waitUntil(() => painted(element));
    element.style.setProperty('color', 'rgb(0, 255, 0)');
    painter.repaint();
    const green = (): boolean => {
      const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
      return data.some((value, index) => index % 4 === GREEN && value > 100);
    };
    await waitUntil(green);
  });
});
