import { readFileSync } from 'node:fs';
import { apiScopes } from '../auth/scopes.ts';
import type { ResourceDeclaration } from '../tmf/declaration.ts';
import { auditPaths } from './audit-paths.ts';
import { badgePaths } from './badge-paths.ts';
import { knowledgePaths } from './knowledge-paths.ts';
import { networkPaths } from './network-paths.ts';
import { ownPaths } from './own-paths.ts';
import { hubPaths, resourcePaths, type Paths } from './resource-paths.ts';
import { SchemaComponents, type Schema } from './schemas.ts';
import { sharedHeaders, sharedParameters, sharedResponses, sharedSchemas } from './shared-components.ts';
import { topicHubPaths } from './topic-paths.ts';

export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Paths;
  readonly components: {
    readonly schemas: { readonly [name: string]: Schema };
    readonly [part: string]: unknown;
  };
  readonly [part: string]: unknown;
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Describes what the gateway answers to, from the declarations that make it answer. */
export function openApiDocument(
  declarations: readonly ResourceDeclaration[],
  publicUrl: string,
  issuer = `${publicUrl}/oidc`,
): OpenApiDocument {
  const components = new SchemaComponents(declarations, sharedSchemas);
  return {
    openapi: '3.1.1',
    info: {
      title: 'JioAssist gateway',
      version,
      description: 'TM Forum Open APIs (v4), measurements and live events.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: tagsOf(declarations),
    paths: {
      ...apiPaths(declarations),
      ...topicHubPaths,
      ...ownPaths,
      ...networkPaths,
      ...auditPaths,
      ...badgePaths,
      ...knowledgePaths,
    },
    components: {
      schemas: components.schemas,
      parameters: sharedParameters,
      headers: sharedHeaders,
      responses: sharedResponses,
      securitySchemes: securitySchemes(issuer),
    },
  };
}

function apiPaths(declarations: readonly ResourceDeclaration[]): Paths {
  const apis = Map.groupBy(declarations, ({ basePath }) => basePath);
  const groups = [...apis].flatMap(([basePath, resources]) => {
    const { domain = '' } = resources[0] ?? {};
    const name = domain.charAt(0).toUpperCase() + domain.slice(1);
    const scopes = resources.map((resource) => resource.scopes.read);
    return [...resources.map(resourcePaths), hubPaths(`${basePath}/hub`, name, domain, scopes)];
  });
  return Object.assign({}, ...groups) as Paths;
}

function tagsOf(declarations: readonly ResourceDeclaration[]): { readonly name: string }[] {
  const domains = declarations.map(({ domain }) => domain);
  return [
    ...new Set([
      ...domains,
      'event',
      'measurement',
      'anomaly',
      'scenario',
      'events',
      'audit',
      'badges',
      'gateway',
    ]),
  ].map((name) => ({
    name,
  }));
}

const securitySchemes = (issuer: string) => ({
  oidc: {
    type: 'openIdConnect',
    openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    description: `Scopes: ${apiScopes.join(', ')}.`,
  },
});
