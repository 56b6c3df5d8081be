import { fileURLToPath } from 'node:url';
import { runCommand } from '../../tools/lib/command.ts';
import { median } from './result.ts';

export interface Load {
  url: string;
  /** Asked for in turn. */
  paths: string[];
  token?: string;
  /** With it the requests are POSTs. */
  body?: unknown;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  /** Answers a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Requests that were not answered with a success. */
  refused: number;
}

const program = fileURLToPath(new URL('load-process.ts', import.meta.url));

/** Asks as fast as the answers come; fails when any of them is not a success. */
export async function makeLoad(load: Load): Promise<LoadResult> {
  const { output, code } = await runCommand('node', [program, JSON.stringify(load)]);
  if (code !== 0) throw new Error(`the load generator failed\n${output}`);
  const result = JSON.parse(output) as LoadResult;
  if (result.refused > 0) throw new Error(`${result.refused} requests to ${load.url} were not answered well`);
  return result;
}

/** The medians of several rounds. */
export function medianOf(results: readonly LoadResult[]): LoadResult {
  const of = (part: keyof LoadResult) => median(results.map((result) => result[part]));
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), refused: of('refused') };
}
