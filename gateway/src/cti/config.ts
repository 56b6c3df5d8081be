import * as v from 'valibot';

export type EngageConfig =
  | { readonly kind: 'off' }
  /** A simulator in this process, on this port or the next free one. */
  | { readonly kind: 'simulated'; readonly port: number }
  /** Where Genesys Engage answers: the part before `/workspace/v3` and `/api/v2`. */
  | { readonly kind: 'real'; readonly url: string };

const address = v.pipe(
  v.string(),
  v.check(
    (value) => ['off', 'simulated'].includes(value) || isBase(value),
    'is off, simulated, or an https URL of Genesys Engage without query (http on this machine only)',
  ),
  v.transform((value) => value.replace(/\/+$/, '')),
);

export const engageEnvironment = {
  JIOASSIST_ENGAGE: v.optional(address),
  JIOASSIST_ENGAGE_PORT: v.optional(
    v.pipe(v.string(), v.regex(/^\d+$/, 'is a port number'), v.transform(Number), v.maxValue(65_535)),
    '4310',
  ),
};

function isBase(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(value);
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  const isPlain = username === '' && password === '' && search === '' && hash === '';
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && isHere));
}

/** Where nothing is said, a gateway for this machine only has the simulator, and any other has nothing. */
export function readEngageConfig(
  values: { JIOASSIST_ENGAGE?: string | undefined; JIOASSIST_ENGAGE_PORT: number },
  isForThisMachine: boolean,
): EngageConfig {
  const kind = values.JIOASSIST_ENGAGE ?? (isForThisMachine ? 'simulated' : 'off');
  if (kind === 'off') return { kind };
  return kind === 'simulated' ? { kind, port: values.JIOASSIST_ENGAGE_PORT } : { kind: 'real', url: kind };
}
