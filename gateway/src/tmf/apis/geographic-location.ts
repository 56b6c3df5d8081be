import * as shapes from '../shapes/tmf675.ts';
import { api } from './common.ts';

const resource = api('geographicLocation', 'place');

export const geographicLocation = resource({
  type: 'GeographicLocation',
  attributes: shapes.geographicLocation,
  idPrefix: 'LOC-',
});

/** TMF675 Geographic Location Management. */
export const geographicLocationManagement = [geographicLocation];
