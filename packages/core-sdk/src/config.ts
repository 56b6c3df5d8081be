import type { AuthProvider } from './auth/auth-provider.js';
import { SIGN_IN_MODES, type SignInMode } from './auth/oidc.js';
import { JioAssistError } from './errors.js';
import type { TelemetryHook } from './telemetry/telemetry-event.js';

/** Default paths below the gateway: those of the TM Forum's version 4 specifications, and our own. */
const DEFAULT_PATHS = {
  tmf621: '/tmf-api/troubleTicket/v4',
  tmf622: '/tmf-api/productOrderingManagement/v4',
  tmf629: '/tmf-api/customerManagement/v4',
  tmf632: '/tmf-api/party/v4',
  tmf637: '/tmf-api/productInventory/v4',
  tmf638: '/tmf-api/serviceInventory/v4',
  tmf642: '/tmf-api/alarm/v4',
  tmf646: '/tmf-api/appointment/v4',
  tmf653: '/tmf-api/serviceTestManagement/v4',
  tmf654: '/tmf-api/prepayBalanceManagement/v4',
  tmf656: '/tmf-api/serviceProblemManagement/v4',
  tmf657: '/tmf-api/serviceQualityManagement/v4',
  tmf667: '/tmf-api/document/v4',
  tmf678: '/tmf-api/customerBillManagement/v4',
  tmf680: '/tmf-api/recommendationManagement/v4',
  tmf681: '/tmf-api/communicationManagement/v4',
  tmf683: '/tmf-api/partyInteraction/v4',
  tmf699: '/tmf-api/sales/v4',
  tmf701: '/tmf-api/processFlowManagement/v4',
  jioassist: '/jioassist/v1',
} as const;

/** An API that can have an address of its own, by its TM Forum number; `jioassist` is ours. */
export type ApiName = keyof typeof DEFAULT_PATHS;

export const API_NAMES = Object.keys(DEFAULT_PATHS) as ApiName[];

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
  /** Scopes to ask for at sign-in, separated by spaces. Default: what all widgets together need. */
  readonly scope?: string;
  /** Whether the agent signs in in a window or in place of the page. Default: `popup`. */
  readonly signIn?: SignInMode;
  /** How to get access tokens, instead of OpenID Connect against the gateway. It stays the caller's to dispose. */
  readonly auth?: AuthProvider;
  /** Base URL per API, for back ends whose paths differ. Default: the gateway's paths. */
  readonly apis?: Readonly<Partial<Record<ApiName, string>>>;
  /**
   * How customers are found by number, e-mail or account: `jioassist` asks the gateway with the values in the body; `tmf`
   * asks the TM Forum APIs, for back ends without a gateway of ours, and there the values stand in addresses. Default:
   * `jioassist`.
   */
  readonly customerSearch?: 'jioassist' | 'tmf';
  /** Milliseconds before a call is given up. Default: 10,000. */
  readonly timeout?: number;
  /** Replaces the platform's `fetch`, for tests and for hosts that wrap it. */
  readonly fetch?: typeof fetch;
  /** Is told how the SDK is doing, in names and numbers; what it throws is contained. */
  readonly telemetry?: TelemetryHook;
}

/** The configuration with every default filled in. */
export interface ResolvedConfig {
  readonly gateway: string;
  readonly clientId: string | undefined;
  readonly scope: string | undefined;
  readonly signIn: SignInMode;
  readonly apis: Readonly<Record<ApiName, string>>;
  readonly customerSearch: 'jioassist' | 'tmf';
  readonly timeout: number;
  readonly fetch: typeof fetch;
}

/** @throws JioAssistError `config/invalid-argument` naming the argument. */
export function resolveConfig(config: JioAssistConfig): ResolvedConfig {
  const gateway = baseUrl(config.gateway, 'gateway');
  if (!config.auth && !config.clientId) throw invalid('clientId', 'is needed unless auth is given');
  const signIn = config.signIn ?? 'popup';
  if (!SIGN_IN_MODES.includes(signIn)) throw invalid('signIn', `must be one of ${SIGN_IN_MODES.join(', ')}`);
  const timeout = config.timeout ?? 10_000;
  if (!(timeout > 0)) throw invalid('timeout', 'must be a positive number of milliseconds');
  const customerSearch = config.customerSearch ?? 'jioassist';
  if (!['jioassist', 'tmf'].includes(customerSearch))
    throw invalid('customerSearch', 'must be jioassist or tmf');
  if (config.telemetry !== undefined && typeof (config.telemetry as unknown) !== 'function')
    throw invalid('telemetry', 'must be a function');
  const apis = Object.fromEntries(
    API_NAMES.map((name) => [
      name,
      baseUrl(config.apis?.[name] ?? gateway + DEFAULT_PATHS[name], `apis.${name}`),
    ]),
  ) as Record<ApiName, string>;
  return {
    gateway,
    clientId: config.clientId,
    scope: config.scope,
    signIn,
    apis,
    customerSearch,
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
