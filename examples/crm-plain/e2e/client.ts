import type { Page } from '@playwright/test';

/** What the tests use of the SDK's client. */
export interface Client {
  readonly auth: {
    readonly state: { readonly value: { readonly status: string } };
    getToken(request?: { refused?: string }): Promise<{ readonly value: string }>;
    signOut(): Promise<void>;
  };
  readonly customer: {
    readonly state: {
      readonly value: { readonly profile: { status: string }; readonly services: { status: string } };
    };
  };
  readonly events: {
    readonly state: { readonly value: { readonly status: string } };
    subscribe(topic: 'measurement', listener: (tick: { readonly sampleTime: number }) => void): () => void;
  };
  readonly commands: {
    readonly state: {
      readonly value: {
        readonly commands: { id: string; request: { lane: string }; outcome: { status: string } }[];
      };
    };
    submit(request: object): Promise<string>;
    settled(id: string): Promise<unknown>;
  };
  readonly drafts: {
    readonly state: { readonly value: { readonly drafts: Readonly<Record<string, { value: unknown }>> } };
    keep(name: string, value: unknown): Promise<void>;
  };
}

/** The page with the client in it, where {@link findClient} leaves it. */
export interface PageWithClient {
  readonly client: Client;
}

/** Asks the provider for its client, as a widget does, and leaves it where the test finds it. */
export async function findClient(page: Page): Promise<void> {
  await page.evaluate(() => {
    const asking = Object.assign(new Event('context-request', { bubbles: true, composed: true }), {
      context: Symbol.for('@jioassist/client/1'),
      callback: (client: unknown) => Object.assign(globalThis, { client }),
    });
    document.querySelector('jio-diagnostics')?.dispatchEvent(asking);
  });
}
