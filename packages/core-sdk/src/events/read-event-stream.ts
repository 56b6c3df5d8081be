import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { JioAssistError } from '../errors.js';

/** The gateway sends a heart-beat every 5 s; after this much silence the connection is dead, whatever it says. */
const SILENCE_LIMIT = 16_000;

/** No message of the gateway comes near this; a stream that never ends a line would fill the memory. */
const LONGEST_MESSAGE = 1_000_000;

/** Who hears what comes over a stream. */
export interface StreamReader {
  readonly onMessage: (message: EventSourceMessage) => void;
  /** Something came, whatever it was. */
  readonly onSign: () => void;
  /** The gateway says how long to stay away after this stream, in milliseconds. */
  readonly onRetry: (milliseconds: number) => void;
}

/** Reads messages until the stream ends (resolves), breaks, falls silent or is aborted (rejects). */
export async function readEventStream(
  response: Response,
  signal: AbortSignal,
  { onMessage, onSign, onRetry }: StreamReader,
): Promise<void> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
    throw new JioAssistError('api/unexpected-shape', 'The gateway answered /events with something else.');
  }
  const parser = createParser({ onEvent: onMessage, onRetry, maxBufferSize: LONGEST_MESSAGE });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      const { done, value } = await beforeSilence(reader.read());
      if (done) break;
      onSign();
      parser.feed(value);
    }
  } catch (cause) {
    stop();
    throw cause instanceof JioAssistError
      ? cause
      : new JioAssistError('network/unreachable', 'The live stream broke off.', {}, cause);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function beforeSilence<T>(read: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new JioAssistError('network/timeout', 'The live stream fell silent.', { timeout: SILENCE_LIMIT }),
      );
    }, SILENCE_LIMIT);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
