import * as shapes from '../shapes/tmf632.ts';
import { api } from './common.ts';

const resource = api('party', 'customer', ['/tmf-api/partyManagement/v4']);

export const individual = resource({
  type: 'Individual',
  attributes: shapes.individual,
  required: ['givenName', 'familyName'],
  lifecycle: {
    attribute: 'status',
    initial: 'initialized',
    // `deceaded` is how the v4 specification spells it; later ones, and people, write `deceased`.
    transitions: {
      initialized: ['validated', 'deceaded', 'deceased'],
      validated: ['deceaded', 'deceased'],
      deceaded: ['deceased'],
      deceased: [],
    },
  },
  idPrefix: 'IND-',
});

export const organization = resource({
  type: 'Organization',
  attributes: shapes.organization,
  required: ['tradingName'],
  lifecycle: {
    attribute: 'status',
    initial: 'initialized',
    transitions: { initialized: ['validated', 'closed'], validated: ['closed'], closed: [] },
  },
  idPrefix: 'ORG-',
});

/** TMF632 Party Management. */
export const partyManagement = [individual, organization];
