/** What an entry of the CDN build may weigh. */
export interface SizeLimit {
  entry: string;
  /** Other entries that are counted with it, each file once. */
  with?: string[];
  /** Counts only what comes on top of this other entry's files. */
  over?: string;
  /** Bytes after `gzip -9`. */
  gzip: number;
}

/** One limit for each entry: the tests fail when one is passed, or when an entry has none. */
export const sizeLimits: SizeLimit[] = [
  { entry: 'jioassist', gzip: 3_072 },
  { entry: 'jio-assist', gzip: 28_672 },
  // OpenID Connect and DPoP, whichever way an agent signs in.
  { entry: 'oidc-session', with: ['oidc-popup', 'oidc-redirect'], over: 'jio-assist', gzip: 10_240 },
  { entry: 'jio-doctor', over: 'jio-assist', gzip: 5_120 },
  { entry: 'jio-badges', over: 'jio-assist', gzip: 6_144 },
  { entry: 'jio-badge', over: 'jio-assist', gzip: 6_144 },
  // What runs the rules of badges, loaded with the first customer.
  { entry: 'rule-runner', over: 'jio-badges', gzip: 27_648 },
  // The article search in its worker: a thread of its own, with nothing of the elements.
  { entry: 'search-worker', gzip: 20_480 },
  // Without the telephone systems, which are loaded by name.
  { entry: 'jio-cti-phone', over: 'jio-assist', gzip: 14_336 },
  { entry: 'jio-diagnostics', over: 'jio-assist', gzip: 8_192 },
];
