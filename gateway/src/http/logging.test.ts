import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newProofKey, prove } from '../../test-support/dpop.ts';
import { openEvents } from '../../test-support/event-stream.ts';
import { PAGE_ORIGIN, startTestGateway, type Body, type TestGateway } from '../../test-support/gateway.ts';
import { refresh, signIn } from '../auth/headless-sign-in.ts';
import { withoutSecrets } from './logging.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
const REVEAL = '/jioassist/v1/personalDataReveal';

interface Line {
  readonly [field: string]: unknown;
  readonly error?: { readonly type: string; readonly message: string; readonly stack_trace: string };
}

describe('the log of a day at work', () => {
  const written: string[] = [];
  const secrets = new Set<string>(['welcome-asha', 'wrong-password', '98765 43210', '9876543210']);
  let test: TestGateway;

  before(async () => {
    const log = { write: (line: string) => void written.push(line) };
    test = await startTestGateway({ logLevel: 'trace' }, { log });
    await work();
    await test.close();
  });

  /** Signs in, reads, writes, reveals, streams, fails: with everything secret that may be in a request or an answer. */
  async function work(): Promise<void> {
    const key = await newProofKey();
    const proof = async (request: { method?: string; url: string; token?: string }) =>
      remember(await prove(key, request));
    const tokens = await signIn(test.url, { name: 'asha', password: 'welcome-asha', prove: proof });
    for (const token of [tokens.accessToken, tokens.refreshToken, tokens.idToken]) remember(token);
    const plain = await signIn(test.url, { name: 'asha', password: 'welcome-asha' });
    const fresh = await refresh(test.url, plain.refreshToken);
    for (const token of [plain.accessToken, plain.refreshToken, fresh.refreshToken]) remember(token);
    const token = remember(fresh.accessToken);
    await assert.rejects(signIn(test.url, { name: 'asha', password: 'wrong-password' }));
    const { body: customers } = await test.call<Body[]>(CUSTOMERS, { token });
    customers.forEach(rememberCustomer);
    const { phoneNumber } = customers[0]!.contactMedium[0]!.characteristic;
    const path = `${CUSTOMERS}/C-1001`;
    const calls = [
      [`${CUSTOMERS}?contactMedium.characteristic.phoneNumber=${encodeURIComponent(phoneNumber)}`, {}],
      [`${CUSTOMERS}?name=${encodeURIComponent(customers[0]!.name)}`, { headers: { origin: PAGE_ORIGIN } }],
      [`${CUSTOMERS}?access_token=${token}`, { token: null }],
      [`${CUSTOMERS}?naem=${encodeURIComponent(phoneNumber)}`, {}],
      [`/nothing/${encodeURIComponent(phoneNumber)}`, {}],
      [`/%zz/${phoneNumber}`, {}],
      [path, { method: 'PATCH', body: { statusReason: 'call 98765 43210 or 9876543210' } }],
      [path, { method: 'PATCH', body: `{"statusReason": "98765 43210` }],
      [path, { method: 'PATCH', body: { name: 7, statusReason: '98765 43210' } }],
      [
        REVEAL,
        {
          method: 'POST',
          body: { customerId: 'C-1001', field: 'emailAddress', reason: 'To write to them.' },
        },
      ],
      [REVEAL, { method: 'POST', body: { customerId: phoneNumber, field: 'emailAddress', reason: 'x' } }],
    ] as const;
    for (const [address, options] of calls) await test.call(address, { token, ...options });
    const stream = await openEvents(test.url, token, '?topic=customer', '0');
    await stream.next();
    await stream.close();
    await breakDatabase(token, phoneNumber);
  }

  /** An error whose text, as the database gives it, quotes what the caller sent. */
  async function breakDatabase(token: string, phoneNumber: string): Promise<void> {
    const { database } = test.gateway;
    await database.query(
      `alter table resource add constraint no_call check (document->>'statusReason' is distinct from '${phoneNumber}') not valid`,
    );
    const body = { statusReason: phoneNumber };
    const { status } = await test.call(`${CUSTOMERS}/C-1002`, { method: 'PATCH', body, token });
    assert.equal(status, 500);
  }

  function remember(secret: string): string {
    secrets.add(secret);
    return secret;
  }

  function rememberCustomer({ name, contactMedium }: Body): void {
    remember(name);
    for (const { characteristic } of contactMedium as readonly { characteristic: Record<string, string> }[]) {
      const { phoneNumber, emailAddress, street1 } = characteristic;
      for (const value of [phoneNumber, emailAddress, street1]) if (value !== undefined) remember(value);
    }
  }

  const lines = () => written.map((line) => JSON.parse(line) as Line);

  it('holds no token, password, name, number, address or e-mail', () => {
    const text = written.join('');
    assert.ok(secrets.size > 40, 'there was much to keep');
    for (const secret of secrets) {
      assert.equal(text.includes(secret), false, secret);
      assert.equal(text.includes(encodeURIComponent(secret)), false, secret);
    }
    assert.doesNotMatch(text, /eyJ|[\w.]+@[\w.]+|\+91\d|authorization|cookie|code_verifier/i);
  });

  it('says of every request what, how it ended, how long it took and its id', () => {
    const requests = lines().filter(({ message }) => message === 'request');
    assert.ok(requests.length > 20);
    for (const line of requests) {
      assert.equal(typeof line['@timestamp'], 'string');
      assert.equal(line['log.level'], 'info');
      assert.equal(line['ecs.version'], '8.17.0');
      assert.match(String(line['http.request.id']), /^[\da-f-]{36}$/);
      assert.equal(typeof line['http.response.status_code'], 'number');
      assert.equal(typeof line['event.duration'], 'number');
    }
    const patch = requests.find((line) => line['http.request.method'] === 'PATCH')!;
    assert.equal(patch['http.route'], `${CUSTOMERS}/:id`);
    assert.equal(patch['user.id'], 'asha');
  });

  it('says of a failure where it was, and not what was in it', () => {
    const failure = lines().find(({ message }) => message === 'request failed')!;
    assert.equal(failure['log.level'], 'error');
    assert.equal(failure.error!.message, 'the database refused a statement');
    assert.match(failure.error!.stack_trace, /^ +at /);
  });
});

describe('the last line of defence', () => {
  const cases: [string, string][] = [
    ['{"message":"call +91 98765 43210 now"}', '{"message":"call [number] now"}'],
    ['{"message":"9876543210"}', '{"message":"[number]"}'],
    ['{"message":"to a.b+c@example.co.in!"}', '{"message":"to [e-mail]!"}'],
    ['{"message":"Bearer abc.def"}', '{"message":"Bearer [token]"}'],
    ['{"message":"eyJhbGciOi.eyJzdWIi.c2ln"}', '{"message":"[token]"}'],
    [
      '{"event.duration":9876543210,"list":[9876543210]}',
      '{"event.duration":9876543210,"list":[9876543210]}',
    ],
    ['{"@timestamp":"2026-11-24T10:00:00.000Z"}', '{"@timestamp":"2026-11-24T10:00:00.000Z"}'],
  ];
  for (const [line, expected] of cases) {
    it(`writes ${expected}`, () => {
      assert.equal(withoutSecrets(line), expected);
      assert.doesNotThrow(() => void JSON.parse(withoutSecrets(line)));
    });
  }
});
