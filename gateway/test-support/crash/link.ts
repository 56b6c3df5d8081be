/** What the writers see of the gateway: there, or not there now. */
export class Link {
  #up: Promise<void>;
  #raise: () => void = () => undefined;
  #isStopped = false;
  #generation = 0;
  #answered = 0;
  #awaited: { count: number; resolve: () => void } | undefined;
  readonly #url: string;
  readonly #token: () => string;

  constructor(url: string, token: () => string) {
    this.#url = url;
    this.#token = token;
    this.#up = this.#next();
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** How often it has risen. */
  get generation(): number {
    return this.#generation;
  }

  /** Resolves when the gateway answers, or when there is nothing to wait for any more. */
  get up(): Promise<void> {
    return this.#up;
  }

  rise(): void {
    this.#generation += 1;
    this.#raise();
  }

  fall(): void {
    this.#up = this.#next();
  }

  stop(): void {
    this.#isStopped = true;
    this.#raise();
  }

  /** Resolves when so many more writes are answered. */
  answers(count: number): Promise<void> {
    if (count === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#awaited = { count: this.#answered + count, resolve }));
  }

  /** The answer, or undefined when it is not known whether the gateway has heard. */
  async call(
    path: string,
    { method = 'GET', body, ifMatch }: { method?: string; body?: unknown; ifMatch?: string } = {},
  ): Promise<{ status: number; etag: string; body: unknown } | undefined> {
    try {
      const response = await fetch(this.#url + path, {
        method,
        headers: {
          authorization: `Bearer ${this.#token()}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status === 503) return undefined;
      if (method !== 'GET') this.#countAnswer();
      const etag = response.headers.get('etag') ?? '';
      return { status: response.status, etag, body: text === '' ? undefined : JSON.parse(text) };
    } catch {
      return undefined;
    }
  }

  #countAnswer(): void {
    this.#answered += 1;
    if (this.#awaited && this.#answered >= this.#awaited.count) this.#awaited.resolve();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => (this.#raise = resolve));
  }
}
