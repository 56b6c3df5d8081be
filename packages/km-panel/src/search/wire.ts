import { ByteReader, ByteWriter, unzip, zip } from './bytes.ts';
import type { Collection, Settings } from './collection.ts';
import type { Metadata } from './documents.ts';
import { SearchError } from './errors.ts';
import { packPostings, unpackPostings } from './postings-wire.ts';
import type { Postings, Stems } from './postings.ts';
import { Texts } from './texts.ts';

export interface Unpacked {
  settings: Settings;
  collection: Collection;
  stems: Stems;
  texts: Texts | undefined;
  /** Counted already, in a cache. */
  postings: Postings | undefined;
}

// "JKM", the version of the format, whether the core is gzipped; then the length of the core, the core and the
// texts, which always are.
const MAGIC = [0x4a, 0x4b, 0x4d];
const VERSION = 3;
const HEADER = 9;
const GZIPPED = 1;

/**
 * The bytes hold documents as word numbers. Words are numbered by frequency on the wire, so that most numbers take one
 * byte, and there are no postings: counting those again is quicker than inflating them. In a cache all is as in memory,
 * with the postings.
 */
export async function pack(
  settings: Settings,
  { collection, stems, postings }: Omit<Unpacked, 'settings' | 'texts'>,
  texts: Texts | undefined,
  compress: boolean,
): Promise<Uint8Array> {
  const writer = new ByteWriter();
  writer.text(JSON.stringify({ ...settings, metadata: collection.metadata.map(writeMetadata) }));
  writer.text(collection.words.join('\n'));
  writer.text(stems.terms.join('\n'));
  writer.numbers(stems.termOfWord);
  if (compress) writeTokens(writer, collection);
  else writer.bytes(new Uint8Array(collection.tokens.slice().buffer));
  writer.numbers(differences(collection.fieldEnds));
  if (!compress && postings) packPostings(writer, postings);
  const core = compress ? await zip(writer.finish()) : writer.finish();
  const packedTexts = texts ? await zip((await texts.joined()) as Uint8Array<ArrayBuffer>) : new Uint8Array();
  const bytes = new Uint8Array(HEADER + core.length + packedTexts.length);
  bytes.set([...MAGIC, VERSION, compress ? GZIPPED : 0]);
  new DataView(bytes.buffer).setUint32(5, core.length);
  bytes.set(core, HEADER);
  bytes.set(packedTexts, HEADER + core.length);
  return bytes;
}

function writeTokens(writer: ByteWriter, { tokens, words }: Collection): void {
  const counts = new Uint32Array(words.length);
  for (const token of tokens) counts[token]! += 1;
  const byFrequency = Uint32Array.from(words.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const rankOf = new Uint32Array(words.length);
  byFrequency.forEach((word, rank) => (rankOf[word] = rank));
  writer.numbers(byFrequency);
  writer.numbers(tokens.map((word) => rankOf[word]!));
}

function differences(sorted: Uint32Array): Uint32Array {
  return sorted.map((value, at) => value - (sorted[at - 1] ?? 0));
}

/** @throws SearchError `search/corrupt-index`, `search/index-version` */
export async function unpack(bytes: Uint8Array): Promise<Unpacked> {
  if (MAGIC.some((byte, at) => bytes[at] !== byte) || bytes.length < HEADER) throw corrupt();
  if (bytes[3] !== VERSION) {
    const details = { found: bytes[3] ?? 0, expected: VERSION };
    throw new SearchError('search/index-version', 'The index was written by another version.', details);
  }
  try {
    return await read(bytes);
  } catch (cause) {
    throw corrupt(cause);
  }
}

function corrupt(cause?: unknown): SearchError {
  return new SearchError(
    'search/corrupt-index',
    'bytes is not an index, or was damaged.',
    { argument: 'bytes' },
    cause,
  );
}

async function read(bytes: Uint8Array): Promise<Unpacked> {
  const coreLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(5);
  const core = bytes.subarray(HEADER, HEADER + coreLength);
  const isZipped = bytes[4] === GZIPPED;
  const reader = new ByteReader(isZipped ? await unzip(core) : core);
  const { metadata, ...settings } = JSON.parse(reader.text()) as Settings & { metadata: WireMetadata[] };
  const words = reader.text().split('\n');
  const stems: Stems = { terms: reader.text().split('\n'), termOfWord: reader.numbers() };
  const tokens = isZipped ? readTokens(reader, words.length) : readPlainTokens(reader, words.length);
  const fieldEnds = sums(reader.numbers());
  const collection = { words, tokens, fieldEnds, metadata: metadata.map(readMetadata), texts: undefined };
  check(settings, collection, stems);
  const texts = settings.keepTexts ? Texts.packed(bytes.subarray(HEADER + coreLength)) : undefined;
  const postings = isZipped ? undefined : unpackPostings(reader, collection, stems);
  return { settings, collection, stems, texts, postings };
}

function readTokens(reader: ByteReader, wordCount: number): Uint32Array {
  const byFrequency = reader.numbers();
  if (byFrequency.length !== wordCount || !byFrequency.every((word) => word < wordCount)) {
    throw new RangeError('the words do not fit');
  }
  const tokens = reader.numbers();
  for (let at = 0; at < tokens.length; at++) {
    const word = byFrequency[tokens[at]!];
    if (word === undefined) throw new RangeError('a word is out of range');
    tokens[at] = word;
  }
  return tokens;
}

// Little-endian, as all machines we run on are; a copy, because numbers must begin at a multiple of four bytes.
function readPlainTokens(reader: ByteReader, wordCount: number): Uint32Array {
  const tokens = new Uint32Array(reader.bytes().slice().buffer);
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]! >= wordCount) throw new RangeError('a word is out of range');
  }
  return tokens;
}

function sums(differences: Uint32Array): Uint32Array {
  let sum = 0;
  return differences.map((value) => (sum += value));
}

/** Numbers that point outside would be read as nothing, far from here: refuse them now. */
function check({ fields }: Settings, { words, tokens, fieldEnds, metadata }: Collection, stems: Stems): void {
  const isWhole =
    fieldEnds.length === metadata.length * fields.length &&
    (fieldEnds.at(-1) ?? 0) === tokens.length &&
    stems.termOfWord.length === words.length &&
    stems.termOfWord.every((term) => term < stems.terms.length);
  if (!isWhole) throw new RangeError('the parts do not fit together');
}

// Facets as pairs: a facet may be called `__proto__`. Null is an open end.
type WireMetadata = [
  id: string | number,
  facets: [string, string[]][],
  from: number | null,
  until: number | null,
  stored: Record<string, unknown>,
];

function writeMetadata({ id, facets, validFrom, validUntil, stored }: Metadata): unknown[] {
  return [
    id,
    [...facets],
    Number.isFinite(validFrom) ? validFrom : null,
    Number.isFinite(validUntil) ? validUntil : null,
    stored,
  ];
}

function readMetadata([id, facets, from, until, stored]: WireMetadata): Metadata {
  return { id, facets: new Map(facets), validFrom: from ?? -Infinity, validUntil: until ?? Infinity, stored };
}
