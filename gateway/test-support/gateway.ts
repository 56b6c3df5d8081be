import { join } from 'node:path';
import { buildGateway, type Gateway, type GatewayOverrides } from '../src/app.ts';
import { signIn } from '../src/auth/headless-sign-in.ts';
import type { AuthConfig } from '../src/auth/config.ts';
import type { GatewayConfig } from '../src/config.ts';
import { makeHome, type Home } from './database.ts';
import type { Preparation } from './templates.ts';

/** The page origin that test gateways allow. */
export const PAGE_ORIGIN = 'http://crm.test';

/**
 * What the tests read from JSON answers: attributes of several resources and of errors in one type, because a wrong guess fails
 * the test anyway.
 */
export interface Body {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly '@type': string;
  readonly state: string;
  readonly status: string;
  readonly code: string;
  readonly message: string;
  readonly description: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly relatedParty: readonly { readonly id: string }[];
  readonly contactMedium: readonly { readonly characteristic: { readonly phoneNumber: string } }[];
  readonly [attribute: string]: unknown;
}

export interface Answer<T = Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly token: string;
  /** Calls the gateway as Dev, who may use every API; a JSON body is sent as JSON. */
  call<T = Body>(path: string, options?: CallOptions): Promise<Answer<T>>;
  /** The same for an answer that is a list. */
  list(path: string): Promise<Answer<Body[]>>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null sends none. */
  readonly token?: string | null;
}

/**
 * A whole gateway in this process, with eight customers, on a port of its own, with Dev, the integrator, signed in. Its
 * measurements end up to half an hour ago; it makes them itself, up to now, when its database is only `migrated`.
 */
export async function startTestGateway(
  config: Partial<GatewayConfig> = {},
  overrides: GatewayOverrides = {},
  preparation?: Preparation,
): Promise<TestGateway> {
  const home = await makeHome(preparation);
  const gateway = await buildGateway({ ...testConfig(home), ...config }, overrides);
  await gateway.listen();
  const accessToken = await tokenOfDev(gateway, config);
  return {
    gateway,
    url: gateway.url,
    token: accessToken,
    call: (path, options) => call(gateway.url, accessToken, path, options),
    list: (path) => call(gateway.url, accessToken, path),
    close: async () => {
      await gateway.close();
      await home.remove();
    },
  };
}

/** With another issuer there is nobody to sign in to. */
async function tokenOfDev({ url }: Gateway, { auth }: Partial<GatewayConfig>): Promise<string> {
  if (auth?.externalIssuer) return '';
  return (await signIn(url, { name: 'dev', password: 'welcome-dev' })).accessToken;
}

/** Without limits, which would come in the way of tests that have nothing to do with them. */
export const testAuth: AuthConfig = {
  exchangeIssuers: [],
  dpopNonceRequired: false,
  rateLimit: 0,
  rateBurst: 0,
  streamsPerAgent: 0,
};

export function testConfig({ folder, databaseUrl }: Pick<Home, 'folder' | 'databaseUrl'>): GatewayConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    dataDir: folder,
    ...(databaseUrl !== undefined && { databaseUrl }),
    allowedOrigins: [PAGE_ORIGIN],
    accessTokenTtl: 900,
    auth: testAuth,
    hubAllowedHosts: ['localhost', '127.0.0.0/8', '::1'],
    seed: 7,
    customers: 8,
    sdkDir: join(folder, 'no-sdk'),
    scenarios: true,
    engage: { kind: 'off' },
    drainDelay: 0,
    drainTimeout: 1,
    tracing: false,
    logLevel: 'silent',
  };
}

async function call<T>(
  url: string,
  token: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer<T>> {
  const bearer = options.token === undefined ? token : options.token;
  const response = await fetch(url + path, {
    method: options.method ?? 'GET',
    headers: {
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body !== undefined && { body: textOf(options.body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = json && text !== '' ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: body as T };
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));
