import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { idsIn, startTmfClient, type TmfClient } from '../../../test-support/tmf-client.ts';
import { listAt } from './document.ts';

let tmf: TmfClient;
before(async () => {
  tmf = await startTmfClient();
});
after(() => tmf.test.close());

const raiseAlarm = (object: string, more: object = {}) =>
  tmf.post('alarm', {
    alarmType: 'equipmentAlarm',
    perceivedSeverity: 'major',
    probableCause: 'test',
    alarmedObject: { id: object },
    sourceSystemId: 'test',
    state: 'raised',
    alarmRaisedTime: '2026-01-01T00:00:00Z',
    ...more,
  });

describe('tasks on alarms', () => {
  const by = { ackSystemId: 'noc', ackUserId: 'me' };
  const clearing = { clearSystemId: 'noc', clearUserId: 'me', alarmClearedTime: '2026-01-02T00:00:00Z' };

  it('acknowledge what matches the pattern, and take it back', async () => {
    const [one, two] = [await raiseAlarm('A-1'), await raiseAlarm('A-2')];
    const done = await tmf.post('ackAlarms', { ...by, alarmPattern: [{ alarmedObject: { id: 'A-1' } }] });
    assert.deepEqual([done.state, idsIn(done, 'ackedAlarm')], ['done', [one.id]]);
    assert.equal((await tmf.get('alarm', one.id)).ackState, 'acknowledged');
    assert.equal((await tmf.get('alarm', two.id)).ackState, 'unacknowledged');
    await tmf.post('unAckAlarms', { ...by, alarmPattern: [{ id: one.id, href: one.href }] });
    assert.equal((await tmf.get('alarm', one.id)).ackState, 'unacknowledged');
  });

  it('clear, with who, when and the event of the move', async () => {
    const alarm = await raiseAlarm('A-3');
    const done = await tmf.post('clearAlarms', { ...clearing, alarmPattern: [{ id: alarm.id }] });
    const { state, clearUserId, alarmClearedTime } = await tmf.get('alarm', alarm.id);
    assert.deepEqual([state, clearUserId, alarmClearedTime], ['cleared', 'me', '2026-01-02T00:00:00Z']);
    assert.deepEqual(idsIn(done, 'clearedAlarm'), [alarm.id]);
    assert.ok((await tmf.eventTypes('alarm', alarm.id)).includes('AlarmStateChangeEvent'));
    assert.deepEqual(await tmf.eventTypes('clearAlarms', done.id), [
      'ClearAlarmsCreateEvent',
      'ClearAlarmsStateChangeEvent',
    ]);
  });

  it('take an empty pattern for none, not for all', async () => {
    const done = await tmf.post('clearAlarms', { ...clearing, alarmPattern: [{}] });
    assert.deepEqual(idsIn(done, 'clearedAlarm'), []);
  });

  it('comment, group and ungroup', async () => {
    const [parent, child] = [await raiseAlarm('A-4'), await raiseAlarm('A-5')];
    await tmf.post('commentAlarms', { comment: { comment: 'Seen.' }, alarmPattern: [{ id: parent.id }] });
    assert.equal(listAt(await tmf.get('alarm', parent.id), 'comment')[0]?.comment, 'Seen.');
    const family = {
      sourceSystemId: 'noc',
      alarmChangedTime: '2026-01-02T00:00:00Z',
      parentAlarm: { id: parent.id },
      correlatedAlarm: [{ id: child.id }],
    };
    await tmf.post('groupAlarms', family);
    assert.deepEqual(idsIn(await tmf.get('alarm', parent.id), 'correlatedAlarm'), [child.id]);
    assert.deepEqual(idsIn(await tmf.get('alarm', child.id), 'parentAlarm'), [parent.id]);
    await tmf.post('unGroupAlarms', family);
    assert.deepEqual(idsIn(await tmf.get('alarm', child.id), 'parentAlarm'), []);
    const lost = await tmf.post('groupAlarms', { ...family, parentAlarm: { id: 'ALM-0' } });
    assert.equal(lost.state, 'terminatedWithError');
  });

  it('and changes of the same alarms at the same time all come to an end', async () => {
    const alarms = [await raiseAlarm('A-7'), await raiseAlarm('A-8')];
    const alarmPattern = alarms.map(({ id }) => ({ id }));
    const tasks = [
      tmf.post('ackAlarms', { ...by, alarmPattern }),
      tmf.post('commentAlarms', { comment: { comment: 'x' }, alarmPattern: [...alarmPattern].reverse() }),
    ];
    const changes = ['alarmDetails', 'specificProblem'].flatMap((attribute) =>
      alarms.map(({ id }) => tmf.patch('alarm', id, { [attribute]: 'changed' })),
    );
    await Promise.all(tasks);
    for (const { status } of await Promise.all(changes)) assert.equal(status, 200);
    for (const { id } of alarms) {
      const { ackState, alarmDetails, specificProblem, comment } = await tmf.get('alarm', id);
      assert.deepEqual([ackState, alarmDetails, specificProblem], ['acknowledged', 'changed', 'changed']);
      assert.equal((comment as unknown[]).length, 1);
    }
  });

  it('reach the customers of the services an alarm affects', async () => {
    const alarm = await raiseAlarm('A-6', { affectedService: [{ id: 'SVC-1' }] });
    const [row] = await tmf.test.gateway.database.query<{ ids: string[] }>(
      `select customer_ids as ids from event_log where topic = 'alarm' and document->>'id' = $1`,
      [alarm.id],
    );
    assert.deepEqual(row?.ids, ['C-1001']);
  });
});

