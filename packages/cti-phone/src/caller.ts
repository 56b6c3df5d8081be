import { toE164, type CustomerMatch, type JioAssistClient } from '@jioassist/core-sdk';
import type { Call } from './model/index.ts';

/** Keys of attached data that name a customer or an account, compared without case and separators. */
const CUSTOMER_KEYS = ['customerid', 'customer', 'custid', 'crmid'];
const ACCOUNT_KEYS = ['accountid', 'accountnumber', 'account'];
const REASON_KEYS = ['reason', 'callreason', 'intent', 'topic'];

/** Who is on the line, as far as it is known. */
export type Who =
  | { readonly status: 'looking' }
  | { readonly status: 'found'; readonly customerId: string; readonly name: string }
  | { readonly status: 'several'; readonly matches: readonly CustomerMatch[] }
  | { readonly status: 'none' }
  | { readonly status: 'failed' };

/** Why the caller calls, as the contact centre knows it. */
export const reasonOf = (call: Call): string | undefined => attached(call, REASON_KEYS);

/**
 * Finds out who is on the line: what the contact centre attached to the call first, then the number.
 *
 * @throws JioAssistError when it cannot be looked up now.
 */
export async function identify(client: JioAssistClient, call: Call): Promise<Who> {
  const customerId = attached(call, CUSTOMER_KEYS);
  if (customerId !== undefined) {
    const known = await retrieve(client, customerId);
    if (known) return known;
  }
  const accountId = attached(call, ACCOUNT_KEYS);
  const byAccount =
    accountId === undefined || /[\s,;]/.test(accountId) ? NOBODY : await find(client, { accountId });
  if (byAccount.status !== 'none') return byAccount;
  return call.number === undefined || toE164(call.number) === undefined
    ? NOBODY
    : find(client, { msisdn: call.number });
}

/** Who fits what an agent typed: a number, an e-mail address, or the id of an account or a customer. */
export async function searchFor(client: JioAssistClient, text: string): Promise<Who> {
  if (text.includes('@')) return find(client, { email: text });
  if (toE164(text) !== undefined) return find(client, { msisdn: text });
  if (/[\s,;]/.test(text)) return NOBODY;
  const byAccount = await find(client, { accountId: text });
  return byAccount.status === 'none' ? ((await retrieve(client, text)) ?? NOBODY) : byAccount;
}

const NOBODY: Who = { status: 'none' };

async function retrieve(client: JioAssistClient, id: string): Promise<Who | undefined> {
  try {
    const { name } = await client.api.customer.retrieve(id);
    return { status: 'found', customerId: id, name };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'customer/not-found') return undefined;
    throw error;
  }
}

async function find(
  client: JioAssistClient,
  key: Parameters<JioAssistClient['customer']['find']>[0],
): Promise<Who> {
  const matches = await client.customer.find(key);
  const [match] = matches;
  if (!match) return NOBODY;
  if (matches.length > 1) return { status: 'several', matches };
  return { status: 'found', customerId: match.customerId, name: match.name };
}

function attached({ attachedData }: Call, keys: readonly string[]): string | undefined {
  const found = Object.entries(attachedData).find(([key]) =>
    keys.includes(key.replace(/[^a-z]/gi, '').toLowerCase()),
  );
  return found?.[1];
}
