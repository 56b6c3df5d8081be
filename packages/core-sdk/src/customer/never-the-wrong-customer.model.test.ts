import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { fakeAuth, type FakeAuth } from '../testing/index.js';
import { PART_NAMES, type PartName } from './customer-parts.js';
import type { CustomerState } from './customer-state.js';

const CUSTOMERS = ['A', 'B', 'C'] as const;
const GATEWAY = 'https://gateway.test';

interface Waiting {
  readonly url: URL;
  readonly body: string;
  readonly answer: (response: Response) => void;
  readonly fail: (error: Error) => void;
}

/** A gateway whose every answer waits until it is told to come, in any order, and bears its customer's mark. */
class SlowGateway {
  readonly waiting: Waiting[] = [];
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #position = 1;

  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(input as string);
    if (url.pathname === '/events') return Promise.resolve(this.#openStream());
    return new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => {
        reject(new DOMException('aborted', 'AbortError'));
      });
      this.waiting.push({ url, body: (init?.body ?? '') as string, answer: resolve, fail: reject });
    });
  };

  /** Answers one of those that wait: rightly, with nonsense, with a refusal, or not at all. */
  answer(which: number, how: 'right' | 'nonsense' | 'refused' | 'lost'): void {
    const [request] = this.waiting.splice(which % Math.max(1, this.waiting.length), 1);
    if (!request) return;
    const { url, body, answer, fail } = request;
    if (how === 'lost') fail(new TypeError('Failed to fetch'));
    else if (how === 'refused') answer(new Response(null, { status: 400 }));
    else if (how === 'nonsense') answer(this.#json([{ id: null }, 7]));
    else answer(this.#json(contentOf(url, body)));
  }

  tell(event: string, customerId: string, resource: string): void {
    const envelope = {
      eventId: String(this.#position),
      eventType: event,
      relatedParty: [{ id: customerId, role: 'customer' }],
      event: { [resource]: { id: `${customerId}/event` } },
    };
    const text = `id: ${++this.#position}\nevent: ${event}\ndata: ${JSON.stringify(envelope)}\n\n`;
    for (const stream of this.#streams) stream.enqueue(new TextEncoder().encode(text));
  }

  #json(content: unknown): Response {
    return Response.json(content, { headers: { 'last-event-id': String(this.#position) } });
  }

  #openStream(): Response {
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (created) => {
        controller = created;
        this.#streams.add(created);
        created.enqueue(new TextEncoder().encode(`id: ${this.#position}\nevent: ready\ndata: {}\n\n`));
      },
      cancel: () => void this.#streams.delete(controller),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }
}

/** What a right answer to a request holds: ids that begin with the customer they belong to. */
function contentOf(url: URL, body: string): unknown {
  const { pathname, searchParams } = url;
  const asked = body ? (JSON.parse(body) as Record<string, unknown>) : {};
  if (pathname.endsWith('/personalDataReveal')) return { value: [`${String(asked['customerId'])}/secret`] };
  if (pathname.endsWith('/customerSearch')) {
    const [value = ''] = Object.values(asked).flat() as string[];
    const found = value.endsWith('0') ? ['A'] : ['B', 'C'];
    return found.map((customerId) => ({ customerId, name: `${customerId}/name`, matchedBy: 'contact' }));
  }
  const one = /\/customer\/(\w+)$/.exec(pathname)?.[1];
  if (one !== undefined) return { id: one, name: `${one}/name` };
  const of =
    searchParams.get('relatedParty.id') ??
    searchParams.get('affectedService.id') ??
    searchParams.get('relatedService.id') ??
    '*';
  return [{ id: `${of.split('/')[0]!}/${pathname.split('/').at(-1)!}` }];
}

type Step = (run: Run) => unknown;

interface Run {
  readonly client: JioAssistClient;
  readonly gateway: SlowGateway;
  readonly auth: FakeAuth;
  readonly releases: (() => void)[];
}

const customer = fc.constantFrom(...CUSTOMERS);
const part = fc.constantFrom(...PART_NAMES);
const number = fc.constantFrom('+919812345210', '+919812345211');
const ANSWERS = ['right', 'right', 'right', 'right', 'nonsense', 'refused', 'lost'] as const;
const RESOURCES = ['customer', 'service', 'customerBill', 'alarm', 'troubleTicket', 'bucket'];

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: customer.map((customerId): Step => ({ client }) => {
      client.customer.set({ customerId });
    }),
  },
  {
    weight: 1,
    arbitrary: number.map((msisdn): Step => ({ client }) => {
      client.customer.set({ msisdn });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(({ client }) => {
      client.customer.clear();
    }),
  },
  {
    weight: 2,
    arbitrary: customer.map((id): Step => ({ client }) => {
      choose(client, id);
    }),
  },
  {
    weight: 3,
    arbitrary: part.map(
      (name): Step =>
        ({ client, releases }) =>
          releases.push(client.customer.watch(name)),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>(({ releases }) => releases.shift()?.()) },
  {
    weight: 12,
    arbitrary: fc
      .tuple(fc.nat(20), fc.constantFrom(...ANSWERS))
      .map(([which, how]): Step => ({ gateway }) => {
        gateway.answer(which, how);
      }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(customer, fc.constantFrom(...RESOURCES))
      .map(([id, resource]): Step => ({ gateway }) => {
        gateway.tell('ChangeEvent', id, resource);
      }),
  },
  { weight: 1, arbitrary: fc.constant<Step>(({ client }) => void client.customer.refresh()) },
  {
    weight: 1,
    arbitrary: customer.map(
      (customerId): Step =>
        ({ client }) =>
          void client.customer.prefetch({ customerId }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(
      ({ client }) => void client.customer.reveal('phoneNumber', 'to confirm').catch(() => false),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(({ auth }) => {
      auth.state.set({ status: 'signed-out' });
    }),
  },
  { weight: 2, arbitrary: fc.constant<Step>(({ auth }) => auth.signIn?.()) },
);

/** Only who is among the matches can be chosen. */
function choose(client: JioAssistClient, customerId: string): void {
  const { matches } = client.customer.state.value;
  if ('data' in matches && matches.data.some((match) => match.customerId === customerId))
    client.customer.choose(customerId);
}

/** Everything a state shows of a customer bears the mark of the one it is of. */
function check(state: CustomerState): void {
  const mark = state.customerId;
  for (const name of PART_NAMES.filter(
    (each): each is Exclude<PartName, 'objectives'> => each !== 'objectives',
  )) {
    const shown = state[name];
    if (!('data' in shown)) continue;
    const records: readonly { readonly id: string }[] = 'name' in shown.data ? [shown.data] : shown.data;
    for (const { id } of records)
      expect(`${name} of ${id.split('/')[0]!}`).toBe(`${name} of ${String(mark)}`);
  }
  for (const { value } of Object.values(state.revealed)) expect(value).toEqual([`${String(mark)}/secret`]);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function play(story: readonly Step[]): Promise<void> {
  const gateway = new SlowGateway();
  const auth = fakeAuth();
  const client = createJioAssist({ gateway: GATEWAY, fetch: gateway.fetch, auth });
  const run: Run = {
    client,
    gateway,
    auth,
    releases: [client.customer.watch('profile', 'services', 'alarms')],
  };
  const failures: Error[] = [];
  const look = (state: CustomerState): void => {
    try {
      check(state);
    } catch (error) {
      failures.push(error as Error);
    }
  };
  client.customer.state.subscribe(look);
  try {
    for (const step of story) {
      await step(run);
      await turn();
      await turn();
      look(client.customer.state.value);
    }
  } finally {
    client.dispose();
    for (const request of gateway.waiting) request.fail(new Error('over'));
  }
  for (const failure of failures) throw failure;
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

it('shows nothing of one customer in the view of another, however switches, answers and events meet', async () => {
  // The files that are loaded with the first part are there from here on, as they are in a page that is in use.
  await play([]);
  await Promise.all([
    import('./customer-engine.js'),
    import('../api/apis.js'),
    import('../events/shared-stream.js'),
  ]);
  await fc.assert(fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 40 }), play), {
    numRuns: 3_000,
  });
}, 120_000);
