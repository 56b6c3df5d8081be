import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { differences, servedBasePath, type OfficialFile } from './compare.ts';

const text = { type: 'string' };
const answer = { responses: { 200: { schema: { $ref: '#/definitions/Parcel' } } } };
const official: OfficialFile = {
  paths: {
    '/parcel': { get: answer, post: {} },
    '/parcel/{id}': { get: {}, put: {} },
    '/listener/parcelCreateEvent': { post: {} },
  },
  definitions: {
    Parcel: {
      type: 'object',
      properties: {
        id: text,
        weight: { type: 'integer' },
        sentAt: { type: 'string', format: 'date-time' },
        address: { $ref: '#/definitions/Address' },
        label: { type: 'array', items: text },
      },
    },
    Parcel_Create: {
      type: 'object',
      required: ['weight'],
      properties: { weight: { type: 'integer' }, note: text },
    },
    Address: { allOf: [{ $ref: '#/definitions/Place' }, { properties: { city: text } }] },
    Place: { type: 'object', properties: { country: text } },
  },
};
const address = { type: 'object', properties: { city: text, country: text } };
const ours = {
  paths: {
    '/tmf-api/parcel/v4/parcel': { get: {}, post: {} },
    '/tmf-api/parcel/v4/parcel/{parcelId}': { get: {}, delete: {} },
    '/tmf-api/other/v4/thing': { get: {} },
  },
  components: {
    schemas: {
      Parcel: {
        type: 'object',
        properties: {
          id: text,
          weight: { type: 'number' },
          sentAt: text,
          address: { $ref: '#/components/schemas/Address' },
          extra: text,
        },
      },
      Parcel_Create: {
        type: 'object',
        required: ['note'],
        properties: { weight: { type: 'integer' }, note: text },
      },
      Address: address,
    },
  },
};
const BASE = '/tmf-api/parcel/v4';

describe('the comparison with an official file', () => {
  it('finds where the file’s API is served', () => {
    assert.equal(servedBasePath(official, ours), BASE);
    assert.equal(servedBasePath({ ...official, paths: { '/nowhere': {} } }, ours), undefined);
  });

  it('names operations, attributes, types and mandatory attributes that differ, and nothing else', () => {
    assert.deepEqual(differences('TMF000', official, BASE, ours), [
      'TMF000 put /parcel/{}: not offered',
      'TMF000 delete /parcel/{}: added',
      'TMF000 Parcel.extra: added',
      'TMF000 Parcel.label: missing',
      'TMF000 Parcel.sentAt: string, not dateTime',
      'TMF000 Parcel.weight: number, not integer',
      'TMF000 Parcel_Create.note: mandatory here only',
      'TMF000 Parcel_Create.weight: optional here',
    ]);
  });

  it('looks into objects that are put together from others', () => {
    const smaller = { ...ours.components.schemas, Address: { type: 'object', properties: { city: text } } };
    const lines = differences('TMF000', official, BASE, { ...ours, components: { schemas: smaller } });
    assert.ok(lines.includes('TMF000 Parcel.address.country: missing'));
  });
});
