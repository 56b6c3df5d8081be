import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { idsIn, pathOf, startTmfClient, type TmfClient } from '../../../test-support/tmf-client.ts';
import type { ResourceDocument } from '../declaration.ts';
import { listAt, numberAt, textAt } from './document.ts';

let tmf: TmfClient;
before(async () => {
  tmf = await startTmfClient();
});
after(() => tmf.test.close());

describe('questions answered from what is stored', () => {
  const place = { id: 'ADR-C-1001', '@referredType': 'GeographicAddress' };
  const ask = (service: object, more: object = {}) =>
    tmf.post('checkServiceQualification', { serviceQualificationItem: [{ id: '1', service }], ...more });
  const fibre = { serviceSpecification: { id: 'FIB-499', name: 'Fibre 100 Mbps' } };

  it('qualifies where the network is, and not where it is planned or missing', async () => {
    assert.equal((await ask({ ...fibre, place: [place] })).qualificationResult, 'qualified');
    const planned = await ask({ ...fibre, place: [{ city: 'Nashik' }] });
    assert.equal(planned.qualificationResult, 'unqualified');
    assert.match(JSON.stringify(planned), /planned but not built/);
    const other = await ask({ ...fibre, place: [{ city: 'Nashik' }] }, { provideAlternative: true });
    assert.equal(other.qualificationResult, 'alternate');
    assert.equal((await ask({ ...fibre, place: [{ city: 'Nowhere' }] })).qualificationResult, 'unqualified');
    assert.match(JSON.stringify(await ask(fibre)), /placeUnknown/);
  });

  it('lists the services that can be had at a place', async () => {
    const found = await tmf.post('queryServiceQualification', {
      searchCriteria: { service: { place: [place] } },
    });
    assert.equal(found.state, 'done');
    const ids = listAt(found, 'serviceQualificationItem').map((item) =>
      textAt(item, 'service.serviceSpecification.id'),
    );
    const [mine] = await tmf.find('service', 'relatedParty.id=C-1001');
    assert.ok(ids.includes(textAt(mine, 'serviceSpecification.id')));
  });

  it('recommends what is prepared for the party', async () => {
    const done = await tmf.post('queryProductRecommendation', { relatedParty: { id: 'C-1001' } });
    assert.equal(listAt(done, 'recommendationItem').length, 2);
    const nothing = await tmf.post('queryProductRecommendation', { relatedParty: { id: 'C-0' } });
    assert.deepEqual([nothing.state, nothing.recommendationItem], ['done', []]);
  });

  it('offers visits that no appointment takes', async () => {
    const search = () =>
      tmf.post('searchTimeSlot', {
        relatedPlace: place,
        requestedTimeSlot: [
          { validFor: { startDateTime: '2030-03-04T00:00:00Z', endDateTime: '2030-03-05T00:00:00Z' } },
        ],
      });
    const free = listAt(await search(), 'availableTimeSlot');
    assert.equal(free.length, 4);
    const [slot] = free;
    const book = () => tmf.post('appointment', { validFor: slot?.validFor, status: 'confirmed' });
    const bookings = [await book(), await book()];
    const starts = async () =>
      listAt(await search(), 'availableTimeSlot').map((entry) => textAt(entry, 'validFor.startDateTime'));
    assert.ok(!(await starts()).includes(textAt(slot, 'validFor.startDateTime')));
    await tmf.patch('appointment', bookings[0]!.id, { status: 'cancelled' });
    assert.ok((await starts()).includes(textAt(slot, 'validFor.startDateTime')));
    const past = [
      { validFor: { startDateTime: '2020-01-01T00:00:00Z', endDateTime: '2020-01-02T00:00:00Z' } },
    ];
    assert.equal((await tmf.post('searchTimeSlot', { requestedTimeSlot: past })).status, 'rejected');
  });

  it('validates an address against the stored ones', async () => {
    const known = await tmf.get('geographicAddress', 'ADR-C-1001');
    const { streetNr, streetName, city } = known;
    const valid = await tmf.post('geographicAddressValidation', {
      submittedGeographicAddress: { streetNr, streetName, city },
    });
    assert.deepEqual(
      [valid.validationResult, textAt(valid, 'validGeographicAddress.id')],
      ['success', known.id],
    );
    const wrong = { streetNr: '9999', streetName, city };
    const near = await tmf.post('geographicAddressValidation', {
      submittedGeographicAddress: wrong,
      provideAlternative: true,
    });
    assert.equal(near.validationResult, 'partial');
    assert.ok(idsIn(near, 'alternateGeographicAddress').includes(known.id));
    assert.equal(
      (await tmf.post('geographicAddressValidation', { submittedGeographicAddress: wrong })).validationResult,
      'fails',
    );
  });

  it('sums up the usage of each bucket in a period', async () => {
    const owner = { product: [{ id: 'PRD-U' }], relatedParty: [{ id: 'C-U', role: 'customer' }] };
    await tmf.post('bucket', { usageType: 'data', remainingValue: { amount: 5, units: 'GB' }, ...owner });
    const use = (amount: number, usageDate: string) =>
      tmf.post('usage', {
        usageDate,
        relatedParty: owner.relatedParty,
        usageCharacteristic: [{ name: 'dataVolume', value: { amount, units: 'GB' } }],
        ratedProductUsage: [{ productRef: { id: 'PRD-U' } }],
      });
    await use(1.5, '2026-01-02T00:00:00Z');
    await use(0.7, '2026-01-03T00:00:00Z');
    await use(9, '2025-01-01T00:00:00Z');
    const validPeriod = { startDateTime: '2026-01-01T00:00:00Z' };
    const done = await tmf.post('queryUsageConsumption', {
      relatedParty: owner.relatedParty,
      searchCriteria: { validPeriod },
    });
    const [bucket] = listAt(listAt(done, 'usageConsumption')[0], 'bucketRefOrValue');
    assert.equal(numberAt(listAt(bucket, 'bucketCounter')[0], 'value.amount'), 2.2);
    assert.equal(numberAt(bucket, 'remainingValue.amount'), 5);
  });

  it('assesses a customer from its history', async () => {
    const partyRole = { id: 'C-1001', role: 'customer', '@referredType': 'Customer' };
    const score = async (name: string) => {
      const { status, riskAssessmentResult } = await tmf.post('partyRoleRiskAssessment', { partyRole });
      assert.equal(status, 'completed');
      const scores = listAt(riskAssessmentResult as ResourceDocument, 'score');
      return numberAt(
        scores.find(({ riskName }) => riskName === name),
        'score',
      )!;
    };
    const before = await score('ChurnRisk');
    await tmf.post('troubleTicket', {
      description: 'x',
      severity: 'Minor',
      ticketType: 'problem',
      relatedParty: [partyRole],
    });
    assert.ok((await score('ChurnRisk')) > before);
    assert.equal((await tmf.post('partyRoleRiskAssessment', { partyRole: { id: 'C-0' } })).status, 'failed');
  });
});

