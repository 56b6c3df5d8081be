import type { JioAssistClient } from '../client.js';

/** A widget on the page, in a provider of its own. */
export interface ElementSetup {
  readonly element: HTMLElement;
  readonly client: JioAssistClient;
}

/** What {@link elementTests} has to know of an element. */
export interface ElementTestTable {
  /**
   * How to bring the element into each state that its `data-state` can show; alternatives are separated by `|`. What is put
   * on the page and the clients that are made are the caller's to take away after each test.
   */
  readonly states: Readonly<Record<string, () => ElementSetup | Promise<ElementSetup>>>;
  /** The state with everything on the screen. */
  readonly main: string;
  /** Another one that hangs on the client, to tell two clients apart. */
  readonly other: string;
  /** The state without any client. */
  readonly withoutClient: string;
  /** Rejects when the element is not accessible, for example `(element) => expect(element).to.be.accessible()`. */
  readonly accessible: (element: HTMLElement) => Promise<void>;
  /** Shows a language: `useLanguage` of `@jioassist/core-sdk/lit`. */
  readonly useLanguage: (tag: string) => Promise<void>;
}

/** One test, for any runner: `for (const { name, run } of elementTests(…)) it(name, run);` */
export interface ElementTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Milliseconds; a widget that needs longer will not get there. */
const PATIENCE = 10_000;

/**
 * What every widget has to stand, whatever it shows: each state accessible; hidden; moved; with a client that comes late,
 * with none, and with two; from right to left. `<jio-assist>` and the element are to be defined.
 *
 * @example
 * for (const { name, run } of elementTests('jio-diagnostics', table)) it(name, run);
 * @group Testing
 */
export function elementTests(tag: string, table: ElementTestTable): ElementTest[] {
  const { states, main, other, withoutClient, accessible, useLanguage } = table;
  const reach = async (state: string): Promise<ElementSetup> => {
    const setup = await states[state]?.();
    if (!setup) throw new Error(`The table says nothing of the state ${state}.`);
    await becomes(setup.element, state);
    return setup;
  };
  const each = Object.keys(states).map((state): ElementTest => ({
    name: `is accessible when ${state}`,
    run: async () => accessible((await reach(state)).element),
  }));
  return [
    ...each,
    {
      name: 'can be hidden',
      run: async () => {
        const { element } = await reach(main);
        element.hidden = true;
        same(getComputedStyle(element).display, 'none', 'display of the hidden element');
      },
    },
    {
      name: 'goes on when it is moved within its provider',
      run: async () => {
        const { element } = await reach(main);
        const box = document.createElement('div');
        element.after(box);
        box.append(element);
        await becomes(element, main);
      },
    },
    {
      name: 'takes a client that comes late',
      run: async () => {
        const { client } = await reach(main);
        await onPage(async (page) => {
          const provider = page.appendChild(document.createElement('jio-assist')) as Provider;
          const element = provider.appendChild(document.createElement(tag));
          await becomes(element, '.+');
          provider.client = client;
          await becomes(element, main);
        });
      },
    },
    {
      name: 'says that it has no client',
      run: () =>
        onPage(async (page) => {
          const element = page.appendChild(document.createElement(tag));
          await becomes(element, withoutClient);
          const said = element.shadowRoot?.textContent.includes('client/missing');
          same(said, true, 'whether it says client/missing');
        }),
    },
    {
      name: 'goes with the nearest of two providers, and with the other when it is moved there',
      run: async () => {
        const outer = await reach(main);
        const inner = await reach(other);
        await onPage(async (page) => {
          const around = provide(page, outer.client);
          const element = provide(around, inner.client).appendChild(document.createElement(tag));
          await becomes(element, other);
          around.append(element);
          await becomes(element, main);
        });
      },
    },
    {
      name: 'is laid out from right to left in Urdu, and accessible',
      run: async () => {
        const { element } = await reach(main);
        try {
          await useLanguage('ur');
          const base = element.shadowRoot?.querySelector('.base');
          await until(
            () => base != null && getComputedStyle(base).direction === 'rtl',
            'its direction is rtl',
          );
          await accessible(element);
        } finally {
          await useLanguage('en');
        }
      },
    },
  ];
}

type Provider = HTMLElement & { client?: JioAssistClient };

function provide(parent: HTMLElement, client: JioAssistClient): Provider {
  const provider = document.createElement('jio-assist') as Provider;
  provider.client = client;
  return parent.appendChild(provider);
}

async function onPage(work: (page: HTMLElement) => Promise<void>): Promise<void> {
  const page = document.body.appendChild(document.createElement('div'));
  try {
    await work(page);
  } finally {
    page.remove();
  }
}

function becomes(element: HTMLElement, state: string): Promise<void> {
  const wanted = new RegExp(`^(?:${state})$`);
  return until(
    () => wanted.test(element.dataset['state'] ?? ''),
    () => `<${element.localName}> becomes ${state}; it is ${element.dataset['state'] ?? 'in no state'}`,
  );
}

async function until(holds: () => boolean, what: string | (() => string)): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > end)
      throw new Error(`Waited in vain until ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function same(found: unknown, expected: unknown, what: string): void {
  if (found !== expected) throw new Error(`${what} is ${String(found)}, not ${String(expected)}`);
}
