import type { ByteReader, ByteWriter } from './bytes.ts';
import type { Collection } from './collection.ts';
import { SCORE_BITS, type Postings, type Stems } from './postings.ts';

const INTEGERS = ['starts', 'entries', 'lengths', 'wordCounts'] as const;
const FLOATS = ['idf', 'passageIdf'] as const;

/** Postings as they are in memory, for a cache on the same machine. */
export function packPostings(writer: ByteWriter, postings: Postings): void {
  const { averagePassage, averageLength } = postings;
  for (const name of [...INTEGERS, ...FLOATS]) writer.bytes(new Uint8Array(postings[name].slice().buffer));
  writer.bytes(new Uint8Array(Float64Array.of(averagePassage, averageLength).buffer));
}

/** Throws a RangeError for postings that point outside: a search would lose its way in them. */
export function unpackPostings(
  reader: ByteReader,
  { metadata, words }: Collection,
  { terms }: Stems,
): Postings {
  // A copy, because numbers must begin at a multiple of their size.
  const [starts, entries, lengths, wordCounts] = INTEGERS.map(
    () => new Uint32Array(reader.bytes().slice().buffer),
  ) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const [idf, passageIdf] = FLOATS.map(() => new Float32Array(reader.bytes().slice().buffer)) as [
    Float32Array,
    Float32Array,
  ];
  const [averagePassage = NaN, averageLength = NaN] = new Float64Array(reader.bytes().slice().buffer);
  const fits =
    starts.length === terms.length + 1 &&
    idf.length === terms.length &&
    passageIdf.length === terms.length &&
    lengths.length === metadata.length &&
    wordCounts.length === words.length &&
    areInside(starts, entries, metadata.length);
  if (!fits) throw new RangeError('the postings do not fit');
  return { starts, entries, lengths, wordCounts, idf, passageIdf, averagePassage, averageLength };
}

function areInside(starts: Uint32Array, entries: Uint32Array, documents: number): boolean {
  for (let at = 1; at < starts.length; at++) if (starts[at]! < starts[at - 1]!) return false;
  for (const entry of entries) if (entry >>> SCORE_BITS >= documents) return false;
  return starts.at(-1) === entries.length;
}
