import { SearchClient } from '../search/index.js';

/** A search in a worker of the page, until it is closed. */
export interface WorkerSearch {
  readonly client: SearchClient;
  close(): void;
}

/** The policy that a host with Trusted Types names; the URL it lets pass is of our own file. */
const POLICY = 'jioassist-worker';
/** A worker whose script does not come in this time, in milliseconds, is none. */
const PATIENCE = 10_000;

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** Undefined where the page's policy refuses a worker, or the browser has none: then the gateway searches. */
export async function openWorker(
  url = new URL('./search-worker.js', import.meta.url),
): Promise<WorkerSearch | undefined> {
  let worker: Worker;
  try {
    worker = new Worker(trusted(addressOf(url)), { type: 'module', name: 'jioassist-search' });
  } catch {
    return undefined;
  }
  const client = new SearchClient(worker);
  const close = (): void => {
    client.fail();
    worker.terminate();
  };
  worker.addEventListener('error', (event) => {
    // It is dealt with here: the page's own handlers need not hear of it.
    event.preventDefault();
    close();
  });
  const timer = setTimeout(close, PATIENCE);
  try {
    await client.create([]);
    return { client, close };
  } catch {
    worker.terminate();
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** A worker must be of the page's own origin; one of another, such as a CDN, is imported by a line that is. */
function addressOf(url: URL): string {
  if (url.origin === location.origin) return url.href;
  const line = `import ${JSON.stringify(url.href)};`;
  return URL.createObjectURL(new Blob([line], { type: 'text/javascript' }));
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return address;
  policy ??= trustedTypes.createPolicy(POLICY, { createScriptURL: (text) => text });
  return policy.createScriptURL(address) as string;
}
