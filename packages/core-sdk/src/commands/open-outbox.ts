import type { CommandsOptions } from './commands.js';
import { Outbox } from './outbox.js';
import { sendChange } from './send-change.js';

/** The outbox of an agent at a gateway; what sends is loaded with it. */
export function openOutbox(agentId: string, { config, requests, errors }: CommandsOptions): Outbox {
  return new Outbox(
    `jioassist ${config.gateway} ${agentId}`,
    (command, signal) => sendChange(config, requests, command, { signal }),
    (error) => {
      errors.report(error);
    },
  );
}
