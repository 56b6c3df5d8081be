import * as v from 'valibot';
import { authEnvironment, readAuthConfig, type AuthConfig } from './auth/config.ts';
import { engageEnvironment, readEngageConfig, type EngageConfig } from './cti/config.ts';
import { isTracingWanted } from './operations/tracing-wanted.ts';
import { hostOf, isHostName, isLoopback, isNetwork, LOOPBACK_HOSTS } from './hub/callback-policy.ts';

const port = v.pipe(
  v.string(),
  v.regex(/^\d+$/, 'is a port number'),
  v.transform(Number),
  v.maxValue(65_535),
);
const wholeNumber = (low: number, high: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d+$/, 'is a whole number'),
    v.transform(Number),
    v.minValue(low),
    v.maxValue(high),
  );
const origin = v.pipe(
  v.string(),
  v.check(
    (value) => URL.canParse(value) && new URL(value).origin === value,
    'is an origin such as https://crm.example',
  ),
);
const publicUrl = v.pipe(
  v.string(),
  v.check((value) => /^https?:\/\//.test(value) && URL.canParse(value), 'is an http or https URL'),
  v.transform((value) => value.replace(/\/+$/, '')),
  v.check(
    (value) => new URL(value).origin === value,
    'has no path: the gateway is served from the root of an origin',
  ),
);
const commaSeparated = v.pipe(
  v.string(),
  v.transform((list) =>
    list
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  ),
);
const callbackHost = v.pipe(
  v.string(),
  v.check(
    (value) => isNetwork(value) || isHostName(value),
    'is a list of host names, addresses or networks such as hooks.example, *.hooks.example, 10.1.0.0/16',
  ),
);
const metricsAddress = v.pipe(
  v.string(),
  v.check(
    (value) => value === 'off' || /^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}$/i.test(value),
    'is off, or an address such as 127.0.0.1:9464',
  ),
  v.transform((value) => (value === 'off' ? undefined : addressOf(value))),
);
const logLevel = v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

const environment = v.object({
  JIOASSIST_HOST: v.optional(v.string(), '127.0.0.1'),
  JIOASSIST_PORT: v.optional(port, '4300'),
  JIOASSIST_PUBLIC_URL: v.optional(publicUrl),
  JIOASSIST_DATA_DIR: v.optional(v.pipe(v.string(), v.minLength(1)), '.jioassist'),
  DATABASE_URL: v.optional(v.pipe(v.string(), v.startsWith('postgres'))),
  JIOASSIST_ALLOWED_ORIGINS: v.optional(v.pipe(commaSeparated, v.array(origin)), 'http://127.0.0.1:4200'),
  JIOASSIST_ACCESS_TOKEN_TTL: v.optional(wholeNumber(1, 86_400), '900'),
  ...authEnvironment,
  JIOASSIST_HUB_ALLOWED_HOSTS: v.optional(v.pipe(commaSeparated, v.array(callbackHost))),
  JIOASSIST_SEED: v.optional(wholeNumber(0, 0xffff_ffff), '7'),
  JIOASSIST_CUSTOMERS: v.optional(wholeNumber(0, 100_000), '40'),
  JIOASSIST_SDK_DIR: v.optional(v.string(), 'packages/cdn/dist'),
  JIOASSIST_SCENARIOS: v.optional(v.picklist(['on', 'off'])),
  ...engageEnvironment,
  JIOASSIST_METRICS: v.optional(metricsAddress, 'off'),
  JIOASSIST_DRAIN_DELAY: v.optional(wholeNumber(0, 300), '0'),
  JIOASSIST_DRAIN_TIMEOUT: v.optional(wholeNumber(1, 300), '1'),
  LOG_LEVEL: v.optional(logLevel, 'info'),
});

/** The variables there are, and what they are when they are not set. */
export const variables: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(environment.entries).map(([name, entry]) => [name, entry.default]),
);

function addressOf(value: string): { readonly host: string; readonly port: number } {
  const { hostname, port: text } = new URL(`http://${value}`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(text || '80') };
}

export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  /** Where browsers reach the gateway; unset means the address it listens on. */
  readonly publicUrl?: string;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly allowedOrigins: readonly string[];
  /** Life of an access token in seconds. */
  readonly accessTokenTtl: number;
  readonly auth: AuthConfig;
  /** Hosts that events may be sent to: names, addresses and networks. */
  readonly hubAllowedHosts: readonly string[];
  readonly seed: number;
  readonly customers: number;
  readonly sdkDir: string;
  /** Whether faults may be played on the simulated network. */
  readonly scenarios: boolean;
  /** The telephone system: none, a simulated one, or Genesys Engage. */
  readonly engage: EngageConfig;
  /** Where Prometheus reads; unset means nowhere. */
  readonly metrics?: { readonly host: string; readonly port: number };
  /** Seconds between "not ready" and the end of streams, in which a load balancer may notice. */
  readonly drainDelay: number;
  /** Seconds that answers under way may still take when the gateway closes. */
  readonly drainTimeout: number;
  /** Whether traces are sent, as the variables of OpenTelemetry say. */
  readonly tracing: boolean;
  readonly logLevel: v.InferOutput<typeof logLevel>;
}

/** Reads the configuration from environment variables; the error names every variable that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const parsed = v.safeParse(environment, withoutEmpty(env));
  if (!parsed.success) throw new Error(describe(parsed.issues));
  const values = parsed.output;
  return {
    host: values.JIOASSIST_HOST,
    port: values.JIOASSIST_PORT,
    ...(values.JIOASSIST_PUBLIC_URL && { publicUrl: values.JIOASSIST_PUBLIC_URL }),
    dataDir: values.JIOASSIST_DATA_DIR,
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    allowedOrigins: values.JIOASSIST_ALLOWED_ORIGINS,
    accessTokenTtl: values.JIOASSIST_ACCESS_TOKEN_TTL,
    auth: readAuthConfig(values),
    hubAllowedHosts: values.JIOASSIST_HUB_ALLOWED_HOSTS ?? defaultCallbackHosts(values.JIOASSIST_PUBLIC_URL),
    seed: values.JIOASSIST_SEED,
    customers: values.JIOASSIST_CUSTOMERS,
    sdkDir: values.JIOASSIST_SDK_DIR,
    scenarios: values.JIOASSIST_SCENARIOS
      ? values.JIOASSIST_SCENARIOS === 'on'
      : isForThisMachine(values.JIOASSIST_PUBLIC_URL),
    engage: readEngageConfig(values, isForThisMachine(values.JIOASSIST_PUBLIC_URL)),
    ...(values.JIOASSIST_METRICS && { metrics: values.JIOASSIST_METRICS }),
    drainDelay: values.JIOASSIST_DRAIN_DELAY,
    drainTimeout: values.JIOASSIST_DRAIN_TIMEOUT,
    tracing: isTracingWanted(env),
    logLevel: values.LOG_LEVEL,
  };
}

/** A gateway that only this machine reaches may call back this machine; a public one calls no one it is not told of. */
const defaultCallbackHosts = (publicUrl: string | undefined): readonly string[] =>
  isForThisMachine(publicUrl) ? LOOPBACK_HOSTS : [];

const isForThisMachine = (publicUrl: string | undefined): boolean =>
  publicUrl === undefined || isLoopback(hostOf(new URL(publicUrl)));

/** `NAME=` in a shell or an env file means "not set". */
function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  const lines = issues.map((issue) => `${v.getDotPath(issue) ?? 'environment'}: ${issue.message}`);
  return `The configuration is not usable.\n${lines.join('\n')}`;
}
