import * as shapes from '../shapes/tmf673.ts';
import { validateAddress } from '../tasks/address-validation.ts';
import { api, pendingTask, readOnly, withoutDelete } from './common.ts';

const resource = api('geographicAddressManagement', 'place');

export const geographicAddress = resource({
  type: 'GeographicAddress',
  attributes: shapes.geographicAddress,
  operations: readOnly,
  idPrefix: 'ADR-',
});

export const geographicSubAddress = resource({
  type: 'GeographicSubAddress',
  attributes: shapes.geographicSubAddress,
  operations: readOnly,
  parent: 'geographicAddress',
  idPrefix: 'SUB-',
});

export const geographicAddressValidation = resource({
  type: 'GeographicAddressValidation',
  attributes: shapes.geographicAddressValidation,
  operations: withoutDelete,
  required: ['submittedGeographicAddress'],
  defaults: { provideAlternative: false },
  serverSet: ['validationResult', 'validGeographicAddress', 'alternateGeographicAddress'],
  stamps: { created: 'validationDate' },
  lifecycle: pendingTask('state', 'accepted'),
  events: ['StateChange'],
  idPrefix: 'VAL-',
  perform: validateAddress,
});

/** TMF673 Geographic Address Management. */
export const geographicAddressManagement = [
  geographicAddress,
  geographicSubAddress,
  geographicAddressValidation,
];
