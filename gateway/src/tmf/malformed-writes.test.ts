import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startWithAllScopes } from '../../test-support/all-scopes.ts';
import type { TestGateway } from '../../test-support/gateway.ts';
import { describeRefusals, patch, post, type Refusal } from '../../test-support/refusals.ts';
import { declarations } from './apis/index.ts';
import { collectionPath, offers } from './declaration.ts';

const API = '/tmf-api/customerManagement/v4';
const CUSTOMER = `${API}/customer`;
const ONE = `${CUSTOMER}/C-1001`;
const SERVICE = '/tmf-api/serviceInventory/v4/service';
const HUB = `${API}/hub`;

let test: TestGateway;
before(async () => {
  test = await startWithAllScopes();
});
after(() => test.close());

const valid = { name: 'Valid', engagedParty: { id: 'IND-1' } };
const service = { state: 'active', serviceSpecification: { id: 'x' } };
const put = (body: unknown) => ({ method: 'PUT', body });
const jsonPatch = (body: unknown) => patch(body, { 'content-type': 'application/json-patch+json' });
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
const entries = declarations.filter((entry) => entry.parent === undefined && offers(entry, 'create'));

const everyKind: Refusal[] = entries.flatMap((entry): Refusal[] => {
  const path = collectionPath(entry);
  return [
    [`a list as ${entry.type}`, path, post([]), 400, 'invalidBody'],
    [`broken JSON as ${entry.type}`, path, post('{"a":'), 400, 'invalidRequest'],
    [`a number as @type of ${entry.type}`, path, post({ '@type': 7 }), 400, 'invalidAttribute'],
    [`PUT of all ${entry.type}`, path, put({}), 405, 'methodNotAllowed'],
  ];
});
const missing: Refusal[] = entries
  .filter(({ required }) => required.length > 0)
  .map((entry) => [`an empty ${entry.type}`, collectionPath(entry), post({}), 400, 'missingAttribute']);

describeRefusals('malformed creates of every kind', () => test, everyKind);
describeRefusals('creates without what is required', () => test, missing);

const bodies: Refusal[] = [
  ['a number as body', CUSTOMER, post('7'), 400, 'invalidBody'],
  ['true as body', CUSTOMER, post('true'), 400, 'invalidBody'],
  ['two JSON values', CUSTOMER, post('{}{}'), 400, 'invalidRequest'],
  ['a trailing comma', CUSTOMER, post('{"name":"x",}'), 400, 'invalidRequest'],
  ['single quotes', CUSTOMER, post("{'name':'x'}"), 400, 'invalidRequest'],
  ['a comment in JSON', CUSTOMER, post('{/* */}'), 400, 'invalidRequest'],
  ['NaN', CUSTOMER, post('{"name":NaN}'), 400, 'invalidRequest'],
  ['a raw control character in a text', CUSTOMER, post('{"name":"a\u0001b"}'), 400, 'invalidRequest'],
  ['NUL in an attribute name', CUSTOMER, post({ ...valid, 'a\u0000b': 1 }), 400, 'invalidBody'],
  ['half a pair in an attribute name', CUSTOMER, post('{"\\udc00":1}'), 400, 'invalidBody'],
  ['lists nested too deeply', CUSTOMER, post({ ...valid, more: deep(40) }), 400, 'invalidBody'],
  ['a body nested 100,000 deep', CUSTOMER, post('['.repeat(100_000)), 400, 'invalidRequest'],
  ['nested __proto__', CUSTOMER, post('{"engagedParty":{"__proto__":{"id":"x"}}}'), 400, 'invalidRequest'],
  ['XML', CUSTOMER, post('<a/>', { 'content-type': 'text/xml' }), 415, 'unsupportedMediaType'],
  ['plain text', CUSTOMER, post('x', { 'content-type': 'text/plain' }), 415, 'unsupportedMediaType'],
  ['no readable type', CUSTOMER, post('{}', { 'content-type': 'json' }), 415, 'unsupportedMediaType'],
  [
    'a merge patch as create',
    CUSTOMER,
    post(valid, { 'content-type': 'application/merge-patch+json' }),
    415,
    'unsupportedMediaType',
  ],
  [
    'a JSON patch as create',
    CUSTOMER,
    post([], { 'content-type': 'application/json-patch+json' }),
    415,
    'unsupportedMediaType',
  ],
  ['an unknown field of the answer', `${CUSTOMER}?fields=nmae`, post(valid), 400, 'unknownAttribute'],
  ['a page of a create', `${CUSTOMER}?limit=1`, post(valid), 400, 'invalidQuery'],
  ['null as name', CUSTOMER, post({ ...valid, name: null }), 400, 'invalidAttribute'],
  ['a list as name', CUSTOMER, post({ ...valid, name: ['x'] }), 400, 'invalidAttribute'],
  ['an object as status', CUSTOMER, post({ ...valid, status: {} }), 400, 'invalidAttribute'],
  ['a list as object', CUSTOMER, post({ ...valid, engagedParty: [{ id: 'x' }] }), 400, 'invalidAttribute'],
  [
    'a number as id of a reference',
    CUSTOMER,
    post({ ...valid, engagedParty: { id: 1 } }),
    400,
    'invalidAttribute',
  ],
  [
    'a text in a list of objects',
    CUSTOMER,
    post({ ...valid, contactMedium: ['x'] }),
    400,
    'invalidAttribute',
  ],
  [
    'a text as number',
    CUSTOMER,
    post({ ...valid, creditProfile: [{ creditScore: '7' }] }),
    400,
    'invalidAttribute',
  ],
  [
    'a fraction as whole number',
    CUSTOMER,
    post({ ...valid, creditProfile: [{ creditScore: 7.5 }] }),
    400,
    'invalidAttribute',
  ],
  [
    'a number beyond all',
    CUSTOMER,
    post('{"name":"x","engagedParty":{"id":"x"},"creditProfile":[{"creditScore":1e999}]}'),
    400,
    'invalidAttribute',
  ],
  ['a number as date', CUSTOMER, post({ ...valid, validFor: { startDateTime: 5 } }), 400, 'invalidAttribute'],
  [
    'a day that is none',
    CUSTOMER,
    post({ ...valid, validFor: { startDateTime: '2024-13-45T00:00:00Z' } }),
    400,
    'invalidAttribute',
  ],
  ['a text as boolean', SERVICE, post({ ...service, isBundle: 'true' }), 400, 'invalidAttribute'],
  ['a number as state', SERVICE, post({ ...service, state: 1 }), 400, 'invalidAttribute'],
  ['an unknown state', SERVICE, post({ ...service, state: 'ACTIVE' }), 400, 'invalidState'],
];
describeRefusals('malformed bodies', () => test, bodies);

