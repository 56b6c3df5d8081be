import { ContextProvider } from '@lit/context';
import { css, html, type CSSResultGroup, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { SignInMode } from '../auth/oidc.js';
import { createJioAssist, type JioAssistClient } from '../client.js';
import type { CustomerSwitch } from '../customer/customer-state.js';
import { JioAssistError, toJioAssistError } from '../errors.js';
import type { Unsubscribe } from '../observable.js';
import { PROTOCOL_MAJOR } from '../protocol.js';
import { askPage } from './actions.js';
import { clientContext } from './client-context.js';
import { JioCustomerChangeEvent, JioErrorEvent } from './jio-assist.events.js';
import { JioElement } from './jio-element.js';
import { textDirection, useLanguage } from './localization.js';
import { pageSignIn, type PageSignIn } from './page-sign-ins.js';

/**
 * @tag jio-assist
 * @summary Connects a part of the page to JioAssist: the widgets inside share its client.
 * @status experimental
 * @since 0.1
 *
 * @slot - The widgets, and anything around them.
 * @event {JioActionRequestEvent} jio-customer-change-request - Before a switch that is not the page's own doing, a
 *   screen pop for example. `preventDefault()` or `replaceWith()` keeps the customer; `detail.customerId` may be changed.
 * @event {JioCustomerChangeEvent} jio-customer-change - Another customer became the current one, or none did.
 * @event {JioErrorEvent} jio-error - Something went wrong; `detail.code` says what.
 */
export class JioAssist extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  /** Not a box of its own. */
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
  `;

  /** The gateway's address, for example `https://assist.example`. */
  @property() gateway = '';

  /** The OpenID client id registered for this page. */
  @property({ attribute: 'client-id' }) clientId = '';

  /** Where the agent signs in: `popup`, a window of its own, or `redirect`, in place of the page and back. */
  @property({ attribute: 'sign-in' }) signIn: SignInMode = 'popup';

  /** The customer whose record is open; without it there is no current customer. */
  @property({ attribute: 'customer-id' }) customerId: string | null = null;

  /** The language of the widgets, as a BCP 47 tag. Default: the language of the page around the element. */
  @property() override lang = '';

  /** A client made by the page itself, used instead of one made from the attributes. */
  @property({ attribute: false }) client: JioAssistClient | undefined;

  private readonly provider = new ContextProvider(this, { context: clientContext });
  private ownClient: JioAssistClient | undefined;
  private pageSignIn: PageSignIn | undefined;
  private clientError: JioAssistError | undefined;
  /** What the page was told last of its attributes. */
  private told: JioAssistError | undefined;
  private releases: Unsubscribe[] = [];
  private joined = false;
  private applying = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.followLanguage();
    if (this.hasUpdated && !this.joined) this.connectClient();
  }

  /** Its own language, or else that of the page around it. */
  private followLanguage(): void {
    const language = this.lang || this.closest('[lang]:not([lang=""])')?.getAttribute('lang');
    void useLanguage(language ?? '').then(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved is connected again within the same turn and keeps its client.
    queueMicrotask(() => {
      if (!this.isConnected) this.releaseClient();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('lang') && this.hasUpdated) this.followLanguage();
    const settings = ['gateway', 'clientId', 'signIn', 'client'] as const;
    if (settings.some((name) => changed.has(name))) this.connectClient();
    else if (changed.has('customerId')) this.offerClient();
  }

  private get current(): JioAssistClient | undefined {
    return this.client ?? this.ownClient;
  }

  private connectClient(): void {
    // Changed while it was out of the document, it is joined when it comes back.
    if (!this.isConnected) return;
    this.releaseClient();
    this.joined = true;
    this.clientError = undefined;
    if (!this.client) this.createClient();
    const client = this.current;
    if (client) {
      let known = client.customer.state.value.customerId;
      this.releases = [
        client.customer.beforeSwitch((next) => this.allowSwitch(next)),
        client.customer.state.subscribe(({ customerId, revision }) => {
          if (customerId === known) return;
          known = customerId;
          this.dispatchEvent(new JioCustomerChangeEvent(customerId, revision));
        }),
        client.errors.latest.subscribe((error) => {
          if (error) this.dispatchEvent(new JioErrorEvent(error.code));
        }),
      ];
      if (client.auth.state.value.status === 'signed-out') client.gateway.check();
    }
    this.offerClient();
  }

  private createClient(): void {
    try {
      const { gateway, clientId, signIn } = this;
      this.pageSignIn = pageSignIn({ gateway, clientId, signIn });
      this.ownClient = createJioAssist({ gateway, clientId, signIn, auth: this.pageSignIn.auth });
    } catch (cause) {
      const error = toJioAssistError(cause, 'config/invalid-argument', 'The client could not be made.');
      const argument = String(error.details['argument'] ?? 'gateway');
      this.clientError = this.invalidAttribute(kebabCase(argument), error);
    }
  }

  /** Gives the widgets the client with the right customer, or the reason why there is none. */
  private offerClient(): void {
    const error = this.clientError ?? this.applyCustomer();
    this.tell(error);
    this.provider.setValue(error ?? this.current);
  }

  /** Once for as long as it is the same that is wrong. */
  private tell(error: JioAssistError | undefined): void {
    const { told } = this;
    this.told = error;
    if (!error || error.message === told?.message) return;
    console.error(`[JioAssist] ${error.code}: ${error.message}`, error.details);
    this.dispatchEvent(new JioErrorEvent(error.code));
  }

  /** The page is asked, except when its own attribute is what switches. */
  private allowSwitch(next: CustomerSwitch): boolean {
    if (this.applying) return true;
    const { detail, defaultPrevented, replacement } = askPage(this, 'customer-change', next);
    next.customerId = detail.customerId;
    return !defaultPrevented && !replacement;
  }

  private applyCustomer(): JioAssistError | undefined {
    this.applying = true;
    try {
      return this.switchByAttribute();
    } finally {
      this.applying = false;
    }
  }

  private switchByAttribute(): JioAssistError | undefined {
    const client = this.current;
    if (this.customerId?.trim() === '') {
      client?.customer.clear();
      return this.invalidAttribute('customer-id');
    }
    if (this.customerId !== null) client?.customer.set({ customerId: this.customerId });
    // A page that passes its own client may set the customer on that.
    else if (!this.client) client?.customer.clear();
    return undefined;
  }

  private invalidAttribute(attribute: string, cause?: JioAssistError): JioAssistError {
    const rule = cause ? cause.message : 'it is empty; leave it out when no customer is open.';
    const message = `<jio-assist>: the attribute ${attribute} is wrong: ${rule}`;
    return new JioAssistError('config/invalid-attribute', message, { attribute }, cause);
  }

  private releaseClient(): void {
    for (const release of this.releases) release();
    this.releases = [];
    this.joined = false;
    this.ownClient?.dispose();
    this.ownClient = undefined;
    this.pageSignIn?.release();
    this.pageSignIn = undefined;
    this.provider.setValue(undefined);
  }

  protected override render() {
    return html`<slot dir=${textDirection()}></slot>`;
  }
}

const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
