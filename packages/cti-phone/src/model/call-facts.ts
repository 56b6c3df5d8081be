import {
  CALL_COMMANDS,
  CALL_DIRECTIONS,
  MEDIA_STATES,
  RECORDINGS,
  type CallCommandName,
  type CallFacts,
  type Participant,
} from './call.ts';

const LONGEST = { text: 256, value: 1_024, key: 128 };
const MOST = { keys: 64, participants: 50 };

/**
 * What a provider told of a call, as far as it can be used: unknown words are left out, texts are bounded and cannot change
 * the direction of what stands beside them.
 */
export function readFacts(given: Readonly<Record<string, unknown>>): Partial<CallFacts> {
  const facts = {
    direction: oneOf(CALL_DIRECTIONS, given.direction),
    number: text(given.number),
    name: text(given.name),
    dialled: text(given.dialled),
    queue: text(given.queue),
    consultOf: text(given.consultOf),
    attachedData: given.attachedData === undefined ? undefined : readAttachedData(given.attachedData),
    participants: Array.isArray(given.participants) ? readParticipants(given.participants) : undefined,
    capabilities: Array.isArray(given.capabilities) ? readCapabilities(given.capabilities) : undefined,
    muted: flag(given.muted),
    remoteHeld: flag(given.remoteHeld),
    recording: oneOf(RECORDINGS, given.recording),
    conference: flag(given.conference),
    media: oneOf(MEDIA_STATES, given.media),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/**
 * Attached data as texts by key, whatever shape it came in: an object, or the lists of `{key, type, value}` of Genesys, nested
 * lists as `outer.inner`.
 */
export function readAttachedData(given: unknown): Readonly<Record<string, string>> {
  const pairs = pairsOf(given, '', 0).slice(0, MOST.keys);
  return Object.freeze(Object.fromEntries(pairs));
}

function pairsOf(given: unknown, prefix: string, depth: number): [string, string][] {
  if (typeof given !== 'object' || given === null || depth > 3) return [];
  const entries: [unknown, unknown][] = Array.isArray(given)
    ? given.flatMap((pair: unknown) => (isPair(pair) ? [[pair.key, pair.value] as [unknown, unknown]] : []))
    : Object.entries(given);
  return entries.slice(0, MOST.keys).flatMap(([key, value]) => pair(prefix, key, value, depth));
}

function pair(prefix: string, key: unknown, value: unknown, depth: number): [string, string][] {
  const name = text(key, LONGEST.key);
  if (name === undefined || name === '__proto__') return [];
  const path = prefix === '' ? name : `${prefix}.${name}`;
  if (typeof value === 'object') return pairsOf(value, path, depth + 1);
  const known = text(
    typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
    LONGEST.value,
  );
  return known === undefined ? [] : [[path, known]];
}

const isPair = (value: unknown): value is { key: unknown; value: unknown } =>
  typeof value === 'object' && value !== null && 'key' in value && 'value' in value;

function readParticipants(given: readonly unknown[]): Participant[] {
  return given.slice(0, MOST.participants).flatMap((each) => {
    if (typeof each !== 'object' || each === null) return [];
    const { id, number, name, isSelf } = each as Record<string, unknown>;
    const known = { number: text(number), name: text(name), isSelf: flag(isSelf) };
    const key = text(id) ?? known.number;
    if (key === undefined) return [];
    const found = Object.entries(known).filter(([, value]) => value !== undefined);
    return [{ id: key, ...Object.fromEntries(found) }];
  });
}

/** Names that mean the same, in the spellings of the providers. */
const ALIASES: Readonly<Record<string, CallCommandName>> = {
  release: 'hangUp',
  hangup: 'hangUp',
  disconnect: 'hangUp',
  alternate: 'swap',
  swapcalls: 'swap',
  reconnect: 'returnToCaller',
  singlesteptransfer: 'transfer',
  initiatetransfer: 'consult',
  singlestepconference: 'conference',
  deletefromconference: 'removeParticipant',
  attachuserdata: 'attachData',
  complete: 'wrapUp',
  redirect: 'reject',
};
const COMMANDS = new Map(CALL_COMMANDS.map((name) => [name.toLowerCase(), name]));

/** `send-dtmf`, `SendDtmf` and `sendDtmf` are one; what is unknown is left out. */
export function readCapabilities(given: readonly unknown[]): CallCommandName[] {
  const names = given.flatMap((name) => {
    const plain = typeof name === 'string' ? name.replace(/[-_\s]/g, '').toLowerCase() : '';
    return COMMANDS.get(plain) ?? (Object.hasOwn(ALIASES, plain) ? ALIASES[plain] : undefined) ?? [];
  });
  return [...new Set(names)];
}

/** Control characters, and those that turn the direction of text around, have no place on a screen. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

function text(value: unknown, most = LONGEST.text): string | undefined {
  if (typeof value !== 'string') return undefined;
  const plain = value
    .slice(0, 2 * most)
    .replace(UNSEEN, '')
    .trim()
    .slice(0, most);
  return plain === '' ? undefined : plain;
}

const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value);
