import * as v from 'valibot';
import type { ClaimNames } from './token-verifier.ts';

/** An issuer of access tokens outside; the embedded OpenID provider is off then. */
export interface ExternalIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Where its keys are; without it, its discovery document says. */
  readonly jwksUrl?: string;
  readonly algorithms: readonly string[];
  readonly clockTolerance: number;
  readonly claims: ClaimNames;
}

/** An issuer whose tokens the embedded provider takes in exchange for its own. */
export interface ExchangeIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Our client that may bring these tokens. */
  readonly clientId: string;
  /** The claim that holds the id of an agent of ours. */
  readonly agentClaim: string;
  readonly jwksUri?: string | undefined;
  readonly jwks?: { readonly keys: readonly Record<string, unknown>[] } | undefined;
}

export interface AuthConfig {
  readonly externalIssuer?: ExternalIssuer;
  readonly exchangeIssuers: readonly ExchangeIssuer[];
  /** Whether every DPoP proof needs a nonce of the server. */
  readonly dpopNonceRequired: boolean;
  /** Requests an agent may make, per second and at once; a rate of 0 is no limit. */
  readonly rateLimit: number;
  readonly rateBurst: number;
  /** Event streams an agent may have open in one process; 0 is no limit. */
  readonly streamsPerAgent: number;
}

export const ASYMMETRIC_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Keys fetched over a connection that anybody can change would be anybody's keys. */
const safeUrl = v.pipe(
  v.string(),
  v.check((value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, hostname } = new URL(value);
    return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
  }, 'is an https URL (http only on this machine)'),
);
const claimName = v.pipe(v.string(), v.minLength(1));
const count = (high: number) =>
  v.pipe(v.string(), v.regex(/^\d+$/, 'is a whole number'), v.transform(Number), v.maxValue(high));
const algorithms = v.pipe(
  v.string(),
  v.transform((list) => list.split(',').map((entry) => entry.trim())),
  v.array(v.picklist(ASYMMETRIC_ALGORITHMS)),
);
const exchangeIssuer = v.pipe(
  v.strictObject({
    issuer: safeUrl,
    audience: v.pipe(v.string(), v.minLength(1)),
    clientId: v.optional(v.string(), 'crm'),
    agentClaim: v.optional(claimName, 'sub'),
    jwksUri: v.optional(safeUrl),
    jwks: v.optional(v.object({ keys: v.array(v.record(v.string(), v.unknown())) })),
  }),
  v.check(
    ({ jwks, jwksUri }) => (jwks === undefined) !== (jwksUri === undefined),
    'has either jwks or jwksUri',
  ),
);
const exchangeIssuers = v.pipe(
  v.string(),
  v.check(isJson, 'is JSON'),
  v.transform((text): unknown => JSON.parse(text)),
  v.array(exchangeIssuer),
);

/** The environment variables about who may do what. */
export const authEnvironment = {
  JIOASSIST_ISSUER: v.optional(safeUrl),
  JIOASSIST_AUDIENCE: v.optional(v.string()),
  JIOASSIST_JWKS_URL: v.optional(safeUrl),
  JIOASSIST_TOKEN_ALGORITHMS: v.optional(algorithms, 'RS256,PS256,ES256,EdDSA'),
  JIOASSIST_CLOCK_TOLERANCE: v.optional(count(300), '5'),
  JIOASSIST_CLAIM_AGENT: v.optional(claimName, 'sub'),
  JIOASSIST_CLAIM_NAME: v.optional(claimName, 'name'),
  JIOASSIST_CLAIM_ROLES: v.optional(claimName, 'roles'),
  JIOASSIST_CLAIM_CIRCLES: v.optional(claimName, 'circles'),
  JIOASSIST_EXCHANGE_ISSUERS: v.optional(exchangeIssuers, '[]'),
  JIOASSIST_DPOP_NONCE: v.optional(v.picklist(['optional', 'required']), 'optional'),
  JIOASSIST_RATE_LIMIT: v.optional(count(100_000), '50'),
  JIOASSIST_RATE_BURST: v.optional(count(1_000_000), '200'),
  JIOASSIST_STREAMS_PER_AGENT: v.optional(count(1_000_000), '20'),
};

type AuthValues = v.InferOutput<v.ObjectSchema<typeof authEnvironment, undefined>>;

export function readAuthConfig(values: AuthValues): AuthConfig {
  const externalIssuer = readExternalIssuer(values);
  return {
    ...(externalIssuer && { externalIssuer }),
    exchangeIssuers: values.JIOASSIST_EXCHANGE_ISSUERS,
    dpopNonceRequired: values.JIOASSIST_DPOP_NONCE === 'required',
    rateLimit: values.JIOASSIST_RATE_LIMIT,
    rateBurst: values.JIOASSIST_RATE_BURST,
    streamsPerAgent: values.JIOASSIST_STREAMS_PER_AGENT,
  };
}

function readExternalIssuer(values: AuthValues): ExternalIssuer | undefined {
  const { JIOASSIST_ISSUER: issuer, JIOASSIST_AUDIENCE: audience, JIOASSIST_JWKS_URL: jwksUrl } = values;
  if (issuer === undefined) {
    if (audience === undefined && jwksUrl === undefined) return undefined;
    throw new Error(
      'JIOASSIST_AUDIENCE and JIOASSIST_JWKS_URL belong to JIOASSIST_ISSUER, which is not set.',
    );
  }
  // Without an audience, a token the issuer made for any other system would open this one.
  if (audience === undefined) throw new Error('JIOASSIST_ISSUER needs JIOASSIST_AUDIENCE.');
  return {
    issuer,
    audience,
    ...(jwksUrl !== undefined && { jwksUrl }),
    algorithms: values.JIOASSIST_TOKEN_ALGORITHMS,
    clockTolerance: values.JIOASSIST_CLOCK_TOLERANCE,
    claims: {
      agent: values.JIOASSIST_CLAIM_AGENT,
      name: values.JIOASSIST_CLAIM_NAME,
      roles: values.JIOASSIST_CLAIM_ROLES,
      circles: values.JIOASSIST_CLAIM_CIRCLES,
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