const merge: Refusal[] = [
  ['a list', ONE, patch([]), 400, 'invalidBody'],
  ['nothing', ONE, { method: 'PATCH' }, 400, 'invalidBody'],
  ['null', ONE, patch('null'), 400, 'invalidBody'],
  ['broken JSON', ONE, patch('{'), 400, 'invalidRequest'],
  ['another id', ONE, patch({ id: 'C-1' }), 400, 'notPatchable'],
  ['no id', ONE, patch({ id: null }), 400, 'notPatchable'],
  ['no href', ONE, patch({ href: null }), 400, 'notPatchable'],
  ['a wrong type inside', ONE, patch({ engagedParty: { id: 7 } }), 400, 'invalidAttribute'],
  ['the end of what is required', ONE, patch({ engagedParty: null }), 400, 'missingAttribute'],
  ['an illegal move', ONE, patch({ status: 'initialized' }), 409, 'illegalTransition'],
  ['an unknown parameter', `${ONE}?x=1`, patch({}), 400, 'invalidQuery'],
  ['an old revision', ONE, patch({ name: 'x' }, { 'if-match': '"999"' }), 412, 'preconditionFailed'],
  [
    'a revision that is none',
    ONE,
    patch({ name: 'x' }, { 'if-match': 'nonsense' }),
    412,
    'preconditionFailed',
  ],
  [
    'a form',
    ONE,
    patch('name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'unsupportedMediaType',
  ],
  ['something that is not there', `${CUSTOMER}/C-0`, patch({ name: 'x' }), 404, 'notFound'],
  ['a whole collection', CUSTOMER, patch({ name: 'x' }), 405, 'methodNotAllowed'],
  ['a replacement', ONE, put(valid), 405, 'methodNotAllowed'],
];
describeRefusals('malformed merge patches', () => test, merge);

const operation = (more: object): Refusal[2] => jsonPatch([{ op: 'add', path: '/x', value: 1, ...more }]);
const patches: Refusal[] = [
  ['an object', ONE, jsonPatch({ op: 'add', path: '/name', value: 'x' }), 400, 'invalidPatch'],
  ['null', ONE, jsonPatch('null'), 400, 'invalidPatch'],
  ['a text as operation', ONE, jsonPatch(['add']), 400, 'invalidPatch'],
  ['a list as operation', ONE, jsonPatch([[]]), 400, 'invalidPatch'],
  ['an operation without op', ONE, jsonPatch([{ path: '/name', value: 'x' }]), 400, 'invalidPatch'],
  ['an unknown op', ONE, operation({ op: 'increment' }), 400, 'invalidPatch'],
  ['an inner op of the library', ONE, operation({ op: '_get' }), 400, 'invalidPatch'],
  ['an inherited op', ONE, operation({ op: 'constructor' }), 400, 'invalidPatch'],
  ['an op that is a number', ONE, operation({ op: 1 }), 400, 'invalidPatch'],
  ['no path', ONE, jsonPatch([{ op: 'remove' }]), 400, 'invalidPatch'],
  ['a path without slash', ONE, operation({ path: 'name' }), 400, 'invalidPatch'],
  ['a path that is a list', ONE, operation({ path: ['name'] }), 400, 'invalidPatch'],
  ['a bad escape', ONE, operation({ path: '/a~2b' }), 400, 'invalidPatch'],
  ['__proto__ in a path', ONE, operation({ path: '/__proto__/x' }), 400, 'invalidPatch'],
  ['constructor in a path', ONE, operation({ path: '/constructor/prototype/x' }), 400, 'invalidPatch'],
  ['__proto__ in a from', ONE, operation({ op: 'copy', from: '/__proto__' }), 400, 'invalidPatch'],
  ['an inherited method', ONE, operation({ op: 'copy', from: '/toString' }), 400, 'invalidPatch'],
  [
    '__proto__ in a value',
    ONE,
    jsonPatch('[{"op":"add","path":"/x","value":{"__proto__":1}}]'),
    400,
    'invalidRequest',
  ],
  ['no value', ONE, jsonPatch([{ op: 'add', path: '/x' }]), 400, 'invalidPatch'],
  ['no from', ONE, jsonPatch([{ op: 'move', path: '/x' }]), 400, 'invalidPatch'],
  [
    'a move into itself',
    ONE,
    operation({ op: 'move', from: '/engagedParty', path: '/engagedParty/x' }),
    400,
    'invalidPatch',
  ],
  ['a list index that is none', ONE, operation({ path: '/contactMedium/first' }), 400, 'invalidPatch'],
  ['a negative index', ONE, operation({ path: '/contactMedium/-1' }), 400, 'invalidPatch'],
  ['an index beyond the list', ONE, operation({ path: '/contactMedium/99' }), 409, 'patchConflict'],
  ['a place that is not there', ONE, operation({ op: 'remove', path: '/nothing' }), 409, 'patchConflict'],
  ['a source that is not there', ONE, operation({ op: 'copy', from: '/nothing' }), 409, 'patchConflict'],
  ['a test that fails', ONE, operation({ op: 'test', path: '/name' }), 409, 'patchTestFailed'],
  [
    'too many operations',
    ONE,
    jsonPatch(Array(101).fill({ op: 'test', path: '/x', value: 1 })),
    400,
    'invalidPatch',
  ],
  [
    'a bomb of copies',
    ONE,
    jsonPatch(Array.from({ length: 60 }, (_, n) => ({ op: 'copy', from: '', path: `/c${n}` }))),
    413,
    'tooLarge',
  ],
  ['the removal of everything', ONE, operation({ op: 'remove', path: '' }), 400, 'invalidBody'],
  [
    'a text instead of everything',
    ONE,
    operation({ op: 'replace', path: '', value: 'x' }),
    400,
    'invalidBody',
  ],
  ['NUL in a value', ONE, operation({ value: 'a\u0000b' }), 400, 'invalidBody'],
  ['a change of the id', ONE, operation({ op: 'replace', path: '/id' }), 400, 'notPatchable'],
  [
    'a change of the href',
    ONE,
    operation({ op: 'replace', path: '/href', value: 'http://x' }),
    400,
    'notPatchable',
  ],
  ['a wrong type', ONE, operation({ op: 'replace', path: '/name' }), 400, 'invalidAttribute'],
];
describeRefusals('malformed JSON patches', () => test, patches);

const hook = (body: unknown): Refusal[2] => post(body);
const hubs: Refusal[] = [
  ['no callback', HUB, hook({}), 400, 'missingAttribute'],
  ['a list', HUB, hook([]), 400, 'invalidBody'],
  ['a number as callback', HUB, hook({ callback: 7 }), 400, 'invalidAttribute'],
  ['an empty callback', HUB, hook({ callback: '' }), 400, 'invalidCallback'],
  ['a callback that is no address', HUB, hook({ callback: 'listener' }), 400, 'invalidCallback'],
  ['a callback without host', HUB, hook({ callback: 'http://' }), 400, 'invalidCallback'],
  ['a file', HUB, hook({ callback: 'file:///etc/passwd' }), 400, 'invalidCallback'],
  ['a script', HUB, hook({ callback: 'javascript:alert(1)' }), 400, 'invalidCallback'],
  ['gopher', HUB, hook({ callback: 'gopher://127.0.0.1:25/' }), 400, 'invalidCallback'],
  ['a password', HUB, hook({ callback: 'http://a:b@127.0.0.1/' }), 400, 'invalidCallback'],
  ['a fragment', HUB, hook({ callback: 'http://127.0.0.1/#x' }), 400, 'invalidCallback'],
  [
    'a long callback',
    HUB,
    hook({ callback: `http://127.0.0.1/${'x'.repeat(2_000)}` }),
    400,
    'invalidAttribute',
  ],
  ['a host that is not listed', HUB, hook({ callback: 'https://evil.test/' }), 400, 'callbackNotAllowed'],
  [
    'the metadata of a cloud',
    HUB,
    hook({ callback: 'http://169.254.169.254/latest' }),
    400,
    'callbackNotAllowed',
  ],
  [
    'the same as IPv6',
    HUB,
    hook({ callback: 'http://[::ffff:169.254.169.254]/' }),
    400,
    'callbackNotAllowed',
  ],
  ['a private network', HUB, hook({ callback: 'https://10.0.0.1/' }), 400, 'callbackNotAllowed'],
  ['every address', HUB, hook({ callback: 'http://0.0.0.0/' }), 400, 'callbackNotAllowed'],
  [
    'a host that begins like a listed one',
    HUB,
    hook({ callback: 'http://localhost.evil.test/' }),
    400,
    'callbackNotAllowed',
  ],
  ['a number as query', HUB, hook({ callback: 'http://127.0.0.1/', query: 7 }), 400, 'invalidAttribute'],
  [
    'an unknown attribute in a query',
    HUB,
    hook({ callback: 'http://127.0.0.1/', query: 'nmae=x' }),
    400,
    'unknownAttribute',
  ],
  ['a query that is none', HUB, hook({ callback: 'http://127.0.0.1/', query: 'name' }), 400, 'invalidQuery'],
  ['pages in a query', HUB, hook({ callback: 'http://127.0.0.1/', query: 'limit=1' }), 400, 'invalidQuery'],
  [
    'an order in a query',
    HUB,
    hook({ callback: 'http://127.0.0.1/', query: 'sort=name' }),
    400,
    'invalidQuery',
  ],
  [
    'JSONPath in a query',
    HUB,
    hook({ callback: 'http://127.0.0.1/', query: 'filter=$' }),
    501,
    'notSupported',
  ],
  ['a subscription that is not there', `${HUB}/x`, {}, 404, 'notFound'],
  ['the end of one that is not there', `${HUB}/x`, { method: 'DELETE' }, 404, 'notFound'],
];
describeRefusals('malformed subscriptions', () => test, hubs);

const keyed = (key: string): Refusal[2] => post(valid, { 'idempotency-key': key });
const keys: Refusal[] = [
  ['an empty key', CUSTOMER, keyed(''), 400, 'invalidIdempotencyKey'],
  ['a key of 256 characters', CUSTOMER, keyed('x'.repeat(256)), 400, 'invalidIdempotencyKey'],
  ['a key with a tab', CUSTOMER, keyed('a\tb'), 400, 'invalidIdempotencyKey'],
  ['a key beyond ASCII', CUSTOMER, keyed('\u00e9'), 400, 'invalidIdempotencyKey'],
  [
    'such a key on a patch',
    ONE,
    patch({ name: 'x' }, { 'idempotency-key': 'a b' }),
    400,
    'invalidIdempotencyKey',
  ],
  [
    'such a key on a delete',
    ONE,
    { method: 'DELETE', headers: { 'idempotency-key': 'a b' } },
    400,
    'invalidIdempotencyKey',
  ],
];
describeRefusals('malformed idempotency keys', () => test, keys);

describe('the gateway after all of them', () => {
  it('has changed nothing', async () => {
    const { status, headers } = await test.call(ONE);
    assert.deepEqual([status, headers.get('etag')], [200, '"1"']);
    const created = await test.list(`${CUSTOMER}?name=Valid`);
    assert.deepEqual(created.body, []);
  });
});
