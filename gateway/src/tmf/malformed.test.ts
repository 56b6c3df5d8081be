import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { describeRefusals, patch, post, type Refusal } from '../../test-support/refusals.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const SERVICE = '/tmf-api/serviceInventory/v4/service';
const MEASUREMENT = '/jioassist/v1/measurement';

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const type = (contentType: string) => ({ 'content-type': contentType });
const valid = { name: 'Valid', engagedParty: { id: 'IND-1' } };
const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });

const requests: readonly Refusal[] = [
  ['no JSON', CUSTOMER, post('{'), 400, 'invalidRequest'],
  ['an empty body', CUSTOMER, post(''), 400, 'invalidRequest'],
  ['a list as body', CUSTOMER, post([valid]), 400, 'invalidBody'],
  ['null as body', CUSTOMER, post('null'), 400, 'invalidBody'],
  ['a text as body', CUSTOMER, post('"text"'), 400, 'invalidBody'],
  ['no body at all', CUSTOMER, { method: 'POST' }, 400, 'invalidBody'],
  ['a body of another type', CUSTOMER, post('<a/>', type('application/xml')), 415, 'unsupportedMediaType'],
  [
    'a form as body',
    CUSTOMER,
    post('name=x', type('application/x-www-form-urlencoded')),
    415,
    'unsupportedMediaType',
  ],
  ['a body over 1 MB', CUSTOMER, post({ ...valid, name: 'x'.repeat(1_100_000) }), 413, 'tooLarge'],
  ['__proto__', CUSTOMER, post('{"__proto__":{"admin":true}}'), 400, 'invalidRequest'],
  ['constructor.prototype', CUSTOMER, post('{"constructor":{"prototype":{}}}'), 400, 'invalidRequest'],
  [
    '__proto__ in a patch',
    `${CUSTOMER}/C-1001`,
    patch('{"__proto__":{}}', type('application/merge-patch+json')),
    400,
    'invalidRequest',
  ],
  ['a missing name', CUSTOMER, post({ engagedParty: { id: 'IND-1' } }), 400, 'missingAttribute'],
  ['a missing nested id', CUSTOMER, post({ name: 'x', engagedParty: {} }), 400, 'missingAttribute'],
  ['an empty name', CUSTOMER, post({ ...valid, name: '' }), 400, 'missingAttribute'],
  ['a missing specification', SERVICE, post({ state: 'active' }), 400, 'missingAttribute'],
  ['a missing state', SERVICE, post({ serviceSpecification: { id: 'x' } }), 400, 'missingAttribute'],
  ['a state that is none', SERVICE, post({ state: 'x', serviceSpecification: {} }), 400, 'invalidState'],
  ['a number as name', CUSTOMER, post({ ...valid, name: 5 }), 400, 'invalidAttribute'],
  [
    'an object as list',
    SERVICE,
    post({ state: 'active', serviceSpecification: {}, note: { text: 'x' } }),
    400,
    'invalidAttribute',
  ],
  ['a text as object', CUSTOMER, post({ ...valid, engagedParty: 'x' }), 400, 'invalidAttribute'],
  [
    'a text as boolean',
    SERVICE,
    post({ state: 'active', serviceSpecification: {}, hasStarted: 'yes' }),
    400,
    'invalidAttribute',
  ],
  [
    'a date that is none',
    CUSTOMER,
    post({ ...valid, validFor: { startDateTime: 'soon' } }),
    400,
    'invalidAttribute',
  ],
  ['NUL in a text', CUSTOMER, post({ ...valid, name: 'a\u0000b' }), 400, 'invalidBody'],
  [
    'half a surrogate pair',
    CUSTOMER,
    post('{"name":"\\ud800","engagedParty":{"id":"x"}}'),
    400,
    'invalidBody',
  ],
  [
    'a body nested too deeply',
    CUSTOMER,
    post({ ...valid, engagedParty: { id: 'x', more: deep(40) } }),
    400,
    'invalidBody',
  ],
  ['an id in a patch', `${CUSTOMER}/C-1001`, patch({ id: 'other' }), 400, 'notPatchable'],
  ['an href in a patch', `${CUSTOMER}/C-1001`, patch({ href: 'http://else.test' }), 400, 'notPatchable'],
  [
    'a server-set date in a patch',
    `${SERVICE}/SVC-1`,
    patch({ endDate: '2024-01-01T00:00:00Z' }),
    400,
    'notPatchable',
  ],
  [
    'a patch that removes what is required',
    `${CUSTOMER}/C-1001`,
    patch({ name: null }),
    400,
    'missingAttribute',
  ],
  ['a patch that removes the state', `${CUSTOMER}/C-1001`, patch({ status: null }), 400, 'invalidState'],
  ['a patch of nothing there', `${CUSTOMER}/C-0`, patch({ name: 'x' }), 404, 'notFound'],
  ['an unknown filter', `${CUSTOMER}?nmae=x`, {}, 400, 'unknownAttribute'],
  ['an unknown nested filter', `${CUSTOMER}?engagedParty.nmae=x`, {}, 400, 'unknownAttribute'],
  ['a filter on a prototype', `${CUSTOMER}?constructor=x`, {}, 400, 'unknownAttribute'],
  ['an unknown field', `${CUSTOMER}?fields=nmae`, {}, 400, 'unknownAttribute'],
  ['an empty name among fields', `${CUSTOMER}?fields=name,`, {}, 400, 'unknownAttribute'],
  ['an unknown sort key', `${CUSTOMER}?sort=-nmae`, {}, 400, 'unknownAttribute'],
  ['a filter on one resource', `${CUSTOMER}/C-1001?name=x`, {}, 400, 'invalidQuery'],
  ['a negative limit', `${CUSTOMER}?limit=-1`, {}, 400, 'invalidQuery'],
  ['a limit that is no number', `${CUSTOMER}?limit=many`, {}, 400, 'invalidQuery'],
  ['an offset in fractions', `${CUSTOMER}?offset=1.5`, {}, 400, 'invalidQuery'],
  ['a limit given twice', `${CUSTOMER}?limit=1&limit=2`, {}, 400, 'invalidQuery'],
  ['a parameter without value', `${CUSTOMER}?name`, {}, 400, 'invalidQuery'],
  ['a JSONPath filter', `${CUSTOMER}?filter=$[?(@.status=='active')]`, {}, 501, 'notSupported'],
  ['broken percent-encoding in a query', `${CUSTOMER}?name=%E0%A4%A`, {}, 400, 'invalidQuery'],
  ['NUL in a query', `${CUSTOMER}?name=%00`, {}, 400, 'invalidQuery'],
  [
    'a text compared with a number',
    `${CUSTOMER}?creditProfile.creditScore.gt=high`,
    {},
    400,
    'invalidFilter',
  ],
  ['a text compared with a date', `${CUSTOMER}?validFor.startDateTime.gt=soon`, {}, 400, 'invalidFilter'],
  ['a regular expression that is none', `${CUSTOMER}?name.regex=(`, {}, 400, 'invalidRegex'],
  ['a back reference', `${CUSTOMER}?name.regex=${encodeURIComponent('(a)\\1')}`, {}, 400, 'invalidRegex'],
  ['look-ahead', `${CUSTOMER}?name.regex=${encodeURIComponent('(?=a)')}`, {}, 400, 'invalidRegex'],
  [
    'repeats of repeats',
    `${CUSTOMER}?name.regex=${encodeURIComponent('(a{1,50}){1,50}')}`,
    {},
    400,
    'invalidRegex',
  ],
  ['a long regular expression', `${CUSTOMER}?name.regex=${'a'.repeat(101)}`, {}, 400, 'invalidRegex'],
  ['too many filters', `${CUSTOMER}?${'name.ne=a&id.ne=b&'.repeat(11)}`, {}, 400, 'invalidQuery'],
  ['NUL in an id', `${CUSTOMER}/%00`, {}, 400, 'invalidRequest'],
  ['broken percent-encoding in a path', `${CUSTOMER}/%ZZ`, {}, 400, 'invalidRequest'],
  ['an id that is not there', `${CUSTOMER}/C-0`, {}, 404, 'notFound'],
  ['an id beyond all bounds', `${CUSTOMER}/${'x'.repeat(5_000)}`, {}, 414, 'addressTooLong'],
  [
    'a resource that is not there, in capitals',
    '/tmf-api/customerManagement/v4/Customer/x',
    {},
    404,
    'notFound',
  ],
  ['an address that is not there', '/tmf-api/nothing', {}, 404, 'notFound'],
  ['measurements of nothing', MEASUREMENT, {}, 400, 'missingParameter'],
  ['measurements of an unknown service', `${MEASUREMENT}?monitoredObject.id=SVC-0`, {}, 404, 'notFound'],
  [
    'an unknown granularity',
    `${MEASUREMENT}?monitoredObject.id=SVC-1&granularity=g_1h`,
    {},
    400,
    'invalidQuery',
  ],
  ['a time that is none', `${MEASUREMENT}?monitoredObject.id=SVC-1&startTime=now`, {}, 400, 'invalidQuery'],
  [
    'a range that runs backwards',
    `${MEASUREMENT}?monitoredObject.id=SVC-1&startTime=2030-01-01T00:00:00Z`,
    {},
    400,
    'invalidQuery',
  ],
  [
    'more samples than allowed',
    `${MEASUREMENT}?monitoredObject.id=SVC-1&startTime=2020-01-01T00:00:00Z`,
    {},
    400,
    'rangeTooLong',
  ],
  [
    'an unknown measurement parameter',
    `${MEASUREMENT}?monitoredObject.id=SVC-1&x=1`,
    {},
    400,
    'unknownAttribute',
  ],
  ['an unknown topic', '/events?topic=weather', {}, 400, 'unknownTopic'],
  ['an empty customer', '/events?customerId=', {}, 400, 'invalidQuery'],
  ['an unknown stream parameter', '/events?x=1', {}, 400, 'unknownAttribute'],
];

describeRefusals('malformed requests', () => test, requests);

describe('the gateway', () => {
  it('answers in the same shape to what is not HTTP', async () => {
    const socket = connect(Number(new URL(test.url).port), '127.0.0.1');
    socket.end('NONSENSE\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    assert.match(text, /^HTTP\/1\.1 400 /);
    assert.match(text, /"@type":"Error"/);
  });

  it('goes on working after all of them', async () => {
    assert.equal((await test.call(`${CUSTOMER}/C-1001`)).status, 200);
  });
});
