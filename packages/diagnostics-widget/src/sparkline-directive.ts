import { noChange, type ElementPart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { Picture } from './sparkline.js';
import type { SparklinePainter } from './sparkline-painter.js';

class SparklineDirective extends AsyncDirective {
  #canvas: HTMLCanvasElement | undefined;
  #shown: [SparklinePainter, Picture] | undefined;

  render(_painter: SparklinePainter, _picture: Picture): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, shown: [SparklinePainter, Picture]): unknown {
    this.#canvas = element as HTMLCanvasElement;
    this.#shown = shown;
    shown[0].show(this.#canvas, shown[1]);
    return noChange;
  }

  override disconnected(): void {
    if (this.#canvas) this.#shown?.[0].forget(this.#canvas);
  }

  override reconnected(): void {
    if (this.#canvas && this.#shown) this.#shown[0].show(this.#canvas, this.#shown[1]);
  }
}

/** Keeps a `<canvas>` drawn: `<canvas ${sparkline(painter, picture)}></canvas>`. */
export const sparkline = directive(SparklineDirective);
