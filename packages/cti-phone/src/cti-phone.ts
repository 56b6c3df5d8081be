import {
  addTranslations,
  askPage,
  errorNotice,
  JioActionEvent,
  JioElement,
  ModelController,
  notice,
  noticeStyles,
  PROTOCOL_MAJOR,
  requestAction,
  signInNotice,
} from '@jioassist/core-sdk/lit';
import { msg } from '@lit/localize';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { JioCallEvent, type DialSource } from './cti-phone.events.js';
import { CtiPhoneModel, type CtiPhoneState, type TelephoneSystem } from './cti-phone.model.js';
import { phoneStyles } from './cti-phone.styles.js';
import { failureText } from './cti-phone.strings.js';
import { isAlerting, isLive, type CallCommandName, type CommandWish } from './model/index.ts';
import { agentState } from './parts/agent-state.js';
import { PhonePage } from './phone-page.js';
import type { Desk } from './desk.js';
import { Dialling } from './dialling.js';
import type { CallPanel, PhoneUi } from './phone-ui.js';
import {
  DEFAULT_EMERGENCY_NUMBERS,
  DEFAULT_SHORTCUTS,
  type Directory,
  type DirectoryEntry,
  type Disposition,
  type ShortcutAction,
  type Shortcuts,
} from './settings.js';

export const PHONE_LAYOUTS = ['panel', 'dock'] as const;
export type PhoneLayout = (typeof PHONE_LAYOUTS)[number];

const MOST_RECENT = 5;

addTranslations({ hi: () => import('./locales/hi.js'), ur: () => import('./locales/ur.js') });

/**
 * @tag jio-cti-phone
 * @summary A telephone in the page: who calls and why, the call, and what is left to do after it.
 * @status experimental
 * @since 0.1
 *
 * The host's `data-state` attribute is one of `signed-out`, `no-system`, `error`, `mirror`, `superseded`, `connecting`,
 * `offline`, `alerting`, `in-call`, `wrap-up` and `ready`.
 *
 * @event {JioCallEvent} jio-call-alerting - A call waits to be answered.
 * @event {JioCallEvent} jio-call-dialing - A number is being called.
 * @event {JioCallEvent} jio-call-consulting - A colleague is being called about a call.
 * @event {JioCallEvent} jio-call-answered - Somebody is on the line.
 * @event {JioCallEvent} jio-call-held - A call is on hold.
 * @event {JioCallEvent} jio-call-retrieved - A call is no longer on hold.
 * @event {JioCallEvent} jio-call-conference - A call has become a conference.
 * @event {JioCallEvent} jio-call-ended - A call is over; `detail.endReason` says why.
 * @event {JioCallEvent} jio-call-closed - A call is wrapped up in the telephone system.
 * @event {JioActionRequestEvent} jio-screen-pop-request - Before a record is opened; a veto leaves it to the agent.
 * @event {JioActionEvent} jio-screen-pop - The record of the one on the line was opened.
 * @event {JioActionRequestEvent} jio-call-command-request - Before a call is told to do something; can be vetoed or replaced.
 * @event {JioActionEvent} jio-call-command - A call did as it was told.
 * @event {JioActionRequestEvent} jio-call-dial-request - Before a number is dialled; can be vetoed or replaced.
 * @event {JioActionEvent} jio-call-dial - A number was dialled.
 * @event {JioActionRequestEvent} jio-call-finish-request - Before a contact is wrapped up; can be vetoed.
 * @event {JioActionEvent} jio-call-finish - A contact was wrapped up.
 * @event {JioActionRequestEvent} jio-new-lead-request - Before a lead is written; can be replaced by a form of the page.
 * @event {JioActionEvent} jio-new-lead - A lead was written.
 * @event {JioActionRequestEvent} jio-phone-take-request - Before the telephone is taken into this tab; can be vetoed.
 * @event {JioActionEvent} jio-phone-take - The telephone was taken into this tab.
 * @event {JioActionRequestEvent} jio-sign-in-request - Before the sign-in window opens; can be vetoed or replaced.
 * @event {JioActionEvent} jio-sign-in - The agent has signed in here.
 * @event {JioActionRequestEvent} jio-retry-request - Before what failed is tried again; can be vetoed or replaced.
 * @event {JioActionEvent} jio-retry - What failed is tried again.
 *
 * @csspart base - The widget's box.
 * @csspart agent - The agent's state and since when.
 * @csspart agent-state - The list of states to choose from.
 * @csspart next - What comes after the call.
 * @csspart incoming - A call that waits to be answered.
 * @csspart call - A call with somebody on the line.
 * @csspart wrap-up - What is left to do after a call.
 * @csspart who - Who is on the line.
 * @csspart match - One of several who it could be.
 * @csspart search - The button that looks for the customer.
 * @csspart new-lead - The button that writes a lead.
 * @csspart look-again - The button that looks the customer up again.
 * @csspart open-customer - The button that opens the record of the one on the line.
 * @csspart timer - How long a call lasts.
 * @csspart command - A button of a call; also has the name of the command as a part.
 * @csspart keypad - The button that unfolds the keypad.
 * @csspart keypad-keys - The keys.
 * @csspart transfer - The button that unfolds the transfer.
 * @csspart destination - Where to put a call through to.
 * @csspart note - The agent's note.
 * @csspart save-note - The button that saves the note.
 * @csspart disposition - What came of the call.
 * @csspart countdown - When the contact closes by itself.
 * @csspart stay - The button that keeps it open.
 * @csspart finish - The button that ends the contact.
 * @csspart number - The number to call.
 * @csspart dial - The button that calls it.
 * @csspart history - The calls that are over.
 * @csspart call-back - The button that calls a number of the history.
 * @csspart question - Whether to call somebody who does not want to be called.
 * @csspart take - The button that takes the telephone into this tab.
 * @csspart sign-in - The button that opens the sign-in window.
 * @csspart retry - The button that tries again after an error.
 * @csspart error-code - The code of an error.
 */
