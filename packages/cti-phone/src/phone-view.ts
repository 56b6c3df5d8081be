import type { CtiCapabilities, PhoneSnapshot } from './model/index.ts';

/** Whether this tab has the telephone, shows that of another tab, or does not know yet. */
export type PhoneRole = 'joining' | 'leader' | 'mirror';

/** The telephone as a tab sees it. */
export interface PhoneView {
  readonly role: PhoneRole;
  readonly snapshot: PhoneSnapshot;
  readonly capabilities: CtiCapabilities | undefined;
  /** Why the code of the telephone system could not be loaded. */
  readonly problem: unknown;
}

/** Before there is a telephone. */
export const NO_PHONE: PhoneView = {
  role: 'joining',
  snapshot: {
    connection: { state: 'offline' },
    agent: { state: 'loggedOut', since: 0 },
    calls: [],
    pending: [],
  },
  capabilities: undefined,
  problem: undefined,
};
