/** What T-Server answers when it refuses: codes and words of T-Library. */
export const REFUSALS = {
  sameState: [43, 'Object is already in requested state'],
  unsupported: [51, 'Unsupported operation'],
  badValue: [53, 'Invalid attribute value'],
  noCall: [56, 'Invalid ConnectionID'],
  noLine: [59, 'DN is not configured in CME'],
  calledDn: [71, 'Invalid Called Dn'],
  conference: [96, 'Cannot Complete Conference'],
  transfer: [98, 'Cannot Complete Transfer'],
  wrongState: [185, 'Set is in wrong state for invocation'],
  loggedOut: [187, 'No NRDY/RDY while ACD set is logged out'],
  busy: [231, 'DN is busy'],
  noAnswer: [232, 'No answer at DN'],
  destination: [415, 'Invalid Destination DN'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;
export type Refusal = keyof typeof REFUSALS;

export class SwitchError extends Error {
  readonly code: number;

  constructor(refusal: Refusal) {
    const [code, message] = REFUSALS[refusal];
    super(message);
    this.name = 'SwitchError';
    this.code = code;
  }
}
