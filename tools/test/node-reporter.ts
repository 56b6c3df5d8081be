interface RunnerEvent {
  type: string;
  data: { file?: string; counts?: { passed: number; failed: number; cancelled: number } };
}

/** A reporter for `node --test`: one JSON object with what passed and failed, for the line that sums all. */
export default async function* countTests(source: AsyncIterable<RunnerEvent>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    // Each file has a summary of its own; the one without a file is the sum.
    if (type !== 'test:summary' || data.file !== undefined || !data.counts) continue;
    const { passed, failed, cancelled } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled });
  }
}
