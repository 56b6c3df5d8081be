/** A message of the Bayeux protocol 1.0, as far as a server looks into it. */
export interface BayeuxMessage {
  readonly channel: string;
  readonly id?: string;
  readonly clientId?: string;
  readonly subscription?: string | readonly string[];
  readonly ext?: { readonly ack?: unknown };
  readonly [attribute: string]: unknown;
}

const MOST_MESSAGES = 64;

/** The messages of a request body: one, or a list. Undefined when it is neither. */
export function readMessages(body: unknown): BayeuxMessage[] | undefined {
  const given: readonly unknown[] = Array.isArray(body) ? body : [body];
  const isReadable = given.length > 0 && given.length <= MOST_MESSAGES && given.every(isMessage);
  return isReadable ? (given as BayeuxMessage[]) : undefined;
}

function isMessage(value: unknown): value is BayeuxMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { channel, clientId } = value as Record<string, unknown>;
  return typeof channel === 'string' && (clientId === undefined || typeof clientId === 'string');
}

export function subscriptionsIn({ subscription }: BayeuxMessage): string[] {
  const given: readonly unknown[] = Array.isArray(subscription) ? subscription : [subscription];
  return given.filter((channel): channel is string => typeof channel === 'string');
}
