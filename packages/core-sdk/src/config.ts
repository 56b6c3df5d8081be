import type { AuthProvider } from './auth/auth-provider.js';
import { JioAssistError } from './errors.js';

/** The APIs the SDK calls, by TM Forum number, and `jioassist` for our own. */
export const API_NAMES = ['tmf629', 'tmf638', 'jioassist'] as const;
export type ApiName = (typeof API_NAMES)[number];

/**
 * What {@link createJioAssist} needs.
 *
 * @group Client
 */
export interface JioAssistConfig {
  /** Origin (and optional path) of the gateway, for example `https://assist.example`. */
  readonly gateway: string;
  /** The OpenID client id registered for the host page. Needed unless `auth` is given. */
  readonly clientId?: string;
  /** How to get access tokens. Default: OpenID Connect against the gateway, in a popup. */
  readonly auth?: AuthProvider;
  /** Base URL per API, for back ends whose paths differ. Default: the gateway's paths. */
  readonly apis?: Readonly<Partial<Record<ApiName, string>>>;
  /** Milliseconds before a call is given up. Default: 10,000. */
  readonly timeout?: number;
  /** Replaces the platform's `fetch`, for tests and for hosts that wrap it. */
  readonly fetch?: typeof fetch;
}

/** The configuration with every default filled in. */
export interface ResolvedConfig {
  readonly gateway: string;
  readonly clientId: string | undefined;
  readonly apis: Readonly<Record<ApiName, string>>;
  readonly timeout: number;
  readonly fetch: typeof fetch;
}

const DEFAULT_PATHS: Readonly<Record<ApiName, string>> = {
  tmf629: '/tmf-api/customerManagement/v4',
  tmf638: '/tmf-api/serviceInventory/v4',
  jioassist: '/jioassist/v1',
};

/** @throws JioAssistError `config/invalid-argument` naming the argument. */
export function resolveConfig(config: JioAssistConfig): ResolvedConfig {
  const gateway = baseUrl(config.gateway, 'gateway');
  if (!config.auth && !config.clientId) throw invalid('clientId', 'is needed unless auth is given');
  const timeout = config.timeout ?? 10_000;
  if (!(timeout > 0)) throw invalid('timeout', 'must be a positive number of milliseconds');
  const apis = Object.fromEntries(
    API_NAMES.map((name) => [
      name,
      baseUrl(config.apis?.[name] ?? gateway + DEFAULT_PATHS[name], `apis.${name}`),
    ]),
  ) as Record<ApiName, string>;
  return {
    gateway,
    clientId: config.clientId,
    apis,
    timeout,
    fetch: config.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

function baseUrl(value: unknown, argument: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw invalid(argument, 'must be an absolute http(s) URL');
  if (url.username || url.search || url.hash)
    throw invalid(argument, 'must not carry credentials, a query or a hash');
  return url.href.replace(/\/+$/, '');
}

function invalid(argument: string, rule: string): JioAssistError {
  return new JioAssistError('config/invalid-argument', `createJioAssist: ${argument} ${rule}.`, { argument });
}