describe('a guided process', () => {
  it('lays out its tasks, leads from one to the next, and ends with the last', async () => {
    const process = await tmf.post('processFlow', { processFlowSpecification: 'PFS-1' });
    const tasks = `${pathOf('processFlow')}/${process.id}/taskFlow`;
    const states = async () => (await tmf.test.list(tasks)).body.map(({ state }) => state);
    assert.deepEqual(await states(), ['active', 'new', 'new', 'new']);
    const ids = idsIn(process, 'taskFlow').map(String);
    assert.equal(ids.length, 4);
    for (const id of ids) {
      assert.equal((await tmf.get('processFlow', process.id)).state, 'active');
      await tmf.test.call(`${tasks}/${id}`, { method: 'PATCH', body: { state: 'completed' } });
    }
    assert.deepEqual(await states(), ['completed', 'completed', 'completed', 'completed']);
    assert.equal((await tmf.get('processFlow', process.id)).state, 'completed');
  });

  it('keeps tasks under their own process, and takes them along when it goes', async () => {
    const [one, two] = [
      await tmf.post('processFlow', { processFlowSpecification: 'PFS-1' }),
      await tmf.post('processFlow', { processFlowSpecification: 'x' }),
    ];
    const [id] = idsIn(one, 'taskFlow');
    const own = `${pathOf('processFlow')}/${one.id}/taskFlow/${String(id)}`;
    assert.equal((await tmf.test.call(own)).status, 200);
    assert.equal((await tmf.test.call(own.replace(one.id, two.id))).status, 404);
    assert.equal(
      (await tmf.test.call(own.replace(one.id, two.id), { method: 'PATCH', body: { priority: 2 } })).status,
      404,
    );
    assert.equal((await tmf.test.call(`${pathOf('processFlow')}/PF-0/taskFlow`)).status, 404);
    await tmf.test.call(`${pathOf('processFlow')}/${one.id}`, { method: 'DELETE' });
    assert.equal((await tmf.test.call(own)).status, 404);
  });
});

describe('other names for a path', () => {
  it('leads to the same resources', async () => {
    for (const alias of [
      '/userrolepermission/v4/userRole',
      '/customer/v4/queryProductRecommendation',
      '/tmf-api/partyManagement/v4/individual',
    ]) {
      const { status, body } = await tmf.test.list(alias);
      assert.equal(status, 200);
      assert.match(body[0]!.href, /\/tmf-api\/(rolesAndPermissions|recommendationManagement|party)\/v4\//);
    }
  });
});