describe('tasks on service problems', () => {
  const problem = (more: object = {}) =>
    tmf.post('serviceProblem', {
      category: 'network',
      priority: 1,
      description: 'Test',
      reason: 'test',
      originatorParty: { id: 'ORG-1', role: 'operator' },
      ...more,
    });

  it('acknowledge and group', async () => {
    const [parent, child] = [await problem(), await problem()];
    const done = await tmf.post('problemAcknowledgement', { problem: [{ id: parent.id }, { id: 'PRB-0' }] });
    assert.deepEqual(idsIn(done, 'ackProblem'), [parent.id]);
    assert.equal(
      listAt(await tmf.get('serviceProblem', parent.id), 'trackingRecord').at(-1)?.description,
      'acknowledged',
    );
    await tmf.post('problemUnacknowledgement', { problem: [{ id: parent.id }] });
    assert.equal(listAt(await tmf.get('serviceProblem', parent.id), 'trackingRecord').length, 2);
    const family = { parentProblem: { id: parent.id }, childProblem: [{ id: child.id }] };
    await tmf.post('problemGroup', family);
    assert.deepEqual(idsIn(await tmf.get('serviceProblem', child.id), 'parentProblem'), [parent.id]);
    await tmf.post('problemUngroup', family);
    assert.deepEqual(idsIn(await tmf.get('serviceProblem', parent.id), 'underlyingProblem'), []);
  });

  it('resolve the tickets with the problem, and keep a record of each event', async () => {
    const ticket = await tmf.post('troubleTicket', {
      description: 'x',
      severity: 'Minor',
      ticketType: 'problem',
    });
    const closed = await tmf.post('troubleTicket', {
      description: 'x',
      severity: 'Minor',
      ticketType: 'problem',
      status: 'closed',
    });
    const { id } = await problem({ troubleTicket: [{ id: ticket.id }, { id: closed.id }, { id: 'TT-0' }] });
    assert.equal((await tmf.patch('serviceProblem', id, { status: 'resolved' })).status, 200);
    const resolved = await tmf.get('troubleTicket', ticket.id);
    assert.equal(resolved.status, 'resolved');
    assert.ok(resolved.resolutionDate);
    assert.deepEqual(
      listAt(resolved, 'statusChange').map(({ status }) => status),
      ['acknowledged', 'resolved'],
    );
    assert.ok((await tmf.eventTypes('troubleTicket', ticket.id)).includes('TroubleTicketResolvedEvent'));
    assert.equal((await tmf.get('troubleTicket', closed.id)).status, 'closed');
    const records = await tmf.find('serviceProblemEventRecord', `serviceProblem.id=${id}`);
    assert.deepEqual(
      records.map(({ eventType }) => eventType),
      ['ServiceProblemCreateEvent', 'ServiceProblemStateChangeEvent'],
    );
  });
});
