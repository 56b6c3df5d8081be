import * as v from 'valibot';
import type { ApiName } from '../config.js';
import type { ErrorCode } from '../errors.js';

/**
 * A change to make.
 *
 * @group Commands
 */
export interface CommandRequest {
  /** The API to call, by TM Forum number. */
  readonly api: ApiName;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** The path below the API's base URL, for example `/troubleTicket`. */
  readonly path: string;
  readonly body?: unknown;
  /** The revision the change was made on (`ETag`); another one on the gateway makes it a conflict. */
  readonly ifMatch?: string;
  /** What is changed for whom: commands of one lane are sent one after the other, in their order. */
  readonly lane: string;
}

/**
 * How far a command has come.
 *
 * @group Commands
 */
export type CommandOutcome =
  /** Written down, not yet answered. */
  | { readonly status: 'pending'; readonly attempts: number }
  | { readonly status: 'done'; readonly httpStatus: number; readonly location?: string }
  /** Somebody else changed the same thing first (409, 412). */
  | { readonly status: 'conflict'; readonly httpStatus: number; readonly reason: string }
  /** The gateway does not accept it (4xx). */
  | { readonly status: 'refused'; readonly httpStatus: number; readonly reason: string };

/**
 * A command as it is kept: the request with what the agent wrote, and its outcome. It stays until it is dismissed.
 *
 * @group Commands
 */
export interface Command {
  readonly id: string;
  /** Grows with every command of the agent, over all tabs. */
  readonly sequence: number;
  readonly request: CommandRequest;
  readonly outcome: CommandOutcome;
  /** Why the last try did not get an answer, while pending. */
  readonly waitingFor?: ErrorCode;
}

const RecordSchema = v.object({
  id: v.string(),
  sequence: v.number(),
  request: v.object({ path: v.string(), lane: v.string() }),
  outcome: v.object({ status: v.string() }),
});

/** Whether a stored value is a command. Nobody else can write one: what is in the vault is sealed. */
export function isCommand(value: unknown): value is Command {
  return v.safeParse(RecordSchema, value).success;
}
