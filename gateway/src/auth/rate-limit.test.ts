import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEvents } from '../../test-support/event-stream.ts';
import { startTestGateway, testAuth, type TestGateway } from '../../test-support/gateway.ts';
import { signIn } from './headless-sign-in.ts';
import { StreamCounter } from './rate-limit.ts';
import { RateLimiter } from './rate-limiter.ts';

const CUSTOMER = '/tmf-api/customerManagement/v4/customer/C-1001';

describe('the rate limiter', () => {
  const limiterAt = (rate: number, burst: number) => {
    let now = 0;
    const limiter = new RateLimiter({ rate, burst, now: () => now });
    const take = (agent: string, count: number) =>
      Array.from({ length: count }, () => limiter.take(agent)).filter(({ allowed }) => allowed).length;
    return { limiter, take, pass: (ms: number) => (now += ms) };
  };

  it('lets a burst through, and then the rate', () => {
    const { take, pass } = limiterAt(10, 20);
    assert.equal(take('asha', 30), 20);
    pass(1_000);
    assert.equal(take('asha', 30), 10);
    pass(60_000);
    assert.equal(take('asha', 30), 20);
  });

  it('takes nothing from others', () => {
    const { take } = limiterAt(10, 20);
    take('asha', 1_000);
    assert.equal(take('ravi', 30), 20);
  });

  it('says how long to wait, and that is enough', () => {
    const { limiter, take, pass } = limiterAt(2, 4);
    take('asha', 4);
    const { allowed, remaining, wait } = limiter.take('asha');
    assert.deepEqual({ allowed, remaining, wait }, { allowed: false, remaining: 0, wait: 1 });
    pass(wait * 1_000);
    assert.equal(limiter.take('asha').allowed, true);
  });

  it('is not fooled by refused requests or by a clock set back', () => {
    const { take, pass } = limiterAt(10, 10);
    take('asha', 500);
    pass(-3_600_000);
    assert.equal(take('asha', 10), 0);
    pass(1_000);
    assert.equal(take('asha', 20), 10);
  });

  it('holds no more than so many agents, and forgets the quietest', () => {
    const { take } = limiterAt(1, 2);
    take('early', 2);
    for (let index = 0; index < 10_000; index += 1) take(`agent-${index}`, 1);
    assert.equal(take('early', 2), 2, 'forgotten, so full again');
    assert.equal(take('agent-9999', 2), 1, 'still known');
  });
});

describe('the counter of streams', () => {
  it('counts what is open, for each agent', () => {
    const counter = new StreamCounter(2);
    const close = counter.open('asha');
    counter.open('asha');
    assert.throws(() => {
      counter.check('asha');
    }, /An agent may have 2/);
    counter.check('ravi');
    close();
    counter.check('asha');
  });
});

describe('an agent who asks too often', () => {
  let test: TestGateway;
  before(async () => {
    test = await startTestGateway({ auth: { ...testAuth, rateLimit: 1, rateBurst: 5, streamsPerAgent: 2 } });
  });
  after(() => test.close());
  const tokenOf = async (name: string) =>
    (await signIn(test.url, { name, password: `welcome-${name}` })).accessToken;

  it('is told to wait, and the others are served', async () => {
    const [asha, ravi] = [await tokenOf('asha'), await tokenOf('ravi')];
    const answers = await Promise.all(Array.from({ length: 12 }, () => test.call(CUSTOMER, { token: asha })));
    const refused = answers.find(({ status }) => status === 429)!;
    assert.ok(answers.filter(({ status }) => status === 200).length >= 5);
    assert.equal(refused.body.code, 'tooManyRequests');
    assert.equal(refused.body['@type'], 'Error');
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.match(refused.headers.get('ratelimit')!, /^"agent";r=0;t=\d+$/);
    const other = await test.call(CUSTOMER, { token: ravi });
    assert.equal(other.status, 200);
    assert.equal(other.headers.get('ratelimit-policy'), '"agent";q=5;w=5');
    assert.match(other.headers.get('ratelimit')!, /^"agent";r=4;t=\d+$/);
  });

  it('spends nothing of an agent whose token is forged', async () => {
    const meera = await tokenOf('meera');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      assert.equal((await test.call(CUSTOMER, { token: `${meera.slice(0, -8)}AAAAAAAA` })).status, 401);
    }
    assert.equal((await test.call(CUSTOMER, { token: meera })).status, 200);
  });

  it('has only so many streams open', async () => {
    const first = await openEvents(test.url, test.token, '?topic=customer');
    const second = await openEvents(test.url, test.token, '?topic=customer');
    const third = await test.call('/events?topic=customer');
    assert.deepEqual([third.status, third.body.code], [429, 'tooManyStreams']);
    assert.equal(third.headers.get('retry-after'), '30');
    await first.close();
    await second.close();
  });
});
