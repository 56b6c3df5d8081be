import * as shapes from '../shapes/tmf644.ts';
import { api, customersIn } from './common.ts';

const resource = api('privacyManagement', 'privacy');

export const partyPrivacyProfile = resource({
  type: 'PartyPrivacyProfile',
  attributes: shapes.partyPrivacyProfile,
  required: ['agreedByParty', 'partyPrivacyProfileCharacteristic', 'partyPrivacyProfileSpecification'],
  stamps: { created: 'creationDate' },
  lifecycle: {
    attribute: 'status',
    initial: 'created',
    transitions: { created: ['terminated'], terminated: [] },
    event: 'StatusChange',
  },
  customerIds: customersIn('agreedByParty', 'applicableForParty'),
  idPrefix: 'PPP-',
});

export const partyPrivacyProfileSpecification = resource({
  type: 'PartyPrivacyProfileSpecification',
  attributes: shapes.partyPrivacyProfileSpecification,
  required: ['partyPrivacyProfileSpecCharacteristic'],
  stamps: { changed: 'lastUpdate' },
  lifecycle: {
    attribute: 'status',
    initial: 'inDesign',
    transitions: {
      inDesign: ['active', 'rejected'],
      active: ['retired'],
      rejected: ['inDesign'],
      retired: [],
    },
    event: 'StatusChange',
  },
  idPrefix: 'PPS-',
});

export const partyPrivacyAgreement = resource({
  type: 'PartyPrivacyAgreement',
  attributes: shapes.partyPrivacyAgreement,
  required: ['name', 'agreementType', 'agreementItem', 'engagedParty'],
  stamps: { created: 'initialDate' },
  lifecycle: {
    attribute: 'status',
    initial: 'initialized',
    transitions: {
      initialized: ['inProgress', 'rejected'],
      inProgress: ['pendingUpdate', 'validated', 'rejected'],
      pendingUpdate: ['inProgress', 'validated', 'rejected'],
      validated: ['pendingUpdate'],
      rejected: [],
    },
    event: 'StatusChange',
  },
  customerIds: customersIn('engagedParty'),
  idPrefix: 'PPA-',
});

/** TMF644 Privacy Management. */
export const privacyManagement = [
  partyPrivacyProfile,
  partyPrivacyProfileSpecification,
  partyPrivacyAgreement,
];
