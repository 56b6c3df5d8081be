import { noChange, type ElementPart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { Picture } from './sparkline.js';
import type { SparklinePainter } from './sparkline-painter.js';

class SparklineDirective extends AsyncDirective {
  #canvas: HTMLCanvasElement | undefined;
  #shown: [SparklinePainter, string, Picture] | undefined;

  render(_painter: SparklinePainter, _card: string, _picture: Picture): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, shown: [SparklinePainter, string, Picture]): unknown {
    this.#canvas = element as HTMLCanvasElement;
    this.#shown = shown;
    this.#show();
    return noChange;
  }

  override disconnected(): void {
    if (this.#canvas) this.#shown?.[0].forget(this.#canvas);
  }

  override reconnected(): void {
    this.#show();
  }

  #show(): void {
    if (!this.#canvas || !this.#shown) return;
    const [painter, card, picture] = this.#shown;
    painter.show(this.#canvas, card, picture);
  }
}

/** Keeps a `<canvas>` of a card drawn: `<canvas ${sparkline(painter, card, picture)}></canvas>`. */
export const sparkline = directive(SparklineDirective);
