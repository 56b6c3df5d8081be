import type { Command, CommandRequest } from '@jioassist/core-sdk';
import type { Act, Article, Channel } from './knowledge.js';

const USE = '/knowledgeUse';
const MESSAGE = '/knowledgeMessage';
const GAP = '/knowledgeGap';

/** One customer on the screen of one page. */
export interface Contact {
  readonly id: string;
  readonly customerId: string | null;
}

interface UseDetails {
  readonly ticketId?: string;
  readonly reason?: string;
  readonly query?: string;
}

/** What a contact's commands are sent in: one after the other, so that an interaction is opened once. */
const laneOf = ({ id }: Contact): string => `knowledge ${id}`;

export function useRequest(
  contact: Contact,
  kind: Exclude<Act['kind'], 'sent' | 'nothingFitting'>,
  { documentId }: Pick<Article, 'documentId'>,
  details: UseDetails = {},
): CommandRequest {
  return post(USE, contact, { kind, documentId, contact: contact.id, ...details, ...customerOf(contact) });
}

export function messageRequest(
  contact: Contact,
  { documentId }: Pick<Article, 'documentId'>,
  channel: Channel,
  language: string | undefined,
): CommandRequest {
  const body = { documentId, channel, contact: contact.id, ...customerOf(contact) };
  return post(MESSAGE, contact, language === undefined ? body : { ...body, language });
}

export function gapRequest(contact: Contact, gap: Readonly<Record<string, unknown>>): CommandRequest {
  return post(GAP, contact, { ...gap, contact: contact.id });
}

const post = (path: string, contact: Contact, body: object): CommandRequest => ({
  api: 'jioassist',
  method: 'POST',
  path,
  body,
  lane: laneOf(contact),
});

const customerOf = ({ customerId }: Contact): { customerId?: string } =>
  customerId === null ? {} : { customerId };

/** What became of a contact's acts, oldest first. */
export function actsOf(commands: readonly Command[], contact: Contact): Act[] {
  return commands.filter(({ request }) => request.lane === laneOf(contact)).flatMap(toAct);
}

function toAct({ id, request, outcome }: Command): Act[] {
  const body = (request.body ?? {}) as { kind?: string; documentId?: string };
  const kind = request.path === MESSAGE ? 'sent' : request.path === GAP ? 'nothingFitting' : body.kind;
  if (!isKind(kind)) return [];
  const status =
    outcome.status === 'done' || outcome.status === 'pending' ? outcome.status : ('failed' as const);
  const reason = 'reason' in outcome ? outcome.reason : '';
  return [{ id, kind, documentId: body.documentId ?? '', status, reason }];
}

const KINDS: readonly Act['kind'][] = ['read', 'attached', 'helped', 'didNotHelp', 'sent', 'nothingFitting'];

const isKind = (kind: string | undefined): kind is Act['kind'] => KINDS.some((each) => each === kind);
