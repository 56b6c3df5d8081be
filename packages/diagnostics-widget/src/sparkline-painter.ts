import { drawSparkline, type Palette, type Picture } from './sparkline.js';

interface Entry {
  /** What it is a part of. */
  readonly card: string;
  picture: Picture;
  /** The series' version that is on the canvas; -1 when what is there is not what should be. */
  drawn: number;
  /** In CSS pixels; 0 until it is measured. */
  width: number;
  height: number;
  context: CanvasRenderingContext2D | null;
}

/**
 * Keeps any number of sparklines drawn: one animation frame for all, only what changed, and nothing that is out of
 * sight. Canvases are given and taken with {@link show} and {@link forget}.
 */
export class SparklinePainter {
  readonly #isSeen: (card: string) => boolean;
  readonly #entries = new Map<HTMLCanvasElement, Entry>();
  readonly #dirty = new Set<HTMLCanvasElement>();
  #palette: Palette | undefined;
  #frame = 0;

  /**
   * @param isSeen - Whether a card is in sight. It is asked when something on it changes; of one that has come into sight
   *   since, the painter learns by {@link look}.
   */
  constructor(isSeen: (card: string) => boolean) {
    this.#isSeen = isSeen;
  }

  /** Shows a picture on a canvas of a card, now and with every change of its series that is shown again. */
  show(canvas: HTMLCanvasElement, card: string, picture: Picture): void {
    const entry = this.#entries.get(canvas);
    if (!entry) {
      const created: Entry = { card, picture, drawn: -1, width: 0, height: 0, context: null };
      this.#entries.set(canvas, created);
      this.#drawSoon(canvas, created);
      return;
    }
    const before = entry.picture;
    entry.picture = picture;
    const same = picture.series === before.series && picture.series.version === entry.drawn;
    const sameFrame = picture.to === before.to && picture.anomalySince === before.anomalySince;
    if (same && sameFrame && picture.band === before.band) return;
    entry.drawn = -1;
    this.#drawSoon(canvas, entry);
  }

  forget(canvas: HTMLCanvasElement): void {
    this.#entries.delete(canvas);
    this.#dirty.delete(canvas);
  }

  /** Draws what could not be drawn out of sight. */
  look(): void {
    for (const [canvas, entry] of this.#entries) if (entry.drawn === -1) this.#drawSoon(canvas, entry);
  }

  /** Draws everything again, in sizes and colours that are looked up anew. */
  repaint(): void {
    this.#palette = undefined;
    for (const entry of this.#entries.values()) entry.drawn = -1;
    this.look();
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#entries.clear();
    this.#dirty.clear();
  }

  #drawSoon(canvas: HTMLCanvasElement, { card }: Entry): void {
    if (!this.#isSeen(card)) return;
    this.#dirty.add(canvas);
    this.#frame ||= requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #draw(): void {
    this.#frame = 0;
    // All are measured before the first is changed, so that the page is laid out once.
    const sizes = [...this.#dirty].map(
      (canvas) => [canvas, canvas.clientWidth, canvas.clientHeight] as const,
    );
    this.#dirty.clear();
    for (const [canvas, width, height] of sizes) {
      const entry = this.#entries.get(canvas);
      if (!entry || width === 0 || height === 0) continue;
      if (entry.width !== width || entry.height !== height) resize(canvas, entry, width, height);
      if (entry.context) this.#drawOn(canvas, entry, entry.context);
    }
  }

  #drawOn(canvas: HTMLCanvasElement, entry: Entry, context: CanvasRenderingContext2D): void {
    this.#palette ??= paletteOf(canvas);
    drawSparkline(context, entry.width, entry.height, entry.picture, this.#palette);
    entry.drawn = entry.picture.series.version;
  }
}

function resize(canvas: HTMLCanvasElement, entry: Entry, width: number, height: number): void {
  const scale = Math.max(1, globalThis.devicePixelRatio);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  context?.scale(scale, scale);
  Object.assign(entry, { width, height, context });
}

/** A canvas carries its colours in properties that draw nothing on it. */
function paletteOf(canvas: HTMLCanvasElement): Palette {
  const { color, caretColor, columnRuleColor } = getComputedStyle(canvas);
  return { line: color, anomaly: caretColor, band: columnRuleColor };
}
