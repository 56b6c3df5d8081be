import { msg } from '@lit/localize';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CtiPhoneState } from './cti-phone.model.js';
import type { Desk } from './desk.js';
import { isAlerting, isLive } from './model/index.ts';
import { isShortcut, SHORTCUT_ACTIONS, type ShortcutAction, type Shortcuts } from './settings.js';

interface PageActions {
  readonly dial: (number: string) => void;
  /** @returns whether there was something to do. */
  readonly shortcut: (action: ShortcutAction) => boolean;
}

interface PageSettings {
  readonly ring: string;
  readonly clickToDial: boolean;
  readonly shortcuts: Shortcuts;
}

/** What the phone has to do with the page around it: ringing, keys, links, the clock, and a warning before it is left. */
export class PhonePage implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #actions: PageActions;
  #desk: Desk | undefined;
  #settings: PageSettings | undefined;
  #phone: CtiPhoneState | undefined;
  #connection = new AbortController();
  #links: AbortController | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, actions: PageActions) {
    this.#host = host;
    this.#actions = actions;
    host.addController(this);
  }

  /** Whether it would ring, and the browser keeps the sound back. */
  get isMuted(): boolean {
    return this.#desk?.ringer.isMuted ?? false;
  }

  readonly unmute = (): void => {
    this.#desk?.ringer.unmute();
    this.#host.requestUpdate();
  };

  hostConnected(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const { ownerDocument } = this.#host;
    ownerDocument.addEventListener(
      'keydown',
      (event) => {
        this.#handleKey(event);
      },
      { signal },
    );
    ownerDocument.defaultView?.addEventListener(
      'beforeunload',
      (event) => {
        if (this.#wouldBeLost()) event.preventDefault();
      },
      { signal },
    );
  }

  hostDisconnected(): void {
    this.#connection.abort();
    this.#links?.abort();
    this.#links = undefined;
    this.#desk?.ringer.stop();
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  update(desk: Desk | undefined, phone: CtiPhoneState | undefined, settings: PageSettings): void {
    this.#desk = desk;
    this.#phone = phone;
    this.#settings = settings;
    if (!this.#host.isConnected) return;
    this.#ring();
    this.#tick();
    this.#follow();
  }

  #ring(): void {
    const isRinging =
      this.#phone?.role === 'leader' && this.#phone.snapshot.calls.some(({ state }) => isAlerting(state));
    if (!isRinging) this.#desk?.ringer.stop();
    else this.#desk?.ringer.start(this.#settings?.ring ?? '', msg('Incoming call'));
  }

  /** Durations move while there is something to count. */
  #tick(): void {
    const isCounting = this.#phone?.role === 'leader';
    if (!isCounting) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    } else
      this.#clock ??= setInterval(() => {
        this.#host.requestUpdate();
      }, 1_000);
  }

  #follow(): void {
    const isWanted =
      this.#desk && this.#settings?.clickToDial === true && this.#phone?.capabilities?.canDial === true;
    if (Boolean(isWanted) === (this.#links !== undefined)) return;
    this.#links?.abort();
    this.#links = isWanted ? new AbortController() : undefined;
    if (this.#links)
      this.#desk?.followDialLinks(this.#host.ownerDocument, this.#links.signal, this.#actions.dial);
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat) return;
    const action = SHORTCUT_ACTIONS.find((name) => isShortcut(event, this.#settings?.shortcuts[name]));
    if (action && this.#actions.shortcut(action)) event.preventDefault();
  }

  /** The voice of a call in this page ends with the page; a note is kept, but nobody may come back to it. */
  #wouldBeLost(): boolean {
    const { role, capabilities, snapshot } = this.#phone ?? {};
    const hasCall = snapshot?.calls.some(({ state }) => isLive(state)) ?? false;
    return role === 'leader' && capabilities?.media === 'webrtc' && hasCall;
  }
}
