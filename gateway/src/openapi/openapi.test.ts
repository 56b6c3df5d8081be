import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { TOPIC_PATH } from '../hub/topics.ts';
import type { OpenApiDocument } from './document.ts';

type Operation = {
  readonly operationId: string;
  readonly responses: object;
  readonly security: readonly object[];
};

let test: TestGateway;
let document: OpenApiDocument;
before(async () => {
  test = await startTestGateway();
  document = (await test.call<OpenApiDocument>('/openapi.json', { token: null })).body;
});
after(() => test.close());

const METHODS = ['get', 'post', 'patch', 'delete'];
const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({ path, method, operation: operation as Operation })),
  );

describe('the OpenAPI document', () => {
  it('is given to anybody, on any page', async () => {
    const { status, headers } = await test.call('/openapi.json', { token: null });
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(document.openapi, '3.1.1');
  });

  it('describes only what is answered', () => {
    // The hubs of topics are described once and registered for each topic.
    const described = operations().filter(({ path }) => !path.startsWith(`${TOPIC_PATH}/{topicId}/hub`));
    for (const { path, method } of described) {
      const url = path.replace(/\{(\w+)\}/g, ':$1');
      const isThere = test.gateway.app.hasRoute({ method: method.toUpperCase(), url });
      assert.ok(isThere, `${method} ${url}`);
    }
    assert.ok(described.length > 10);
  });

  it('refers only to what it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    assert.ok(references.length > 100);
    for (const [, pointer = ''] of references) {
      const found = pointer
        .split('/')
        .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);
      assert.notEqual(found, undefined, pointer);
    }
  });

  it('names every operation once, and says who may call it and how it fails', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
    for (const { path, operation } of operations()) {
      assert.ok(Array.isArray(operation.security), path);
      if (operation.security.length > 0) assert.ok('401' in operation.responses, path);
    }
  });

  it('has every attribute of a resource, and says what a create must give', () => {
    const { Customer, Customer_Create: create, Customer_Update: update } = document.components.schemas;
    assert.ok(Customer?.properties && 'contactMedium' in Customer.properties);
    assert.deepEqual([...(create?.required ?? [])].sort(), ['engagedParty', 'name']);
    assert.equal(create?.properties && 'id' in create.properties, false);
    assert.equal(update?.required, undefined);
  });
});

describe('the page of the OpenAPI document', () => {
  it('is served with a policy that runs only its own files', async () => {
    const { status, headers, body } = await test.call<string>('/openapi', { token: null });
    assert.equal(status, 200);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    const files = [...body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file = '']) => file);
    assert.equal(files.length, 4);
    for (const file of files) assert.equal((await test.call(file, { token: null })).status, 200, file);
  });

  it('serves nothing else of the viewer', async () => {
    for (const file of ['index.html', 'swagger-initializer.js', 'package.json', '..%2fpackage.json']) {
      assert.equal((await test.call(`/openapi/viewer/${file}`, { token: null })).status, 404, file);
    }
  });
});
