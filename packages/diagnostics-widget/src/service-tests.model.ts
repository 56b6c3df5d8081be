import {
  State,
  toJioAssistError,
  type Command,
  type JioAssistClient,
  type JioAssistError,
  type Observable,
  type ServiceTestSpecification,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import type { ServiceView } from './service-view.js';
import { toTestView, type TestView } from './test-result.js';

/** A test that was asked for and is not on the gateway's list yet, or was refused. */
export interface TestRequest {
  readonly commandId: string;
  readonly name: string;
  readonly outcome: Command['outcome'];
  readonly waitingFor: Command['waitingFor'];
}

/** Everything the panel of a service's tests renders from. */
export interface ServiceTestsState {
  /** What can be run on this kind of service; `undefined` while it is read. */
  readonly specifications: readonly ServiceTestSpecification[] | undefined;
  /** Why that could not be read. */
  readonly error: JioAssistError | undefined;
  readonly requests: readonly TestRequest[];
  /** Running ones first, then the newest. */
  readonly tests: readonly TestView[];
  /** Tests whose end was asked for. */
  readonly cancelling: ReadonlySet<string>;
}

const PATH = '/serviceTest';

/**
 * The tests of one service: what can be run, what runs, and how the last ones ended. A test is a resource of the back
 * end and the wish for one is a durable command, so both are there again after a reload.
 */
export class ServiceTestsModel {
  readonly #client: JioAssistClient;
  readonly #serviceId: string;
  readonly #serviceSpecificationId: string | undefined;
  readonly #state: State<ServiceTestsState>;
  #releases: Unsubscribe[] = [];
  #reading: AbortController | undefined;
  #specifications: readonly ServiceTestSpecification[] | undefined;
  #error: JioAssistError | undefined;
  /** Commands whose test was looked for: once each, because a list may be cut off before it. */
  readonly #looked = new Set<string>();

  constructor(client: JioAssistClient, { id, specificationId }: Pick<ServiceView, 'id' | 'specificationId'>) {
    this.#client = client;
    this.#serviceId = id;
    this.#serviceSpecificationId = specificationId;
    this.#state = new State<ServiceTestsState>(this.#derive(), {
      start: () => {
        this.#start();
      },
      stop: () => {
        this.#stop();
      },
    });
  }

  get state(): Observable<ServiceTestsState> {
    return this.#state;
  }

  /** Asks for a test. Resolves once the wish is written down and cannot be lost. */
  async run({ id, name }: Pick<ServiceTestSpecification, 'id' | 'name'>): Promise<void> {
    await this.#client.commands.submit({
      api: 'tmf653',
      method: 'POST',
      path: PATH,
      lane: this.#lane,
      body: {
        name,
        mode: 'ONDEMAND',
        relatedService: { id: this.#serviceId },
        testSpecification: { id },
      },
    });
  }

  /** Asks for the end of a running test. */
  async cancel(testId: string): Promise<void> {
    await this.#client.commands.submit({
      api: 'tmf653',
      method: 'PATCH',
      path: `${PATH}/${testId}`,
      lane: this.#lane,
      body: { state: 'cancelled' },
    });
  }

  /** Takes a refused wish off the list. */
  async dismiss(commandId: string): Promise<void> {
    await this.#client.commands.dismiss(commandId);
  }

  /** Reads again what can be run. */
  retry(): void {
    void this.#read();
  }

  get #lane(): string {
    return `serviceTest ${this.#serviceId}`;
  }

  #start(): void {
    const { customer, commands } = this.#client;
    const renew = (): void => {
      this.#settle();
      this.#state.set(this.#derive());
    };
    this.#releases = [customer.state.subscribe(renew), commands.state.subscribe(renew)];
    renew();
    if (!this.#specifications) void this.#read();
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#reading?.abort();
  }

  async #read(): Promise<void> {
    this.#reading?.abort();
    const { signal } = (this.#reading = new AbortController());
    this.#error = undefined;
    const related = this.#serviceSpecificationId;
    const query = related === undefined ? {} : { 'relatedServiceSpecification.id': related };
    try {
      this.#specifications = await this.#client.api.serviceTestSpecification.list(query, { signal });
    } catch (cause) {
      if (signal.aborted) return;
      this.#error = toJioAssistError(cause, 'network/unreachable', 'The kinds of tests could not be read.');
      this.#client.errors.report(this.#error);
    }
    this.#state.set(this.#derive());
  }

  /** A command whose test is on the list has told all it can; one whose test is not yet there makes the list old. */
  #settle(): void {
    const known = new Set(this.#ownTests().map(({ id }) => id));
    for (const command of this.#ownCommands()) {
      const { id, request, outcome } = command;
      const { status } = outcome;
      // A test that could not be cancelled has ended by itself, and the list says how.
      const over = request.method === 'PATCH' ? status !== 'pending' : status === 'done';
      if (!over) continue;
      if (request.method === 'PATCH' || known.has(testIdOf(command))) void this.dismiss(id);
      if (this.#looked.has(id) || known.has(testIdOf(command))) continue;
      this.#looked.add(id);
      void this.#client.customer.refresh('serviceTests');
    }
  }

  #derive(): ServiceTestsState {
    const commands = this.#ownCommands();
    const specifications = new Map(this.#specifications?.map((known) => [known.id, known]));
    const tests = this.#ownTests().map((test) =>
      toTestView(test, specifications.get(test.testSpecification?.id ?? '')),
    );
    const asked = commands.filter(({ request }) => request.method === 'POST');
    const ending = commands.filter(
      ({ request, outcome }) => request.method === 'PATCH' && outcome.status === 'pending',
    );
    return {
      specifications: this.#specifications,
      error: this.#error,
      requests: asked.map(toRequest),
      tests: tests.sort(byTime),
      cancelling: new Set(ending.map(({ request }) => request.path.slice(PATH.length + 1))),
    };
  }

  #ownTests() {
    const { serviceTests } = this.#client.customer.state.value;
    const tests = 'data' in serviceTests ? serviceTests.data : [];
    return tests.filter(({ relatedService }) => relatedService?.id === this.#serviceId);
  }

  #ownCommands(): Command[] {
    return this.#client.commands.state.value.commands.filter(({ request }) => request.lane === this.#lane);
  }
}

function toRequest({ id, request, outcome, waitingFor }: Command): TestRequest {
  const { name } = request.body as { name: string };
  return { commandId: id, name, outcome, waitingFor };
}

/** The id of the test that a command made: the last part of where it is. */
function testIdOf({ outcome }: Command): string {
  const location = outcome.status === 'done' ? (outcome.location ?? '') : '';
  return decodeURIComponent(location.split('/').at(-1) ?? '');
}

/** A test that was cancelled before it began has an end only. */
function momentOf({ startedAt, endedAt }: TestView): number {
  return startedAt ?? endedAt ?? 0;
}

function byTime(a: TestView, b: TestView): number {
  return Number(b.running) - Number(a.running) || momentOf(b) - momentOf(a);
}
