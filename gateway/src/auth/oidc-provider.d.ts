/** The part of oidc-provider that the gateway uses; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface AdapterPayload {
    [name: string]: unknown;
    jti?: string;
    grantId?: string;
    uid?: string;
    consumed?: unknown;
  }

  export interface Adapter {
    upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void>;
    find(id: string): Promise<AdapterPayload | undefined>;
    findByUid(uid: string): Promise<AdapterPayload | undefined>;
    findByUserCode(userCode: string): Promise<AdapterPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  export interface OidcContext {
    oidc: {
      client: { clientId: string };
      /** What our own `findAccount` has made. */
      account?: unknown;
      session: { accountId: string; grantIdFor(clientId: string): string | undefined };
      params: {
        readonly scope?: string;
        readonly subject_token: string;
        readonly subject_token_type?: string;
        readonly requested_token_type?: string;
        readonly actor_token?: string;
        readonly audience?: string | string[];
        readonly resource?: string | string[];
      };
      provider: Provider;
      entity(name: string, value: unknown): void;
    };
    body?: unknown;
  }

  export interface ResourceServerInfo {
    readonly scope: string;
    readonly audience: string;
    readonly accessTokenFormat: 'jwt';
    readonly accessTokenTTL: number;
    readonly jwt: { readonly sign: { readonly alg: string } };
  }

  export interface AccessToken {
    scope: string;
    resourceServer: unknown;
    readonly expiration: number;
    readonly tokenType: string;
    setThumbprint(name: 'jkt', thumbprint: string): void;
    save(): Promise<string>;
  }

  export interface ErrorContext {
    body: string;
    get(header: string): string;
    set(headers: Readonly<Record<string, string>>): void;
  }

  export interface Interaction {
    readonly uid: string;
    readonly prompt: { readonly name: string };
    readonly params: { readonly [name: string]: string | undefined };
  }

  export const errors: {
    readonly InvalidGrant: new (description: string) => Error;
    readonly InvalidRequest: new (description: string) => Error;
    readonly InvalidScope: new (description: string, scope: string) => Error;
    readonly InvalidTarget: new (description?: string) => Error;
    readonly TemporarilyUnavailable: new (description: string) => Error;
  };

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    proxy: boolean;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionResult(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
    ): Promise<string>;
    registerGrantType(
      name: string,
      handler: (context: OidcContext) => Promise<void>,
      parameters: readonly string[],
      repeatable: readonly string[],
    ): void;
    on(event: string, listener: (...parameters: unknown[]) => void): this;
    readonly AccessToken: new (payload: { accountId: string; client: unknown; gty: string }) => AccessToken;
    readonly ResourceServer: new (identifier: string, info: ResourceServerInfo) => unknown;
    readonly Grant: {
      new (payload: { accountId: string; clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
  }
}

/** What the provider's own grants are made of; it hands them to its own grants only. */
declare module 'oidc-provider/lib/helpers/grants.js' {
  import type Provider from 'oidc-provider';
  import type { OidcContext } from 'oidc-provider';

  export interface DpopProof {
    readonly thumbprint: string;
    readonly jti: string;
  }

  export function validateDpop(provider: Provider, context: OidcContext): Promise<DpopProof | undefined>;
  export function checkDpopReplay(
    provider: Provider,
    context: OidcContext,
    proof: DpopProof | undefined,
    clientId: string,
  ): Promise<void>;
  export function buildTokenResponse(
    provider: Provider,
    answer: {
      readonly accessToken: string;
      readonly expiresIn: number;
      readonly issuedTokenType: string;
      readonly scope: string;
      readonly tokenType: string;
    },
  ): object;
}
