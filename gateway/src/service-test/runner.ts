import type { EventLog } from '../events/log.ts';
import type { MeasurementObserver } from '../measurement/feed.ts';
import { Network } from '../measurement/network.ts';
import type { Database } from '../store/database.ts';
import { declarations } from '../tmf/apis/index.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ResourceKinds } from '../tmf/kinds.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';
import { procedures, type Procedure } from './procedures.ts';
import { TestRun } from './test-run.ts';

export interface TestRunnerOptions {
  readonly database: Database;
  readonly log: Pick<EventLog, 'append'>;
  readonly seed: number;
}

interface Waiting {
  readonly document: ResourceDocument;
  readonly specification: ResourceDocument;
}

/**
 * Runs the service tests that agents ask for, second by second, in the process that measures. All there is to know about a test is
 * in its resource, so another process can go on with it.
 */
export class ServiceTestRunner implements MeasurementObserver {
  readonly #database: Database;
  readonly #run: TestRun;
  #isStale = true;
  #active: readonly Waiting[] = [];

  constructor({ database, log, seed }: TestRunnerOptions) {
    this.#database = database;
    this.#run = new TestRun(new ResourceKinds(declarations, log), new Network(seed));
  }

  /** A test was made or changed. */
  readonly lookAgain = (): void => {
    this.#isStale = true;
  };

  async observe(second: number): Promise<void> {
    if (this.#isStale) {
      this.#isStale = false;
      this.#active = await this.#readActive();
    }
    for (const { document, specification } of this.#active) {
      const procedure = procedureOf(specification);
      if (!procedure) continue;
      await this.#database.transaction((tx) =>
        this.#run.advance(tx, document.id as string, { procedure, specification }, second),
      );
      this.#isStale = true;
    }
  }

  async #readActive(): Promise<Waiting[]> {
    return this.#database.query<Waiting>(
      `select test.document, specification.document as specification
       from resource as test
       join resource as specification on specification.kind = 'serviceTestSpecification'
         and specification.id = test.document #>> '{testSpecification,id}'
       where test.kind = 'serviceTest'
         and (test.document @> '{"state": "acknowledged"}' or test.document @> '{"state": "inProgress"}')
       order by test.position limit 100`,
    );
  }
}

/** A specification without a procedure that is known here is some other system's. */
function procedureOf(specification: ResourceDocument): Procedure | undefined {
  const characteristic = listAt(specification, 'specCharacteristic').find(({ name }) => name === 'procedure');
  const named = textAt(listAt(characteristic, 'characteristicValueSpecification')[0], 'value');
  return procedures.find((procedure) => procedure === named);
}
