import * as v from '../api/valibot.js';
import { API_NAMES, type ApiName } from '../config.js';
import { JioAssistError, type ErrorCode } from '../errors.js';

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
  /** A list with PATCH is a JSON Patch (RFC 6902), an object a merge patch (RFC 7396). */
  readonly body?: unknown;
  /**
   * The id of the command that makes what this one changes, for a path that ends where that is to be found. It may still
   * wait: this one is sent after it, in the same lane, with the resource's id put behind the path.
   */
  readonly of?: string;
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
  /** Kept for a day after `answeredAt`, in epoch milliseconds. */
  | {
      readonly status: 'done';
      readonly httpStatus: number;
      readonly answeredAt: number;
      readonly location?: string;
    }
  /** Somebody else changed the same thing first (409, 412). */
  | { readonly status: 'conflict'; readonly httpStatus: number; readonly reason: string }
  /** The gateway does not accept it (4xx). */
  | { readonly status: 'refused'; readonly httpStatus: number; readonly reason: string };

/**
 * A command as it is kept: the request with what the agent wrote, and its outcome. One that was not done stays until it is
 * dismissed.
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

/** A path stays below its API, and a token with it. */
const PATH = /^(?:\/(?!\.\.?(?:\/|$))[\w.~!$&'()*+,;=:@%-]+)+(?:\?[\w.~!$&'()*+,;=:@%/?-]*)?$/;

const CHECKS: readonly [field: keyof CommandRequest, rule: string, fits: (value: unknown) => boolean][] = [
  ['api', 'one of the APIs', (value) => API_NAMES.includes(value as ApiName)],
  ['method', 'POST, PATCH or DELETE', (value) => ['POST', 'PATCH', 'DELETE'].includes(value as string)],
  ['path', 'a path below the API', (value) => typeof value === 'string' && PATH.test(value)],
  [
    'of',
    'the id of a command',
    (value) => value === undefined || (typeof value === 'string' && value !== ''),
  ],
  ['lane', 'a text', (value) => typeof value === 'string' && value !== ''],
  [
    'ifMatch',
    'an entity tag',
    (value) => value === undefined || (typeof value === 'string' && /^[\x20-\x7e]+$/.test(value)),
  ],
];

/** @throws JioAssistError `config/invalid-argument` naming the field that is wrong. */
export function checkRequest(request: unknown): void {
  const given = (request ?? {}) as Partial<Record<keyof CommandRequest, unknown>>;
  for (const [field, rule, fits] of CHECKS) {
    if (fits(given[field])) continue;
    const message = `commands.submit: ${field} must be ${rule}.`;
    throw new JioAssistError('config/invalid-argument', message, { argument: field });
  }
}
