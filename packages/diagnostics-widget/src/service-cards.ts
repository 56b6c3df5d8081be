import { JioAssistError, type Unsubscribe } from '@jioassist/core-sdk';
import { errorNotice, formatTag, notice, requestAction } from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import {
  html,
  nothing,
  type CSSResult,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { adopt } from './adopt.js';
import { CardOrder } from './card-order.js';
import type { DiagnosticsModel, DiagnosticsState, Failure } from './diagnostics-widget.model.js';
import { Feedback, type FeedbackVerdict } from './feedback.js';
import { formatNames } from './format.js';
import { followed, InSight } from './in-sight.js';
import type { Panel, PanelModule, PanelName } from './panel.js';
import { serviceCard } from './service-card.js';
import { cardStyles } from './service-cards.styles.js';
import type { ServiceView } from './service-view.js';
import { SparklinePainter } from './sparkline-painter.js';
import { sourceName } from './words.js';

export { announcementText } from './words.js';

const LOAD_PANEL: Record<PanelName, () => Promise<PanelModule>> = {
  why: () => import('./explanation.panel.js'),
  tests: () => import('./service-tests.panel.js'),
  chart: () => import('./chart.panel.js'),
};

/** How many cards the first frame draws; a screen holds fewer. The rest comes in the frames after it. */
const CARDS_A_FRAME = 12;

const NOT_LOADED = new JioAssistError('network/unreachable', 'A part of the widget could not be loaded.');

/** The element the cards are drawn in. */
export type CardsHost = ReactiveControllerHost &
  HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

interface Unfolded {
  readonly name: PanelName;
  panel: Panel | undefined;
  failed: boolean;
}

/** The cards of all services: which are drawn, in which order, and what is unfolded below them. */
export class ServiceCards implements ReactiveController {
  readonly #host: CardsHost;
  readonly #model: DiagnosticsModel;
  readonly #retry: () => void;
  readonly #feedback: Feedback;
  readonly #sight = new InSight(() => {
    this.#painter.look();
    this.#changed();
  });
  readonly #painter = new SparklinePainter((card) => this.#sight.sees(card));
  /** Canvases are as wide as the host leaves them; its height changes while cards come into sight, and says nothing. */
  readonly #sized = new ResizeObserver(([change]) => {
    const width = change?.contentRect.width;
    if (width === this.#width) return;
    this.#width = width;
    this.#painter.repaint();
  });
  #width: number | undefined;
  readonly #order = new CardOrder();
  readonly #unfolded = new Map<string, Unfolded>();
  /** What each card shows; one that is out of sight keeps it. */
  readonly #shown = new Map<string, ServiceView>();
  readonly #styles = new Set<CSSResult>();
  #releaseCommands: Unsubscribe | undefined;
  #drawn = CARDS_A_FRAME;
  #frame = 0;
  #revision = -1;

  constructor(host: CardsHost, model: DiagnosticsModel, retry: () => void) {
    this.#host = host;
    this.#model = model;
    this.#retry = retry;
    this.#feedback = new Feedback(model.client);
    this.#adopt(cardStyles);
    host.addController(this);
  }

  hostConnected(): void {
    this.#sized.observe(this.#host);
    this.#releaseCommands = this.#model.client.commands.state.subscribe(() => {
      this.#feedback.settle();
      this.#changed();
    });
  }

  hostDisconnected(): void {
    this.#sized.disconnect();
    this.#releaseCommands?.();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const [id, unfolded] of this.#unfolded) {
      unfolded.panel?.dispose();
      // Opened again when the element comes back.
      this.#unfolded.set(id, { ...unfolded, panel: undefined });
    }
  }

  /** Gives the element its styles again: in another document the first ones are gone. */
  restyle(): void {
    for (const styles of this.#styles) adopt(this.#host.renderRoot, styles);
  }

  /** Ends it for good: another client has other cards. */
  dispose(): void {
    this.#host.removeController(this);
    this.hostDisconnected();
    this.#painter.dispose();
    this.#sight.dispose();
  }

  render(state: DiagnosticsState): TemplateResult {
    this.#followCustomer();
    const services = this.#order.next(state.services, this.#inUse());
    const drawn = services.slice(0, this.#drawn);
    if (drawn.length < services.length) this.#drawMoreSoon();
    return html`
      ${this.#renderFailures(state)}
      ${
        services.length === 0
          ? notice(msg('This customer has no services.'))
          : html`<ul class="services ${state.status}" @transitionend=${this.#handleTransitionEnd}>
              ${repeat(
                drawn,
                ({ id }) => id,
                (view) => this.#renderCard(view, state),
              )}
            </ul>`
      }
    `;
  }

  #adopt(styles: CSSResult): void {
    if (this.#styles.has(styles)) return;
    this.#styles.add(styles);
    adopt(this.#host.renderRoot, styles);
  }

  readonly #changed = (): void => {
    this.#host.requestUpdate();
  };

  /** The colours of a canvas move with a transition of their own, which tells when they changed. */
  readonly #handleTransitionEnd = ({ target }: TransitionEvent): void => {
    if (target instanceof HTMLCanvasElement) this.#painter.repaint();
  };

  #followCustomer(): void {
    const { revision } = this.#model.client.customer.state.value;
    if (revision === this.#revision) return;
    this.#revision = revision;
    for (const { panel } of this.#unfolded.values()) panel?.dispose();
    this.#unfolded.clear();
    this.#shown.clear();
    this.#drawn = CARDS_A_FRAME;
  }

  #inUse(): boolean {
    const root = this.#host.renderRoot as ShadowRoot;
    const list = root.querySelector('.services');
    return this.#unfolded.size > 0 || !!list?.matches(':hover') || !!root.activeElement?.closest('.service');
  }

  #drawMoreSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#drawn += CARDS_A_FRAME;
      this.#changed();
    });
  }

  #renderFailures({ failures }: DiagnosticsState): TemplateResult | typeof nothing {
    const refused = failures.filter(isRefused);
    const broken = failures.filter((failure) => !isRefused(failure));
    return html`
      ${refused.length > 0 ? this.#failureNotice(msg(str`You are not allowed to see: ${names(refused)}`), refused, false) : nothing}
      ${broken.length > 0 ? this.#failureNotice(msg(str`Could not be read: ${names(broken)}`), broken, true) : nothing}
    `;
  }

  #failureNotice(text: string, failures: readonly Failure[], again: boolean): TemplateResult {
    const codes = [...new Set(failures.map(({ error }) => error.code))].join(', ');
    return html`
      <div class="notice caution" part="failures">
        <p>${text}<code class="error-code">${codes}</code></p>
        ${again ? html`<button type="button" class="small" part="retry" @click=${this.#retry}>${msg('Try again')}</button>` : nothing}
      </div>
    `;
  }

  #renderCard(view: ServiceView, state: DiagnosticsState): TemplateResult {
    const { id } = view;
    const before = this.#shown.get(id);
    const shown = before && !this.#sight.has(id) ? before : view;
    this.#shown.set(id, shown);
    const unfolded = this.#unfolded.get(id);
    const alarmId = shown.verdict.finding?.alarmId ?? '';
    const feedback = this.#feedback.of(alarmId);
    const card = (): TemplateResult =>
      serviceCard(shown, {
        now: state.newest ?? 0,
        painter: this.#painter,
        unfolded: unfolded?.name,
        panel: unfolded ? this.#renderPanel(view, unfolded) : nothing,
        feedback,
        toggle: (name) => {
          this.#toggle(id, name);
        },
        give: (verdict) => {
          this.#give(alarmId, verdict);
        },
      });
    // A card with a panel is drawn each time: what is in the panel changes by itself.
    const stamp = [unfolded ? {} : shown, formatTag(), feedback?.verdict, feedback?.status];
    return html`
      <li
        class="service"
        part="service"
        data-service=${id}
        data-health=${shown.verdict.health}
        ${followed(this.#sight, id)}
      >
        ${guard(stamp, card)}
      </li>
    `;
  }

  #renderPanel(view: ServiceView, unfolded: Unfolded): TemplateResult {
    if (unfolded.failed) {
      return errorNotice(NOT_LOADED, () => {
        unfolded.failed = false;
        void this.#open(view, unfolded);
      });
    }
    if (!unfolded.panel) void this.#open(view, unfolded);
    return html`<div class="panel" part="panel">
      ${unfolded.panel?.render(view) ?? html`<p class="quiet">${msg('One moment…')}</p>`}
    </div>`;
  }

  #toggle(id: string, name: PanelName): void {
    const before = this.#unfolded.get(id);
    before?.panel?.dispose();
    if (before?.name === name) this.#unfolded.delete(id);
    else this.#unfolded.set(id, { name, panel: undefined, failed: false });
    this.#changed();
  }

  async #open(service: ServiceView, unfolded: Unfolded): Promise<void> {
    try {
      const { openPanel, styles } = await LOAD_PANEL[unfolded.name]();
      if (unfolded.panel || this.#unfolded.get(service.id) !== unfolded) return;
      this.#adopt(styles);
      unfolded.panel = openPanel({ host: this.#host, model: this.#model, service, changed: this.#changed });
    } catch {
      unfolded.failed = true;
    }
    this.#changed();
  }

  #give(alarmId: string, verdict: FeedbackVerdict): void {
    void requestAction(this.#host, 'anomaly-feedback', { alarmId, verdict }, (detail) =>
      this.#feedback.give(detail.alarmId, detail.verdict),
    );
  }
}

function isRefused({ error }: Failure): boolean {
  return error.code === 'auth/not-allowed';
}

function names(failures: readonly Failure[]): string {
  return formatNames(failures.map(({ source }) => sourceName(source)));
}
