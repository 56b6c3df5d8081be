import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { importJWK, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { describeRefusals, type Refusal } from '../../test-support/refusals.ts';
import { ApiError } from './errors.ts';
import { customer } from './apis/customer.ts';
import { Bindings, orderSql, whereSql } from './filter-sql.ts';
import { readListQuery } from './list-query.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const encode = encodeURIComponent;

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const filter = (label: string, query: string, code: string, status = 400): Refusal => [
  label,
  `${CUSTOMER}?${query}`,
  {},
  status,
  code,
];
const filters: Refusal[] = [
  filter('SQL as attribute', `${encode("name' or 1=1 --")}=x`, 'invalidQuery'),
  filter('SQL as operator', 'name.;drop=x', 'invalidQuery'),
  filter('a quote in an attribute', `${encode('name"')}=x`, 'invalidQuery'),
  filter('a bracket in an attribute', `${encode('name[0]')}=x`, 'invalidQuery'),
  filter('an unknown operator', 'name.like=x', 'unknownAttribute'),
  filter('an operator alone', '.gt=5', 'unknownAttribute'),
  filter('an attribute of nothing', '=x', 'invalidQuery'),
  filter('a path with an empty step', 'engagedParty..id=x', 'unknownAttribute'),
  filter('__proto__', '__proto__=x', 'unknownAttribute'),
  filter('__proto__ below', 'engagedParty.__proto__.id=x', 'unknownAttribute'),
  filter('toString', 'toString=x', 'unknownAttribute'),
  filter('a step into a text', 'name.first=x', 'unknownAttribute'),
  filter('half of a character', 'name=%F0%9F', 'invalidQuery'),
  filter('half a surrogate pair', 'name=%ED%A0%80', 'invalidQuery'),
  filter('NUL in an attribute', 'na%00me=x', 'invalidQuery'),
  filter('a number that is none', 'creditProfile.creditScore.gt=1e5', 'invalidFilter'),
  filter('a number in words', 'creditProfile.creditScore.lte=ten', 'invalidFilter'),
  filter('a date that is none', 'validFor.endDateTime.lt=2024-99-99', 'invalidFilter'),
  filter('an open bracket', `name.regex=${encode('[a')}`, 'invalidRegex'),
  filter('a brace that opens', `name.regex=${encode('a{2,1}')}`, 'invalidRegex'),
  filter('many repeats', `name.regex=${encode('a{1000}')}`, 'invalidRegex'),
  filter('look-behind', `name.regex=${encode('(?<=a)b')}`, 'invalidRegex'),
  filter('options inside', `name.regex=${encode('(?i)a')}`, 'invalidRegex'),
  filter('a literal prefix', `name.regex=${encode('***=a')}`, 'invalidRegex'),
  filter('21 filters', Array.from({ length: 21 }, (_, n) => `name=${n}`).join('&'), 'invalidQuery'),
  filter('101 values', `name=${Array.from({ length: 102 }, (_, n) => n).join(',')}`, 'invalidQuery'),
  filter('an offset beyond all numbers', 'offset=99999999999999999999', 'invalidQuery'),
  filter('a negative offset', 'offset=-1', 'invalidQuery'),
  filter('a limit in hexadecimal', 'limit=0x10', 'invalidQuery'),
  filter('an empty limit', 'limit=', 'invalidQuery'),
  filter('a limit with an operator', 'limit.gt=5', 'invalidQuery'),
  filter('an offset twice', 'offset=1&offset=2', 'invalidQuery'),
  filter('fields twice', 'fields=id&fields=name', 'invalidQuery'),
  filter('fields below a text', 'fields=name.first', 'unknownAttribute'),
  filter('fields of a prototype', 'fields=constructor', 'unknownAttribute'),
  filter('a sort twice', 'sort=name&sort=id', 'invalidQuery'),
  filter('an empty sort', 'sort=', 'unknownAttribute'),
  filter('SQL as sort', `sort=${encode('name; drop table resource')}`, 'unknownAttribute'),
  filter('a sort by two signs', 'sort=--name', 'unknownAttribute'),
  filter('JSONPath', `filter=${encode('$[?(@.name)]')}`, 'notSupported', 501),
];
describeRefusals('malformed filters', () => test, filters);

const at = (label: string, path: string, status: number, code: string): Refusal => [
  label,
  path,
  {},
  status,
  code,
];
const paths: Refusal[] = [
  at('an encoded way up', `${CUSTOMER}/..%2f..%2fetc%2fpasswd`, 404, 'notFound'),
  at('an encoded way up twice', `${CUSTOMER}/%252e%252e%252f`, 404, 'notFound'),
  at('a backslash', `${CUSTOMER}/..%5c..%5cwindows`, 404, 'notFound'),
  at('a line break in an id', `${CUSTOMER}/C%0d%0aSet-Cookie:%20a=b`, 404, 'notFound'),
  at('SQL as id', `${CUSTOMER}/${encode("' or 1=1 --")}`, 404, 'notFound'),
  at('markup as id', `${CUSTOMER}/${encode('<script>alert(1)</script>')}`, 404, 'notFound'),
  at('NUL behind an id', `${CUSTOMER}/C-1001%00.json`, 400, 'invalidRequest'),
  at('an invalid byte in an id', `${CUSTOMER}/%FF`, 400, 'invalidRequest'),
  at('something below a resource', `${CUSTOMER}/C-1001/name`, 404, 'notFound'),
  at('two slashes', CUSTOMER.replace('/v4/', '/v4//'), 404, 'notFound'),
  at('another version', CUSTOMER.replace('v4', 'v5'), 404, 'notFound'),
  at(
    'an API in capitals',
    CUSTOMER.replace('customerManagement', 'CUSTOMERMANAGEMENT') + 'x',
    404,
    'notFound',
  ),
  at('a long address', `${CUSTOMER}/${'a'.repeat(4_000)}`, 414, 'addressTooLong'),
  at('the files of the SDK', '/sdk/1/../../package.json', 404, 'notFound'),
  at('the files of the viewer', '/openapi/viewer/..%2f..%2fpackage.json', 404, 'notFound'),
];
describeRefusals('tricks with paths', () => test, paths);

const bearer = (label: string, authorization: string): Refusal => [
  label,
  CUSTOMER,
  { token: null, headers: { authorization } },
  401,
  'invalidToken',
];
const tokens: Refusal[] = [
  ['no token', CUSTOMER, { token: null }, 401, 'invalidToken'],
  ['no token for a write', CUSTOMER, { token: null, method: 'POST', body: {} }, 401, 'invalidToken'],
  ['no token for a hub', CUSTOMER.replace(/customer$/, 'hub'), { token: null }, 401, 'invalidToken'],
  bearer('an empty token', 'Bearer '),
  bearer('another scheme', 'Basic YXNoYTp4'),
  bearer('a token of one part', 'Bearer abc'),
  bearer('a token of dots', 'Bearer ..'),
  bearer('a token with a blank', 'Bearer a b'),
  bearer('a token in quotes', 'Bearer "abc"'),
  bearer('a very long token', `Bearer ${'a'.repeat(8_000)}`),
];
describeRefusals('tokens that are none', () => test, tokens);

describe('forged tokens', () => {
  const refused = async (token: string) => {
    const { status, body, headers } = await test.call(CUSTOMER, { token });
    assert.deepEqual([status, body.code, body['@type']], [401, 'invalidToken', 'Error']);
    assert.match(headers.get('www-authenticate') ?? '', /invalid_token/);
  };
  const claims = () => ({ scope: 'customer:read', client_id: 'crm' });
  const key = async () => {
    const [row] = await test.gateway.database.query<{ value: JWK[] }>(
      "select value from secret where name = 'signing-keys'",
    );
    const [jwk] = row?.value ?? [];
    return { key: await importJWK(jwk ?? {}, 'ES256'), kid: jwk?.kid ?? '' };
  };
  const sign = async (change: (token: SignJWT) => SignJWT, type = 'at+jwt') => {
    const signing = await key();
    const token = new SignJWT(claims())
      .setProtectedHeader({ alg: 'ES256', typ: type, kid: signing.kid })
      .setIssuer(`${test.url}/oidc`)
      .setAudience(test.url)
      .setSubject('asha')
      .setIssuedAt()
      .setExpirationTime('5m');
    return change(token).sign(signing.key);
  };
  const same = (token: SignJWT) => token;

  it('are told from a good one', async () => {
    assert.equal((await test.call(CUSTOMER, { token: await sign(same) })).status, 200);
  });
  it('do not pass without a signature', async () => {
    await refused(new UnsecuredJWT(claims()).setIssuer(`${test.url}/oidc`).setAudience(test.url).encode());
  });
  it('do not pass with another key', () =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode('a secret of somebody else, long enough'))
      .then(refused));
  it('do not pass when a part was changed', async () => {
    const [head, payload, signature] = (await sign(same)).split('.');
    const changed = Buffer.from(
      Buffer.from(payload ?? '', 'base64url')
        .toString()
        .replace('asha', 'ravi'),
    ).toString('base64url');
    await refused(`${head}.${changed}.${signature}`);
  });
  it('do not pass when they have expired', async () =>
    refused(await sign((token) => token.setExpirationTime(1))));
  it('do not pass before their time', async () => refused(await sign((token) => token.setNotBefore('1h'))));
  it('do not pass from another issuer', async () =>
    refused(await sign((token) => token.setIssuer('https://evil.test'))));
  it('do not pass for another audience', async () =>
    refused(await sign((token) => token.setAudience('https://else.test'))));
  it('do not pass as a token of another kind', async () => refused(await sign(same, 'id+jwt')));
});

describe('any query', () => {
  const attributes = customer.attributes;
  const name = fc.oneof(
    fc.constantFrom('name', 'engagedParty.id', 'sort', 'fields', 'offset', 'limit', 'href'),
    fc.string(),
  );
  const symbol = fc.constantFrom('=', '.gt=', '.ne=', '.regex=', '>', '*=', '<=', '', ';');
  const part = fc
    .tuple(name, symbol, fc.string({ unit: 'binary' }))
    .map((parts) => parts.map(encodeSafely).join(''));

  it('is a list request or a 4xx, and never part of the SQL', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        try {
          const query = readListQuery(`/x?${parts.join('&')}`, attributes);
          const bindings = new Bindings();
          const sql = `${whereSql('customer', query.filters, bindings)} ${orderSql(query.sort, bindings)}`;
          assert.match(sql, /^[\w\s$:=.,'{}()@<>~#"-]*$/);
          assert.doesNotMatch(sql, /--|;/);
        } catch (error) {
          assert.ok(error instanceof ApiError && error.status < 502, String(error));
        }
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});

function encodeSafely(text: string): string {
  return encode(text.toWellFormed());
}
