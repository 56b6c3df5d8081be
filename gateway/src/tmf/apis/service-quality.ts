import * as shapes from '../shapes/tmf657.ts';
import { api } from './common.ts';

const resource = api('serviceQualityManagement', 'test');

export const serviceLevelObjective = resource({
  type: 'ServiceLevelObjective',
  attributes: shapes.serviceLevelObjective,
  required: ['conformanceComparator', 'conformanceTarget', 'serviceLevelObjectiveParameter'],
  idPrefix: 'SLO-',
});

export const serviceLevelSpecification = resource({
  type: 'ServiceLevelSpecification',
  attributes: shapes.serviceLevelSpecification,
  required: ['name', 'relatedServiceLevelObjective'],
  idPrefix: 'SLS-',
});

/** TMF657 Service Quality Management. */
export const serviceQualityManagement = [serviceLevelObjective, serviceLevelSpecification];
