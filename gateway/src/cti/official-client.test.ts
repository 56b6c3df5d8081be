import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type WorkspaceApi from 'genesys-workspace-client-js';
import type { WorkspaceCall } from 'genesys-workspace-client-js';
import { signIn } from '../auth/headless-sign-in.ts';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';

let test: TestGateway;
let client: WorkspaceApi;

before(async () => {
  test = await startTestGateway({ engage: { kind: 'simulated', port: 0 } });
  const { accessToken } = await signIn(test.url, { name: 'asha', password: 'welcome-asha' });
  // It puts a `window` into the process, so what looks for a browser has to be started before it.
  const { default: Client } = await import('genesys-workspace-client-js');
  client = new Client('any-key', String(test.gateway.engageUrl), false);
  await client.initialize({ token: accessToken });
});
after(async () => {
  await client.destroy();
  // It does not wait for its own goodbye.
  while (test.gateway.engageSimulator?.switch.lineAt('7001').state !== 'LoggedOut') await setImmediate();
  await test.close();
});

/** Waits for the client to say that it is so. */
async function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
  const found = find();
  if (found !== undefined && found !== false) return found;
  return new Promise((resolve, reject) => {
    const look = () => {
      const now = find();
      if (now === undefined || now === false) return;
      clearTimeout(timer);
      for (const event of ['CallStateChanged', 'DnStateChanged']) client.off(event, look);
      resolve(now);
    };
    const timer = setTimeout(() => {
      reject(
        new Error(`never: ${what}; ${JSON.stringify([client.voice.dn, ...client.voice.calls.values()])}`),
      );
    }, 10_000);
    for (const event of ['CallStateChanged', 'DnStateChanged']) client.on(event, look);
  });
}

const callIn = (state: string, callType?: string): WorkspaceCall | undefined =>
  [...client.voice.calls.values()].find(
    (call) => call.state === state && (callType === undefined || call.callType === callType),
  );
const agentIs = (state: string, workMode?: string) => () =>
  client.voice.dn?.agentState === state &&
  (workMode ?? client.voice.dn.agentWorkMode) === client.voice.dn.agentWorkMode;
const valueOf = (call: WorkspaceCall | undefined, key: string) =>
  call?.userData.filter((pair) => pair.key === key).map(({ value }) => value);
const idle = () => client.voice.calls.size === 0;

async function ring(): Promise<string> {
  await client.voice.ready();
  await until('ready', agentIs('Ready'));
  const body = { agentId: 'asha', name: 'inbound', speed: 100 };
  const { status } = await test.call('/jioassist/v1/cti/scenario', { method: 'POST', body });
  assert.equal(status, 201);
  return (await until('ringing', () => callIn('Ringing'))).id;
}

async function answerOne(): Promise<string> {
  const id = await ring();
  await client.voice.answerCall(id);
  await until('established', () => callIn('Established'));
  return id;
}

describe("the vendor's client, unmodified", () => {
  it('is initialised with the agent of the access token, and learns the reasons', () => {
    assert.equal(client.user.employeeId, 'asha');
    assert.equal(client.user.defaultPlace, 'Place_7001');
    assert.ok(client.configuration.actionCodes.length > 2);
  });

  it('activates the voice channel, is not ready, ready, and not ready for a reason', async () => {
    await client.activateChannels(client.user.employeeId);
    await until('logged in', agentIs('NotReady'));
    await client.voice.ready();
    await until('ready', agentIs('Ready'));
    await client.voice.notReady('AuxWork', 'Lunch');
    await until('not ready', agentIs('NotReady', 'AuxWork'));
    assert.deepEqual(client.voice.dn?.reasons, [{ key: 'ReasonCode', type: 'str', value: 'Lunch' }]);
  });

  it('answers a call with its attached data, holds, retrieves and releases it, and works after it', async () => {
    const id = await ring();
    assert.deepEqual(valueOf(callIn('Ringing'), 'CustomerId'), ['C-1001']);
    await client.voice.answerCall(id);
    await until('established', () => callIn('Established'));
    await client.voice.holdCall(id);
    await until('held', () => callIn('Held'));
    await client.voice.retrieveCall(id);
    await until('retrieved', () => callIn('Established'));
    await client.voice.releaseCall(id);
    await until('released', idle);
    await until('after-call work', agentIs('NotReady', 'AfterCallWork'));
  });

  it('asks a colleague, goes to and fro, and puts the caller through', async () => {
    const id = await answerOne();
    await client.voice.initiateTransfer(id, '+911234567890');
    const consult = await until('consulting', () => callIn('Established', 'Consult'));
    assert.equal(consult.parentConnId, id);
    await client.voice.alternateCalls(consult.id, id);
    await until('back with the caller', () => callIn('Established', 'Inbound'));
    await client.voice.alternateCalls(id, consult.id);
    await until('with the colleague again', () => callIn('Established', 'Consult'));
    await client.voice.completeTransfer(consult.id, id);
    await until('out of it', idle);
  });

  it('brings a colleague in, and takes one out', async () => {
    const id = await answerOne();
    await client.voice.initiateConference(id, '+911234567890');
    const consult = await until('consulting', () => callIn('Established', 'Consult'));
    await client.voice.completeConference(consult.id, id);
    await until('three', () => callIn('Established')?.participants.length === 2);
    await client.voice.deleteFromConference(id, '+911234567890');
    await until('two', () => callIn('Established')?.participants.length === 1);
    await client.voice.releaseCall(id);
    await until('released', idle);
  });

  it('sends digits, records, and changes attached data', async () => {
    const id = await answerOne();
    await client.voice.sendDTMF(id, '12#');
    await client.voice.startRecording(id);
    await until('recording', () => callIn('Established')?.recordingState === 'Recording');
    await client.voice.pauseRecording(id);
    await until('paused', () => callIn('Established')?.recordingState === 'Paused');
    const pair = (value: string) => [{ key: 'Note', type: 'str', value }];
    await client.voice.attachUserData(id, pair('one'));
    await client.voice.attachUserData(id, pair('two'));
    await until('both', () => valueOf(callIn('Established'), 'Note')?.length === 2);
    await client.voice.updateUserData(id, pair('three'));
    await until('replaced', () => valueOf(callIn('Established'), 'Note')?.join() === 'three');
    await client.voice.deleteUserDataPair(id, 'Note');
    await until('deleted', () => valueOf(callIn('Established'), 'Note')?.length === 0);
    await client.voice.singleStepTransfer(id, '8001');
    await until('handed over', idle);
  });

  it('calls out, and hears of a line that is busy by losing the call', async () => {
    await client.voice.makeCall('+911234567890');
    const call = await until('answered', () => callIn('Established', 'Outbound'));
    await client.voice.releaseCall(call.id);
    await until('released', idle);
    await client.voice.makeCall('5550');
    await until('dialling', () => callIn('Dialing'));
    await until('busy', idle);
  });

  it('finds a colleague', async () => {
    const found = await client.targets.search('ravi', 5);
    assert.deepEqual(
      found.map(({ name, number }) => [name, number]),
      [['Ravi Iyer', '7002']],
    );
  });
});
