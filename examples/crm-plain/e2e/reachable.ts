import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';

/** A place and everything that was found written there. */
export type Found = Readonly<Record<string, string>>;

/**
 * Writes down, from now on, what other scripts of a page, its developers and the network's onlookers could see: the
 * console, errors, addresses, events that leave a shadow root, and what is said between tabs.
 */
export class Onlooker {
  readonly #seen = { console: '', errors: '', addresses: '', events: '', channels: '' };

  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => (this.#seen.console += `${message.text()}\n`));
    context.on('weberror', (error) => (this.#seen.errors += `${String(error.error().stack)}\n`));
    context.on('request', (request) => (this.#seen.addresses += `${request.url()}\n`));
    await context.exposeFunction('tell', (kind: 'events' | 'channels', text: string) => {
      this.#seen[kind] += `${text}\n`;
    });
    await context.addInitScript(listenIn);
  }

  get seen(): Found {
    return this.#seen;
  }
}

/** Runs in the page, before any other script of it. */
function listenIn(): void {
  const { tell } = globalThis as unknown as { tell: (kind: string, text: string) => void };
  const write = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) => {
      if (part instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(part));
      return part instanceof Error ? `${part.message} ${String(part.stack)}` : part;
    });
  // The methods of the prototypes, called with the right `this`.
  /* eslint-disable @typescript-eslint/unbound-method */
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) {
    if (event.composed) tell('events', `${event.type} ${write((event as CustomEvent<unknown>).detail)}`);
    return dispatch.call(this, event);
  };
  const post = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    tell('channels', `${this.name} ${write(message)}`);
    post.call(this, message);
  };
  /* eslint-enable @typescript-eslint/unbound-method */
}

/** What a script of the page finds in the document, on the elements, and in what is stored as text. */
export function readPage(page: Page): Promise<Found> {
  return page.evaluate(() => {
    const roots: ShadowRoot[] = [];
    const elements: Element[] = [];
    const collect = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        elements.push(element);
        if (!element.shadowRoot) continue;
        roots.push(element.shadowRoot);
        collect(element.shadowRoot);
      }
    };
    collect(document);
    const seen = new Set<unknown>();
    const texts: string[] = [];
    const follow = (value: unknown): void => {
      if (typeof value === 'string') texts.push(value);
      if (typeof value !== 'object' || value === null || value instanceof Node || seen.has(value)) return;
      seen.add(value);
      if (value instanceof Map || value instanceof Set) for (const entry of value) follow(entry);
      // Also what only a getter gives, as the state of the client is.
      for (
        let layer: object | null = value;
        layer && layer !== Object.prototype;
        layer = Object.getPrototypeOf(layer) as object | null
      )
        for (const key of Reflect.ownKeys(layer)) follow(read(value, layer, key));
    };
    const read = (value: object, layer: object, key: PropertyKey): unknown => {
      try {
        return Reflect.get(layer, key, value) as unknown;
      } catch {
        return undefined;
      }
    };
    const ours = elements.filter(({ localName }) => localName.startsWith('jio-'));
    for (const element of ours) follow(Object.assign({}, element));
    return {
      document: document.documentElement.getHTML({ serializableShadowRoots: true, shadowRoots: roots }),
      values: elements.map((element) => (element as HTMLInputElement).value).join('\n'),
      objects: texts.join('\n'),
      localStorage: JSON.stringify(Object.entries(localStorage)),
      sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
      address: location.href,
    };
  });
}

/** Every byte that the browser has written down, by file. */
export function* readProfile(folder: string): Generator<readonly [file: string, bytes: Buffer]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) yield [file, readFileSync(file)];
  }
}

/** Whether a text stands in bytes, in one of the ways a browser writes texts. */
export function holds(bytes: Buffer, text: string): boolean {
  return bytes.includes(text, 0, 'utf8') || bytes.includes(text, 0, 'utf16le');
}
