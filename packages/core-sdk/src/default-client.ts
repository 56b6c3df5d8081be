import { checkArgument, isObject } from './arguments.js';
import type { JioAssistClient } from './client.js';
import { State, type Observable } from './observable.js';
import { PROTOCOL_MAJOR } from './protocol.js';

type DefaultClient = State<JioAssistClient | undefined>;

const KEY = Symbol.for(`@jioassist/default-client/${PROTOCOL_MAJOR}`);

/**
 * Gives the page a client for elements outside any `<jio-assist>`, or takes it away with `undefined`. Elements
 * that are there already follow, whichever copy of the SDK they come from. The client stays the caller's to dispose.
 *
 * @example
 * setDefaultClient(createJioAssist({ gateway: 'https://assist.example', clientId: 'crm' }));
 * @group Client
 */
export function setDefaultClient(client: JioAssistClient | undefined): void {
  const fits = client === undefined || (isObject(client) && isObject(client['customer']));
  checkArgument(fits, 'setDefaultClient', 'client', 'must be a client or undefined');
  slot().set(client);
}

/**
 * The page's own client, for elements that no provider answers.
 *
 * @group Client
 */
export function defaultClient(): Observable<JioAssistClient | undefined> {
  return slot();
}

/** One for all copies of the SDK: made by the first that needs it, and the only thing we ever put on the page. */
function slot(): DefaultClient {
  const page = globalThis as { [KEY]?: DefaultClient };
  const known = page[KEY];
  if (known) return known;
  const made: DefaultClient = new State<JioAssistClient | undefined>(undefined);
  Object.defineProperty(page, KEY, { value: made });
  return made;
}
