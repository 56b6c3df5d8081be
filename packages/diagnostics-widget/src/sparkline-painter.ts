import { drawSparkline, type Palette, type Picture } from './sparkline.js';

interface Entry {
  picture: Picture;
  /** The series' version that is on the canvas. */
  drawn: number;
  visible: boolean;
  /** In CSS pixels; 0 until it is laid out. */
  width: number;
  height: number;
  context: CanvasRenderingContext2D | null;
}

/**
 * Keeps any number of sparklines drawn: one animation frame for all, only what changed, and nothing that is out of
 * sight. Canvases are given and taken with {@link show} and {@link forget}.
 */
export class SparklinePainter {
  readonly #entries = new Map<HTMLCanvasElement, Entry>();
  readonly #dirty = new Set<HTMLCanvasElement>();
  readonly #seen = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes)
        this.#see(target as HTMLCanvasElement, isIntersecting);
    },
    { rootMargin: '100px' },
  );
  readonly #sized = new ResizeObserver((changes) => {
    for (const { target, contentRect } of changes) {
      this.#resize(target as HTMLCanvasElement, contentRect.width, contentRect.height);
    }
  });
  #palette: Palette | undefined;
  #frame = 0;

  /** Shows a picture on a canvas, now and with every change of its series that is shown again. */
  show(canvas: HTMLCanvasElement, picture: Picture): void {
    const entry = this.#entries.get(canvas);
    if (!entry) {
      this.#entries.set(canvas, { picture, drawn: -1, visible: false, width: 0, height: 0, context: null });
      this.#seen.observe(canvas);
      this.#sized.observe(canvas);
      return;
    }
    const before = entry.picture;
    entry.picture = picture;
    const same = picture.series === before.series && picture.series.version === entry.drawn;
    const sameFrame = picture.to === before.to && picture.anomalySince === before.anomalySince;
    if (same && sameFrame && picture.band === before.band) return;
    this.#drawSoon(canvas, entry);
  }

  forget(canvas: HTMLCanvasElement): void {
    this.#seen.unobserve(canvas);
    this.#sized.unobserve(canvas);
    this.#entries.delete(canvas);
    this.#dirty.delete(canvas);
  }

  /** Draws everything again, in colours that are looked up anew. */
  repaint(): void {
    this.#palette = undefined;
    for (const [canvas, entry] of this.#entries) this.#drawSoon(canvas, entry);
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#seen.disconnect();
    this.#sized.disconnect();
    this.#entries.clear();
    this.#dirty.clear();
  }

  #see(canvas: HTMLCanvasElement, visible: boolean): void {
    const entry = this.#entries.get(canvas);
    if (!entry || entry.visible === visible) return;
    entry.visible = visible;
    if (entry.drawn !== entry.picture.series.version) this.#drawSoon(canvas, entry);
  }

  #resize(canvas: HTMLCanvasElement, width: number, height: number): void {
    const entry = this.#entries.get(canvas);
    if (!entry || (entry.width === width && entry.height === height)) return;
    const scale = Math.max(1, globalThis.devicePixelRatio);
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    context?.scale(scale, scale);
    Object.assign(entry, { width, height, context });
    this.#drawSoon(canvas, entry);
  }

  #drawSoon(canvas: HTMLCanvasElement, entry: Entry): void {
    entry.drawn = -1;
    if (!entry.visible || entry.width === 0) return;
    this.#dirty.add(canvas);
    this.#frame ||= requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #draw(): void {
    this.#frame = 0;
    for (const canvas of this.#dirty) {
      const entry = this.#entries.get(canvas);
      if (!entry?.context) continue;
      this.#palette ??= paletteOf(canvas);
      drawSparkline(entry.context, entry.width, entry.height, entry.picture, this.#palette);
      entry.drawn = entry.picture.series.version;
    }
    this.#dirty.clear();
  }
}

/** A canvas carries its colours in properties that draw nothing on it. */
function paletteOf(canvas: HTMLCanvasElement): Palette {
  const { color, caretColor, columnRuleColor } = getComputedStyle(canvas);
  return { line: color, anomaly: caretColor, band: columnRuleColor };
}
