import { expect } from '@open-wc/testing';
import { JioAssistError, type ErrorCode } from '../errors.js';
import { Circuits } from './circuits.js';

const URL_ASKED = 'https://gateway.test/thing';

const fail =
  (code: ErrorCode = 'network/unreachable', details = {}) =>
  () =>
    Promise.reject(new JioAssistError(code, 'It failed.', details));
const answer = () => Promise.resolve('answer');

function setup() {
  const circuits = new Circuits();
  const seen: string[] = [];
  circuits.outages.subscribe((outages) => seen.push(outages.map(({ status }) => status).join()));
  const call = (work: () => Promise<string>, url = URL_ASKED): Promise<string | JioAssistError> =>
    circuits.run(url, work).catch((error: unknown) => error as JioAssistError);
  const failTimes = async (times: number) => {
    for (let i = 0; i < times; i++) await call(fail());
  };
  return { circuits, seen, call, failTimes };
}

describe('Circuits', () => {
  const { now } = Date;
  let clock = now();

  beforeEach(() => {
    Date.now = () => clock;
  });

  afterEach(() => {
    Date.now = now;
  });

  it('lets calls through to a gateway that fails now and then', async () => {
    const { circuits, call, failTimes } = setup();
    await failTimes(4);
    expect(await call(answer)).to.equal('answer');
    await failTimes(4);
    expect(await call(answer)).to.equal('answer');
    expect(circuits.outages.value).to.deep.equal([]);
  });

  it('leaves a gateway alone that failed five times in a row, and says so', async () => {
    const { circuits, call, failTimes } = setup();
    await failTimes(5);
    let asked = 0;
    const error = await call(() => Promise.resolve(String(++asked)));
    expect(asked).to.equal(0);
    expect(error).to.be.instanceOf(JioAssistError);
    expect((error as JioAssistError).code, 'the code of the last failure').to.equal('network/unreachable');
    expect((error as JioAssistError).details['retryAfter']).to.equal(1);
    const [outage] = circuits.outages.value;
    expect(outage).to.include({ origin: 'https://gateway.test', status: 'open' });
    expect(outage!.until - clock).to.be.within(250, 500);
  });

  it('lets one call try when the pause is over, and closes when it is answered', async () => {
    const { seen, call, failTimes } = setup();
    await failTimes(5);
    clock += 500;
    let finish!: (value: string) => void;
    const probe = call(() => new Promise<string>((resolve) => (finish = resolve)));
    expect(await call(answer), 'the others wait').to.be.instanceOf(JioAssistError);
    finish('back');
    expect(await probe).to.equal('back');
    expect(await call(answer)).to.equal('answer');
    expect(seen).to.deep.equal(['open', 'probing', '']);
  });

  it('waits ever longer, and no longer than 10 s, while tries fail', async () => {
    const { circuits, call, failTimes } = setup();
    await failTimes(5);
    const pauses: number[] = [];
    for (let i = 0; i < 8; i++) {
      clock = circuits.outages.value[0]!.until;
      await call(fail());
      pauses.push(circuits.outages.value[0]!.until - clock);
    }
    expect(pauses[0]).to.be.within(500, 1000);
    expect(pauses[7]).to.be.within(5000, 10_000);
  });

  it('lets the next call try when the one that tried was given up', async () => {
    const { call, failTimes } = setup();
    await failTimes(5);
    clock += 500;
    await call(() => Promise.reject(new DOMException('switched', 'AbortError')));
    expect(await call(answer)).to.equal('answer');
  });

  it('tries at once when the network is back', async () => {
    const { call, failTimes } = setup();
    await failTimes(5);
    dispatchEvent(new Event('online'));
    expect(await call(answer)).to.equal('answer');
  });

  const signs: [string, ErrorCode, Record<string, number>, boolean][] = [
    ['no answer in time', 'network/timeout', {}, true],
    ['a 503', 'api/unavailable', { status: 503 }, true],
    ['too many requests', 'api/unavailable', { status: 429 }, false],
    ['a refusal', 'api/refused', { status: 404 }, false],
    ['a stranger', 'api/not-json', { status: 200 }, false],
  ];
  for (const [name, code, details, opens] of signs) {
    it(`${opens ? 'opens' : 'does not open'} for ${name}`, async () => {
      const { circuits, call } = setup();
      for (let i = 0; i < 5; i++) await call(fail(code, details));
      expect(circuits.outages.value).to.have.lengthOf(opens ? 1 : 0);
    });
  }

  it('knows each gateway by itself', async () => {
    const { call, failTimes } = setup();
    await failTimes(5);
    expect(await call(answer, 'https://other.test/thing')).to.equal('answer');
  });
});
