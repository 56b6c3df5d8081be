import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestGateway, type Body, type TestGateway } from '../../test-support/gateway.ts';

const PATH = '/jioassist/v1/customerSearch';

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const search = (body: unknown) => test.call<Body[]>(PATH, { method: 'POST', body });
const first = async (path: string) => (await test.list(path)).body[0]!;

describe('the search for customers', () => {
  it('finds who can be reached at a number or an address, and whose account it is', async () => {
    const { body: customer } = await test.call('/tmf-api/customerManagement/v4/customer/C-1001');
    const match = (matchedBy: string) => [{ customerId: 'C-1001', name: customer.name, matchedBy }];
    const media = customer.contactMedium as {
      characteristic: { phoneNumber?: string; emailAddress?: string };
    }[];
    const [phone, email] = media.map(({ characteristic }) => characteristic);
    assert.deepEqual((await search({ phoneNumber: ['0', phone!.phoneNumber] })).body, match('contact'));
    assert.deepEqual((await search({ emailAddress: [email!.emailAddress] })).body, match('contact'));
    assert.deepEqual((await search({ accountId: ['BA-1001'] })).body, match('account'));
    assert.deepEqual((await search({ phoneNumber: ['+910000000000'] })).body, []);
  });

  it('finds who uses a service with a number', async () => {
    const service = await first('/tmf-api/serviceInventory/v4/service?category=mobile');
    const characteristics = service.serviceCharacteristic as { name: string; value: unknown }[];
    const msisdn = characteristics.find(({ name }) => name === 'msisdn')!.value;
    const [user] = service.relatedParty as { id: string }[];
    const found = (await search({ phoneNumber: [msisdn] })).body;
    assert.ok(found.some(({ customerId, matchedBy }) => customerId === user!.id && matchedBy === 'service'));
  });

  it('takes one attribute with a list of texts, and nothing else', async () => {
    const wrong = [
      {},
      { name: ['x'] },
      { phoneNumber: '1' },
      { phoneNumber: [] },
      { phoneNumber: [1] },
      { phoneNumber: Array.from({ length: 21 }, () => '1') },
      { phoneNumber: ['1'], accountId: ['1'] },
      JSON.parse('{"__proto__": ["x"]}') as object,
      [],
    ];
    for (const body of wrong) assert.equal((await search(body)).status, 400, JSON.stringify(body));
  });
});
