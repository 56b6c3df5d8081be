import type { BrowserContext, ConsoleMessage } from '@playwright/test';

const REPORTED = new Set(['error', 'warning', 'assert']);
const OURS = '[JioAssist]';

/** What the browser itself writes for each request that fails, whatever the page makes of it. */
export const FAILED_REQUEST = /^Failed to load resource: |blocked by CORS policy/;

/**
 * Everything that a developer would see in the console of the page and of the sign-in window, and every
 * violation of the page's policy. A test fails on what it did not allow.
 */
export class Problems {
  readonly #entries: string[] = [];
  readonly #allowed: RegExp[] = [];

  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      this.#take(message);
    });
    context.on('weberror', (error) => this.#entries.push(`uncaught: ${error.error().message}`));
    await context.exposeFunction('reportViolation', (text: string) => this.#entries.push(text));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        const { reportViolation } = globalThis as unknown as { reportViolation: (text: string) => void };
        reportViolation(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
  }

  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** The messages that JioAssist wrote. */
  get ours(): string[] {
    return this.#entries.filter((entry) => entry.startsWith(OURS));
  }

  get unexpected(): string[] {
    return this.#entries.filter((entry) => !this.#allowed.some((pattern) => pattern.test(entry)));
  }

  #take(message: ConsoleMessage): void {
    if (REPORTED.has(message.type())) this.#entries.push(message.text());
  }
}
