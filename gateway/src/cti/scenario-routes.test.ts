import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildGateway } from '../app.ts';
import { signIn } from '../auth/headless-sign-in.ts';
import { makeHome } from '../../test-support/database.ts';
import { startTestGateway, testConfig, type TestGateway } from '../../test-support/gateway.ts';
import { agentOperations } from './switch/agent-operations.ts';
import { operate } from './switch/call-operations.ts';
import type { EngageSimulator } from './simulator/simulator.ts';

const PATH = '/jioassist/v1/cti/scenario';
const simulated = { engage: { kind: 'simulated', port: 0 } } as const;

/** Asha is ready, and the first call of what is played rings. */
async function ringing(simulator: EngageSimulator): Promise<string> {
  const on = simulator.switch;
  const line = on.lineAt('7001');
  if (line.state === 'LoggedOut') agentOperations.login(on, line);
  agentOperations.ready(on, line, {});
  while (on.liveCallsAt('7001').length === 0) await new Promise(setImmediate);
  return String(on.liveCallsAt('7001')[0]?.connId);
}

describe('scenarios of calls', () => {
  let test: TestGateway;
  before(async () => {
    test = await startTestGateway(simulated);
  });
  after(() => test.close());

  it('let a customer call whose cable was cut for it', async () => {
    const body = { agentId: 'asha', name: 'inbound-fibre-cut', speed: 100 };
    assert.equal((await test.call(PATH, { method: 'POST', body })).status, 201);
    const scenario = await test.call<{ name: string; affectedCustomer: { id: string }[] }>(
      '/jioassist/v1/scenario',
    );
    assert.equal(scenario.body.name, 'fibre-cut');
    const simulator = test.gateway.engageSimulator as EngageSimulator;
    const call = simulator.switch.callAt('7001', await ringing(simulator));
    const struck = await test.call(
      `/tmf-api/customerManagement/v4/customer/${String(scenario.body.affectedCustomer[0]?.id)}`,
    );
    const numbers = struck.body.contactMedium.map(({ characteristic }) => characteristic.phoneNumber);
    assert.ok(numbers.includes(String(call.ani)), 'the caller is one of those who are struck');
    const runs = await test.list(PATH);
    assert.deepEqual(
      runs.body.map(({ agentId, name }) => [agentId, name]),
      [['asha', 'inbound-fibre-cut']],
    );
    assert.doesNotMatch(JSON.stringify(runs.body), /\+91/);
    assert.equal((await test.call(`${PATH}/asha`, { method: 'DELETE' })).status, 204);
    assert.equal((await test.call(`${PATH}/asha`, { method: 'DELETE' })).status, 404);
  });

  for (const body of [
    { agentId: 'asha', name: 'flood' },
    { agentId: '', name: 'inbound' },
    { agentId: 'asha', name: 'inbound', speed: 0 },
    { agentId: 'asha', name: 'inbound', seed: -1 },
    { agentId: 'asha', name: 'inbound', more: 1 },
  ])
    it(`refuse ${JSON.stringify(body)}`, async () => {
      assert.equal((await test.call(PATH, { method: 'POST', body })).status, 400);
    });

  it('are not for agents', async () => {
    const { accessToken: token } = await signIn(test.url, { name: 'asha', password: 'welcome-asha' });
    const body = { agentId: 'asha', name: 'inbound' };
    assert.equal((await test.call(PATH, { method: 'POST', body, token })).status, 403);
  });
});

describe('a gateway without a simulated telephone system', () => {
  it('says how to have one', async () => {
    const test = await startTestGateway();
    const answer = await test.call(PATH);
    assert.deepEqual([answer.status, answer.body.code], [404, 'simulatorOff']);
    await test.close();
  });
});

describe('calls of the simulated telephone system', () => {
  it('go on after a restart of the gateway', async () => {
    const home = await makeHome();
    const config = { ...testConfig(home), ...simulated };
    const first = await buildGateway(config);
    const simulator = first.engageSimulator as EngageSimulator;
    simulator.play({ agentId: 'asha', name: 'inbound', seed: 1, speed: 100, caller: {} });
    const id = await ringing(simulator);
    operate(simulator.switch, '7001', id, 'answer', {});
    await first.close();
    const second = await buildGateway(config);
    const again = (second.engageSimulator as EngageSimulator).switch;
    assert.equal(again.partyIn(again.callAt('7001', id), '7001').state, 'Established');
    await second.close();
    await home.remove();
  });
});
