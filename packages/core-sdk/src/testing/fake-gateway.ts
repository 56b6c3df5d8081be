import { uniqueId } from '../unique-id.js';
import type { Customer, Service } from '../api/resources/customer.js';
import { buildCustomer, buildMeasurements, buildService, INDICATORS, valueAt } from './builders.js';

type Answer = () => Response | Promise<Response>;

/** A change that was applied: once for each idempotency key, however often it was sent. */
export interface AppliedChange {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly ifMatch: string | null;
}

/** What a fake gateway holds. */
export interface FakeData {
  /** Default: `https://gateway.test`. */
  readonly url?: string;
  readonly customers?: readonly Customer[];
  /** Services by customer id. */
  readonly services?: Readonly<Record<string, readonly Service[]>>;
  /** Other resources, by the path of their collection; those are listed whose attributes fit the query. */
  readonly resources?: Readonly<Record<string, readonly object[]>>;
}

/**
 * A gateway in memory, for tests and stories: give its `fetch` to `createJioAssist`. Answers can be replaced by
 * path, the live stream is fed by {@link tick}, and it can go down and come back.
 */
export class FakeGateway {
  readonly url: string;
  /** Every request, as path and query, in the order they came. */
  readonly requests: string[] = [];
  /** Every request that its caller gave up before it was answered. */
  readonly cancelled: string[] = [];
  /** Every change that was applied, in their order. */
  readonly changes: AppliedChange[] = [];
  /** The `Last-Event-ID` of the newest stream. */
  resumedAfter: string | undefined;
  /** The number of the last event: the place of an answer, and of a stream that resumes from nowhere. */
  position = 1;
  readonly #customers: readonly Customer[];
  readonly #services: Readonly<Record<string, readonly Service[]>>;
  readonly #resources: Readonly<Record<string, readonly object[]>>;
  readonly #answers = new Map<string, Answer>();
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #down = false;

