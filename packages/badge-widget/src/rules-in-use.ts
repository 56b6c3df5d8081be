import { JioAssistError, toJioAssistError, type JioAssistClient } from '@jioassist/core-sdk';
import { BadgeBoard } from './badge-board.js';
import type { Runner } from './rule-runner.js';

/** Rules are asked for again when they are older than this, in milliseconds. */
const FRESH_FOR = 10 * 60_000;

/** The rules of the gateway, asked for again now and then. When new ones cannot be used, the last good ones stay. */
export class RulesInUse {
  readonly #client: JioAssistClient;
  readonly #readRules: (source: string) => Runner;
  #board: BadgeBoard | undefined;
  #source = '';
  #readAt = -Infinity;
  #reading: Promise<void> | undefined;

  /** @param read reads the text of a rule set; given, so that the code of it comes beside this one's and not after. */
  constructor(client: JioAssistClient, read: (source: string) => Runner) {
    this.#client = client;
    this.#readRules = read;
  }

  /** @throws what kept the rules from being read, as long as there were never any. */
  async board(now = Date.now()): Promise<BadgeBoard> {
    if (now - this.#readAt >= FRESH_FOR) {
      this.#reading ??= this.#read(now).finally(() => (this.#reading = undefined));
      await this.#reading.catch((error: unknown) => {
        this.#keepOn(error, now);
      });
    }
    if (!this.#board) throw new Error('There are no rules.');
    return this.#board;
  }

  #keepOn(error: unknown, now: number): void {
    if (!this.#board) throw error;
    this.#readAt = now;
    this.#client.errors.report(
      toJioAssistError(
        error,
        'api/unexpected-shape',
        'The new badge rules cannot be used; the last ones stay.',
      ),
    );
  }

  async #read(now: number): Promise<void> {
    const source = JSON.stringify(await this.#client.api.badge.ruleSet());
    if (source !== this.#source) this.#use(this.#readRules(source));
    this.#source = source;
    this.#readAt = now;
  }

  #use(runner: Runner): void {
    for (const { path, rule = '', message } of runner.problems) {
      this.#client.errors.report(
        new JioAssistError('api/unexpected-shape', `A badge rule is left out: ${message}`, { rule, path }),
      );
    }
    if (this.#board) this.#board.use(runner);
    else this.#board = new BadgeBoard(runner);
  }
}
