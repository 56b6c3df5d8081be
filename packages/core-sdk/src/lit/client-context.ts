import { createContext } from '@lit/context';
import type { JioAssistClient } from '../client.js';
import type { JioAssistError } from '../errors.js';
import { PROTOCOL_MAJOR } from '../protocol.js';

/** What a provider offers: a client, the reason why there is none, or nothing yet. */
export type ClientSlot = JioAssistClient | JioAssistError | undefined;

/** Shared by all copies of the SDK on a page, because the key is in the global symbol registry. */
export const clientContext = createContext<ClientSlot>(Symbol.for(`@jioassist/client/${PROTOCOL_MAJOR}`));