export class JioCtiPhone extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  static override styles: CSSResultGroup = [super.styles, noticeStyles, phoneStyles];

  private readonly controller = new ModelController(this, (client) => this.newModel(client));
  private readonly page = new PhonePage(this, {
    dial: (number) => {
      this.dial(number, 'link');
    },
    shortcut: (action) => this.doShortcut(action),
  });

  private readonly dialling = new Dialling(this, () => this.controller.model);

  /** `dock` is 280 pixels wide and folds what a call does not need; `panel` takes the room it gets. */
  @property({ reflect: true }) layout: PhoneLayout = 'panel';

  /** The telephone system by name, for example `simulator`. */
  @property() system = '';

  /** What the simulator plays, by the name of the scenario. */
  @property() scenario = '';

  /** A provider made by the page, used instead of a system by name. */
  @property({ attribute: false }) provider: Exclude<TelephoneSystem, string> | undefined;

  /** How it rings: `sound`, `title` and `notification`, separated by spaces. */
  @property() ring = 'sound title';

  /** Whether links of the page to `tel:` are called from here. */
  @property({ type: Boolean, attribute: 'click-to-dial' }) clickToDial = false;

  /** Numbers that are not dialled, separated by spaces; empty dials all. */
  @property({ attribute: 'emergency-numbers' }) emergencyNumbers = DEFAULT_EMERGENCY_NUMBERS;

  /** Seconds after a call until its contact closes by itself, unless something would be lost; 0 is never. */
  @property({ type: Number, attribute: 'wrap-up-seconds' }) wrapUpSeconds = 0;

  /** What can come of a call. One of them is needed to end a contact; without any none is. */
  @property({ attribute: false }) dispositions: readonly Disposition[] = [];

  /** Why an agent may be not ready, as the contact centre names it. */
  @property({ attribute: false }) reasons: readonly string[] = [];

  /** Whom calls can be put through to. */
  @property({ attribute: false }) directory: Directory = [];

  /** The keys of the phone, as in `aria-keyshortcuts`. They do nothing while the agent types. */
  @property({ attribute: false }) shortcuts: Shortcuts = DEFAULT_SHORTCUTS;

  @state() private panels: ReadonlyMap<string, CallPanel> = new Map();
  @state() private recent: readonly DirectoryEntry[] = [];

  private newModel(client: ConstructorParameters<typeof CtiPhoneModel>[0]): CtiPhoneModel {
    const model = new CtiPhoneModel(client);
    model.listener = {
      mayOpen: (customerId, callId) => {
        const detail = { customerId, callId };
        const request = askPage(this, 'screen-pop', detail);
        const isWanted = !request.defaultPrevented && !request.replacement;
        if (isWanted)
          queueMicrotask(() => {
            this.dispatchEvent(new JioActionEvent('screen-pop', detail));
          });
        return isWanted;
      },
      changed: (change, customerId) => {
        this.dispatchEvent(new JioCallEvent(change, customerId));
      },
    };
    return model;
  }

  /**
   * Calls a number, as the agent would by typing it: emergency numbers are refused, and the agent is asked first where the
   * customer does not want to be called.
   */
  call(number: string): void {
    this.dial(number, 'page');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { model } = this.controller;
    if (!model) return;
    model.use(this.provider ?? this.system, this.scenario);
    model.settings = {
      closeAfter: Math.max(0, this.wrapUpSeconds || 0) * 1000,
      needsDisposition: this.dispositions.length > 0,
    };
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const phone = this.controller.model?.state.value;
    const status = phone?.status ?? 'error';
    // Written only when it changes, so that a page may observe it.
    if (this.dataset['state'] !== status) this.dataset['state'] = status;
    this.page.update(this.controller.model?.desk, phone, {
      ring: this.ring,
      clickToDial: this.clickToDial,
      shortcuts: this.shortcuts,
    });
  }

  private dial(number: string, source: DialSource): void {
    void this.dialling.dial({ number, source }, this.emergencyNumbers);
  }

  private command(callId: string, name: CallCommandName, more: Partial<CommandWish> = {}): void {
    const wish = { ...more, name, callId } as CommandWish;
    if ('destination' in more && more.destination) this.remember(more.destination);
    void requestAction(this, 'call-command', { callId, command: name }, () =>
      this.controller.model?.run(wish),
    );
  }

  private remember(number: string): void {
    const others = this.recent.filter((entry) => entry.number !== number);
    this.recent = [{ number, name: '' }, ...others].slice(0, MOST_RECENT);
  }

  private doShortcut(action: ShortcutAction): boolean {
    const calls = this.controller.model?.state.value.snapshot.calls ?? [];
    const names: Readonly<Record<ShortcutAction, readonly CallCommandName[]>> = {
      answer: ['answer'],
      reject: ['reject'],
      hangUp: ['hangUp'],
      hold: ['hold', 'retrieve'],
      mute: ['mute', 'unmute'],
    };
    const speaking = [...calls].sort(
      (one, other) => Number(other.state === 'connected') - Number(one.state === 'connected'),
    );
    for (const { id, capabilities } of speaking) {
      const name = names[action].find((each) => capabilities.includes(each));
      if (name === undefined) continue;
      this.command(id, name);
      return true;
    }
    return false;
  }

  private handleSignIn = (): void => {
    void requestAction(this, 'sign-in', {}, () => this.controller.model?.signIn());
  };

  private handleTake = (): void => {
    void requestAction(this, 'phone-take', {}, () => {
      this.controller.model?.takeHere();
    });
  };

  private handleRetry = (): void => {
    void requestAction(this, 'retry', { code: undefined }, () => {
      this.controller.model?.takeHere();
    });
  };

  private uiOf(model: CtiPhoneModel, phone: CtiPhoneState, desk: Desk): PhoneUi {
    return {
      model,
      contacts: desk.contacts,
      briefOf: (customerId) => desk.briefOf(customerId),
      state: phone,
      dispositions: this.dispositions,
      reasons: this.reasons,
      directory: this.directory,
      shortcuts: this.shortcuts,
      now: Date.now(),
      recent: this.recent,
      panelOf: (callId) => this.panels.get(callId),
      toggle: (callId, panel) => {
        const others = [...this.panels].filter(([id]) => id !== callId);
        const isOpen = this.panels.get(callId) === panel;
        this.panels = new Map(isOpen ? others : [...others, [callId, panel]]);
      },
      command: (callId, name, more) => {
        this.command(callId, name, more);
      },
      dial: (number, source) => {
        this.dial(number, source);
      },
      finish: (callId) => {
        void requestAction(this, 'call-finish', { callId }, () => model.finish(callId));
      },
      newLead: (callId) => {
        void requestAction(this, 'new-lead', { callId }, () => model.newLead(callId));
      },
    };
  }

  private renderContent(model: CtiPhoneModel, phone: CtiPhoneState): TemplateResult {
    switch (phone.status) {
      case 'signed-out':
        return signInNotice(
          msg('Sign in to use the phone.'),
          phone.signingIn,
          phone.signInError,
          this.handleSignIn,
        );
      case 'no-system':
        return notice(msg('No telephone system is set up for this page.'));
      case 'error':
        return this.renderNotice(msg('The phone could not be started.'), msg('Try again'), this.handleRetry);
      case 'superseded':
        return this.renderNotice(
          msg('The phone is in use in another window or browser.'),
          msg('Use it here'),
          this.handleTake,
        );
      case 'mirror':
        return this.renderMirror(phone);
      default:
        return model.desk
          ? this.renderPhone(this.uiOf(model, phone, model.desk), model.desk)
          : notice(connectionText('connecting'));
    }
  }

  private renderNotice(text: string, label: string, act: () => void): TemplateResult {
    return html`<div class="notice caution">
      <p role="status">${text}</p>
      <button type="button" part="take" @click=${act}>${label}</button>
    </div>`;
  }

  private renderMirror({ snapshot: { calls } }: CtiPhoneState): TemplateResult {
    const text = calls.some((call) => isAlerting(call.state))
      ? msg('A call rings in another tab.')
      : calls.some((call) => isLive(call.state))
        ? msg('The call is in another tab.')
        : msg('The phone is in another tab.');
    return html`${this.renderNotice(text, msg('Take it here'), this.handleTake)}`;
  }

  private renderPhone(ui: PhoneUi, desk: Desk): TemplateResult {
    const { status, failure, snapshot, capabilities } = ui.state;
    const isOnline = snapshot.connection.state === 'online';
    return html`
      ${agentState(ui)}
      ${isOnline ? nothing : html`<p class="caution" role="status">${connectionText(status)}</p>`}
      ${failure ? html`<p class="caution" role="alert">${failureText(failure)}</p>` : nothing}
      ${desk.parts.contactCards(ui)} ${this.dialling.render()}
      ${capabilities?.canDial ? this.renderDialling(ui, desk) : nothing}
    `;
  }

  private renderDialling(ui: PhoneUi, { parts: { dialField, history } }: Desk): TemplateResult {
    const parts = html`<div class="dial">${dialField(ui)} ${history(ui)}</div>`;
    if (this.layout === 'panel') return parts;
    return html`<details>
      <summary>${msg('Call somebody')}</summary>
      ${parts}
    </details>`;
  }

  protected override render(): TemplateResult {
    const { model, error } = this.controller;
    const phone = model?.state.value;
    const spoken = (phone && model.desk?.announcer.tell(phone)) ?? { urgent: '', polite: '' };
    return html`
      <section class="base" part="base" aria-label=${msg('Phone')}>
        <div class="stack">
          ${model && phone ? this.renderContent(model, phone) : errorNotice(error, undefined)}
          ${
            this.page.isMuted
              ? html`<button type="button" class="quiet" @click=${this.page.unmute}>
                  ${msg('Turn the ringing on')}
                </button>`
              : nothing
          }
        </div>
        <p class="visually-hidden" role="alert">${spoken.urgent}</p>
        <p class="visually-hidden" role="status">${spoken.polite}</p>
      </section>
    `;
  }
}

const connectionText = (status: CtiPhoneState['status']): string =>
  status === 'connecting'
    ? msg('Connecting to the telephone system…')
    : msg('The telephone system cannot be reached. Calls go on; they are shown again when it can.');
