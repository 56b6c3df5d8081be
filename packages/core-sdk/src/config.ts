import type { AuthProvider } from './auth/auth-provider.js';
import { SIGN_IN_MODES, type SignInMode } from './auth/oidc.js';
import { checkArgument, checkFunction, isObject, isOptionalText } from './arguments.js';
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
  tmf644: '/tmf-api/privacyManagement/v4',
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

const PLACE = 'createJioAssist';

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
  check(isObject(config), 'config', 'must be an object');
  const gateway = baseUrl(config.gateway, 'gateway');
  const { clientId, scope, signIn = 'popup', timeout = 10_000, customerSearch = 'jioassist' } = config;
  check(isOptionalText(clientId), 'clientId', 'must be a text');
  check(config.auth !== undefined || Boolean(clientId), 'clientId', 'is needed unless auth is given');
  check(config.auth === undefined || isAuthProvider(config.auth), 'auth', 'must be an AuthProvider');
  check(isOptionalText(scope), 'scope', 'must be a text');
  check(SIGN_IN_MODES.includes(signIn), 'signIn', `must be one of ${SIGN_IN_MODES.join(', ')}`);
  // More than a timer takes would be no time at all.
  const time = typeof (timeout as unknown) === 'number' && timeout > 0 && timeout < 2 ** 31;
  check(time, 'timeout', 'must be a positive number of milliseconds');
  check(['jioassist', 'tmf'].includes(customerSearch), 'customerSearch', 'must be jioassist or tmf');
  if (config.telemetry !== undefined) checkFunction(config.telemetry, PLACE, 'telemetry');
  if (config.fetch !== undefined) checkFunction(config.fetch, PLACE, 'fetch');
  check(config.apis === undefined || isObject(config.apis), 'apis', 'must be an object');
  const apis = Object.fromEntries(
    API_NAMES.map((name) => [
      name,
      baseUrl(config.apis?.[name] ?? gateway + DEFAULT_PATHS[name], `apis.${name}`),
    ]),
  ) as Record<ApiName, string>;
  return {
    gateway,
    clientId,
    scope,
    signIn,
    apis,
    customerSearch,
    timeout,
    fetch: config.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

function baseUrl(value: unknown, argument: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  check(/^https?:$/.test(url?.protocol ?? ''), argument, 'must be an absolute http(s) URL');
  const bare = !url?.username && !url?.search && !url?.hash;
  check(bare, argument, 'must not carry credentials, a query or a hash');
  return url?.href.replace(/\/+$/, '') ?? '';
}

function isAuthProvider(value: unknown): boolean {
  return isObject(value) && typeof value['getToken'] === 'function' && isObject(value['state']);
}

function check(fits: boolean, argument: string, rule: string): void {
  checkArgument(fits, PLACE, argument, rule);
}
