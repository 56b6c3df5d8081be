import { createJioAssist, type JioAssistClient, type JioAssistError } from '@jioassist/core-sdk';
import { fakeAuth, FakeGateway } from '@jioassist/core-sdk/testing';
import { expect } from '@open-wc/testing';
import { readRules } from './rule-runner.js';
import { RulesInUse } from './rules-in-use.js';

const RULES = '/jioassist/v1/badgeRuleSet';
const MINUTE = 60_000;
const rule = (id: string, when: string) => ({
  id,
  when,
  severity: 'warning',
  confidence: 0.9,
  title: { en: id },
  why: { en: id },
  evidence: [],
  actions: [],
  expires: 'P1D',
  coolDown: 'PT4H',
});
const ruleSet = (...rules: object[]) => ({ schemaVersion: 1, version: '1', rules });

describe('the rules in use', () => {
  let gateway: FakeGateway;
  let client: JioAssistClient;
  let served: unknown;
  let reported: JioAssistError[];

  beforeEach(() => {
    served = ruleSet(rule('first', 'true'));
    reported = [];
    gateway = new FakeGateway();
    gateway.answer(RULES, () => Response.json(served));
    const { url, fetch } = gateway;
    client = createJioAssist({ gateway: url, auth: fakeAuth(), fetch });
    client.errors.latest.subscribe(() => {
      const { value } = client.errors.latest;
      if (value) reported.push(value);
    });
  });
  afterEach(() => {
    client.dispose();
  });

  const asked = () => gateway.requests.filter((path) => path.startsWith(RULES)).length;
  async function shown(rules: RulesInUse, now: number): Promise<string[]> {
    const board = await rules.board(now);
    const nothing = { facts: {}, recommendations: [], dealings: [], experience: [] };
    return board
      .post({ ...nothing, contact: 'c', shownInLastHour: 0, atOnce: 9, now })
      .shown.map(({ id }) => id);
  }

  it('are read once for ten minutes, and then those that are in force', async () => {
    const rules = new RulesInUse(client, readRules);
    expect(await shown(rules, 0)).to.deep.equal(['first']);
    served = ruleSet(rule('second', 'true'));
    expect(await shown(rules, 9 * MINUTE)).to.deep.equal(['first']);
    expect(asked()).to.equal(1);
    expect(gateway.requests).to.include(`${RULES}?audience=own`);
    expect(await shown(rules, 10 * MINUTE)).to.deep.equal(['second']);
  });

  it('hold since when they began, also when they are read again', async () => {
    const rules = new RulesInUse(client, readRules);
    await shown(rules, 0);
    served = ruleSet(rule('first', 'true'), rule('second', 'true'));
    expect(await shown(rules, 23 * 60 * MINUTE)).to.have.members(['first', 'second']);
    expect(await shown(rules, 24 * 60 * MINUTE), 'the first has expired').to.deep.equal(['second']);
  });

  const bad: [what: string, served: () => unknown][] = [
    ['are not there', () => undefined],
    ['are written for a newer schema', () => ({ ...ruleSet(), schemaVersion: 2 })],
    ['have another shape', () => []],
    ['are five megabytes', () => ruleSet({ ...rule('big', 'true'), title: { en: 'x'.repeat(5_000_000) } })],
  ];
  for (const [what, serve] of bad) {
    it(`stay the last good ones when the new ones ${what}, and it is reported`, async () => {
      const rules = new RulesInUse(client, readRules);
      await shown(rules, 0);
      served = serve();
      if (served === undefined)
        gateway.answer(RULES, () => Response.json({ code: 'x', reason: 'x' }, { status: 400 }));
      expect(await shown(rules, 10 * MINUTE)).to.deep.equal(['first']);
      expect(reported).to.have.length(1);
      served = ruleSet(rule('third', 'true'));
      gateway.answer(RULES, () => Response.json(served));
      expect(await shown(rules, 20 * MINUTE)).to.deep.equal(['third']);
    });
  }

  it('are an error while there were never any', async () => {
    served = [];
    let thrown: unknown;
    await new RulesInUse(client, readRules).board(0).catch((error: unknown) => (thrown = error));
    expect(thrown).to.have.property('code', 'rules/unexpected-shape');
  });

  it('are without those that are wrong, which are reported with their place', async () => {
    served = ruleSet(rule('wrong', 'weather.rain'), rule('good', 'true'));
    expect(await shown(new RulesInUse(client, readRules), 0)).to.deep.equal(['good']);
    expect(reported.map(({ details }) => details)).to.deep.equal([{ rule: 'wrong', path: '/rules/0/when' }]);
  });
});
