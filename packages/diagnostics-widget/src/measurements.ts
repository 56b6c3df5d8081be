import {
  isJioAssistError,
  type JioAssistClient,
  type JioAssistError,
  type PerformanceIndicatorSpecification,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import { SeriesStore } from './series.js';

/** Live values come every second; after this long without one, what is shown is old. In milliseconds. */
export const FRESH_FOR = 5_000;

/** What the measurement API answers for at once. */
const MOST_SERVICES_A_CALL = 50;

/** The values of a second come one service after the other; they are shown together. In milliseconds. */
const GATHER_FOR = 30;

/** The KPI series of some services: read once, then kept up by the live stream while somebody looks. */
export class Measurements {
  readonly series = new SeriesStore();
  readonly #client: JioAssistClient;
  readonly #changed: () => void;
  #releases: Unsubscribe[] = [];
  #indicators: ReadonlyMap<string, PerformanceIndicatorSpecification> = new Map();
  #serviceIds: ReadonlySet<string> = new Set();
  #loading: AbortController | undefined;
  #error: JioAssistError | undefined;
  #fresh = false;
  #freshUntil = 0;
  #streamBroke = false;
  #freshTimer: ReturnType<typeof setTimeout> | undefined;
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(client: JioAssistClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Whether values come in now. */
  get fresh(): boolean {
    return this.#fresh;
  }

  /** Whether the live stream is away. */
  get cutOff(): boolean {
    return this.#client.events.state.value.status === 'broken';
  }

  /** Why the series could not be read. */
  get error(): JioAssistError | undefined {
    return this.#error;
  }

  /** What a KPI is; one that the gateway does not describe is shown by its id, without a unit. */
  indicator(id: string): PerformanceIndicatorSpecification {
    return this.#indicators.get(id) ?? { id, name: id, indicatorUnit: '' };
  }

  start(): void {
    const { events } = this.#client;
    this.#releases = [
      events.subscribe('measurement', (tick) => {
        if (!this.#serviceIds.has(tick.monitoredObject.id)) return;
        this.series.append(tick);
        this.#keepFresh();
        this.#gathering ??= setTimeout(() => {
          this.#gathering = undefined;
          this.#changed();
        }, GATHER_FOR);
      }),
      events.state.subscribe(({ status }) => {
        // What was measured while the stream was away is only to be had by asking.
        if (status === 'open' && this.#streamBroke) this.reload();
        this.#streamBroke = status === 'broken';
        if (this.#streamBroke) this.#fresh = false;
        this.#changed();
      }),
    ];
  }

  stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#loading?.abort();
    this.#serviceIds = new Set();
    clearTimeout(this.#freshTimer);
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
  }

  /** Forgets everything: another customer's values are never shown. */
  clear(): void {
    this.#loading?.abort();
    this.#serviceIds = new Set();
    this.#error = undefined;
    this.#fresh = false;
    this.series.clear();
  }

  /** Follows these services from now on; reads what is not there yet. */
  follow(serviceIds: readonly string[]): void {
    if (serviceIds.length === this.#serviceIds.size && serviceIds.every((id) => this.#serviceIds.has(id)))
      return;
    this.#serviceIds = new Set(serviceIds);
    this.reload();
  }

  /** Reads the last five minutes of every service. */
  reload(): void {
    this.#loading?.abort();
    if (this.#serviceIds.size === 0) return;
    this.#loading = new AbortController();
    void this.#load([...this.#serviceIds], this.#loading.signal);
  }

  async #load(serviceIds: readonly string[], signal: AbortSignal): Promise<void> {
    const { measurement } = this.#client.api;
    try {
      const [indicators, ...series] = await Promise.all([
        this.#indicators.size > 0 ? undefined : measurement.listIndicators({ signal }),
        ...inGroups(serviceIds).map((group) => measurement.list({ serviceIds: group }, { signal })),
      ]);
      if (signal.aborted) return;
      if (indicators) this.#indicators = new Map(indicators.map((indicator) => [indicator.id, indicator]));
      for (const group of series) this.series.load(group);
      this.#error = undefined;
      this.#keepFresh();
    } catch (error) {
      if (signal.aborted) return;
      if (!isJioAssistError(error)) throw error;
      this.#error = error;
      this.#client.errors.report(error);
    }
    this.#changed();
  }

  /** One timer at a time: a timer made anew with every value would cost more than the value. */
  #keepFresh(): void {
    this.#freshUntil = Date.now() + FRESH_FOR;
    if (this.#fresh) return;
    this.#fresh = true;
    this.#watchFreshness(FRESH_FOR);
  }

  #watchFreshness(wait: number): void {
    clearTimeout(this.#freshTimer);
    this.#freshTimer = setTimeout(() => {
      const left = this.#freshUntil - Date.now();
      if (this.#fresh && left > 0) return this.#watchFreshness(left);
      this.#fresh = false;
      this.#changed();
    }, wait);
  }
}

function inGroups(ids: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (let start = 0; start < ids.length; start += MOST_SERVICES_A_CALL) {
    groups.push(ids.slice(start, start + MOST_SERVICES_A_CALL));
  }
  return groups;
}
