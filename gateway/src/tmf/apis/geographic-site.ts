import * as shapes from '../shapes/tmf674.ts';
import { api } from './common.ts';

const resource = api('geographicSiteManagement', 'place');

export const geographicSite = resource({
  type: 'GeographicSite',
  attributes: shapes.geographicSite,
  lifecycle: {
    attribute: 'status',
    initial: 'planned',
    open: true,
    transitions: {
      planned: ['active', 'cancelled'],
      active: ['inactive', 'retired'],
      inactive: ['active', 'retired'],
      cancelled: [],
      retired: [],
    },
    event: 'StatusChange',
  },
  idPrefix: 'SITE-',
});

/** TMF674 Geographic Site Management. */
export const geographicSiteManagement = [geographicSite];
