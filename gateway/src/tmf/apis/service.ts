import { relatedCustomers, type ResourceDeclaration } from '../declaration.ts';
import { characteristic, common, entityRef, note, relatedParty, type Attributes } from '../shape.ts';

const place: Attributes = { ...entityRef, city: 'string', postcode: 'string', stateOrProvince: 'string' };

/** TMF638 Service Inventory Management. */
export const service: ResourceDeclaration = {
  name: 'service',
  type: 'Service',
  basePath: '/tmf-api/serviceInventory/v4',
  domain: 'serviceInventory',
  attributes: {
    ...common,
    name: 'string',
    category: 'string',
    description: 'string',
    serviceType: 'string',
    serviceDate: 'string',
    startDate: 'dateTime',
    endDate: 'dateTime',
    startMode: 'string',
    hasStarted: 'boolean',
    isBundle: 'boolean',
    isServiceEnabled: 'boolean',
    isStateful: 'boolean',
    state: 'string',
    feature: [
      {
        ...entityRef,
        isBundle: 'boolean',
        isEnabled: 'boolean',
        constraint: [entityRef],
        featureCharacteristic: [characteristic],
        featureRelationship: 'any',
      },
    ],
    note: [note],
    place: [place],
    relatedEntity: [entityRef],
    relatedParty: [relatedParty],
    serviceCharacteristic: [characteristic],
    serviceOrderItem: 'any',
    serviceRelationship: 'any',
    serviceSpecification: entityRef,
    supportingResource: [{ ...entityRef, value: 'any' }],
    supportingService: [entityRef],
  },
  required: ['state', 'serviceSpecification'],
  serverSet: ['serviceDate', 'endDate'],
  lifecycle: {
    attribute: 'state',
    transitions: {
      feasibilityChecked: ['designed', 'terminated'],
      designed: ['reserved', 'terminated'],
      reserved: ['inactive', 'active', 'terminated'],
      inactive: ['active', 'terminated'],
      active: ['inactive', 'terminated'],
      terminated: [],
    },
    stamps: { active: 'startDate', terminated: 'endDate' },
  },
  idPrefix: 'SVC-',
  scopes: { read: 'service:read', write: 'service:write' },
  customerIds: relatedCustomers,
};