  constructor({
    url = 'https://gateway.test',
    customers = [buildCustomer()],
    services = { 'C-1': [buildService()] },
    resources = {},
  }: FakeData = {}) {
    this.url = url;
    this.#customers = customers;
    this.#services = services;
    this.#resources = resources;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    this.requests.push(url.pathname + url.search);
    if (url.pathname === '/events') {
      this.resumedAfter = new Headers(init?.headers).get('last-event-id') ?? undefined;
    }
    const signal = init?.signal;
    signal?.throwIfAborted();
    if (this.#down) throw new TypeError('Failed to fetch');
    const isRead = !init?.method || url.pathname === '/jioassist/v1/customerSearch';
    const usual = () => (isRead ? this.#answer(url) : this.#apply(url, init));
    const answer = this.#answers.get(url.pathname)?.() ?? this.#withPosition(usual());
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => {
        this.cancelled.push(url.pathname + url.search);
        reject(signal.reason as Error);
      });
    });
    return Promise.race([answer, aborted]);
  };

  /** Answers a path with something else from now on. */
  answer(path: string, answer: Answer): void {
    this.#answers.set(path, answer);
  }

  /** Ends all replaced answers. */
  answerAsUsual(): void {
    this.#answers.clear();
  }

  /** Every request fails and every stream breaks, until {@link comeBack}. */
  goDown(): void {
    this.#down = true;
    for (const stream of this.#streams) stream.error(new TypeError('network error'));
    this.#streams.clear();
  }

  comeBack(): void {
    this.#down = false;
  }

  get streams(): number {
    return this.#streams.size;
  }

  /** Sends one live value of every KPI of a service; `values` replaces some of them. */
  tick(serviceId: string, sampleTime: number, values: Record<string, number | null> = {}): void {
    const value = Object.fromEntries(INDICATORS.map(({ id }) => [id, valueAt(id, sampleTime)]));
    const measurement = { monitoredObject: { id: serviceId }, sampleTime, value: { ...value, ...values } };
    this.send('MeasurementEvent', { event: { measurement } });
  }

  /** Tells on every open stream that a resource of a customer changed; without a customer it says nothing of one. */
  change(resource: string, id: string, customerId?: string): void {
    const type = resource.charAt(0).toUpperCase() + resource.slice(1);
    const eventType = `${type}AttributeValueChangeEvent`;
    const relatedParty = customerId === undefined ? undefined : [{ id: customerId, role: 'customer' }];
    const data = { eventId: uniqueId(), eventType, relatedParty, event: { [resource]: { id } } };
    this.send(eventType, data, String(++this.position));
  }

  /** Sends a message on every open stream. */
  send(event: string, data: unknown, id?: string): void {
    const message = `${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const stream of this.#streams) stream.enqueue(new TextEncoder().encode(message));
  }

  #withPosition(answer: Response): Response {
    if (!answer.headers.has('last-event-id')) answer.headers.set('last-event-id', String(this.position));
    return answer;
  }

  #apply({ pathname }: URL, { method = '', headers, body }: RequestInit): Response {
    const sent = new Headers(headers);
    const key = sent.get('idempotency-key') ?? '';
    if (!this.changes.some((change) => change.key === key)) {
      const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
      this.changes.push({ key, method, path: pathname, body: parsed, ifMatch: sent.get('if-match') });
    }
    const location = `${this.url}${pathname}/${key}`;
    return Response.json({ id: key }, { status: method === 'POST' ? 201 : 200, headers: { location } });
  }

  #answer({ pathname, searchParams }: URL): Response {
    const customerId = searchParams.get('relatedParty.id') ?? '';
    switch (pathname) {
      case '/health':
        return Response.json(
          { status: 'pass', version: '1.0.0' },
          { headers: { date: new Date().toUTCString() } },
        );
      case '/jioassist/v1/origin-check':
        return Response.json({ origin: 'https://crm.test', allowed: true });
      case '/jioassist/v1/performanceIndicatorSpecification':
        return Response.json(INDICATORS);
      case '/jioassist/v1/measurement':
        return Response.json(this.#measurements(searchParams.get('monitoredObject.id') ?? ''));
      case '/jioassist/v1/customerSearch':
        return Response.json(
          this.#customers.map(({ id, name }) => ({ customerId: id, name, matchedBy: 'contact' })),
        );
      case '/tmf-api/customerManagement/v4/customer':
        return Response.json(this.#customers);
      case '/tmf-api/serviceInventory/v4/service':
        return Response.json(this.#services[customerId] ?? []);
      case '/events':
        return this.#openStream();
      default:
        return this.#customerAnswer(pathname) ?? this.#list(pathname, searchParams);
    }
  }

  #list(pathname: string, query: URLSearchParams): Response {
    const { [pathname]: resources } = this.#resources;
    if (resources) return Response.json(resources.filter((resource) => fits(resource, query)));
    if (/^\/tmf-api\/\w+\/v4\/\w+$/.test(pathname)) return Response.json([]);
    return Response.json({ code: 'notFound', reason: 'Not found', '@type': 'Error' }, { status: 404 });
  }

  #customerAnswer(pathname: string): Response | undefined {
    const id = /^\/tmf-api\/customerManagement\/v4\/customer\/(.+)$/.exec(pathname)?.[1];
    const customer = this.#customers.find((candidate) => candidate.id === id);
    return customer && Response.json(customer);
  }

  #measurements(serviceIds: string): unknown[] {
    const now = Date.now();
    return serviceIds.split(',').flatMap((id) => buildMeasurements(id, now));
  }

  #openStream(): Response {
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (created) => {
        controller = created;
        this.#streams.add(created);
        const start = this.resumedAfter ?? this.position;
        created.enqueue(new TextEncoder().encode(`id: ${start}\nevent: ready\ndata: {}\n\n`));
      },
      cancel: () => {
        this.#streams.delete(controller);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }
}

/** Attributes that a resource does not have are not compared: they may be what the type leaves out. */
function fits(resource: object, query: URLSearchParams): boolean {
  return [...query].every(([path, value]) => {
    const found = valuesAt(resource, path.split('.'));
    return found.length === 0 || found.some((each) => value.split(',').includes(String(each)));
  });
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((each: unknown) => valuesAt(each, step ? [step, ...rest] : []));
  if (step === undefined) return [value];
  const next = (value as Record<string, unknown> | null | undefined)?.[step];
  return next === undefined ? [] : valuesAt(next, rest);
}
