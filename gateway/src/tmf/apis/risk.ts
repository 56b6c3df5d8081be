import type { ResourceDeclaration } from '../declaration.ts';
import type { Attributes } from '../shape.ts';
import * as shapes from '../shapes/tmf696.ts';
import { assessPartyRole } from '../tasks/risk.ts';
import type { TaskHook } from '../tasks/task-context.ts';
import { api, customersIn, withoutPatch } from './common.ts';

const resource = api('riskManagement', 'risk');

const assessment = (
  type: string,
  idPrefix: string,
  attributes: Attributes,
  required: readonly string[],
  perform?: TaskHook,
): ResourceDeclaration =>
  resource({
    type,
    idPrefix,
    attributes,
    required,
    ...(perform && { perform, serverSet: ['riskAssessmentResult'] }),
    operations: withoutPatch,
    lifecycle: {
      attribute: 'status',
      initial: 'acknowledged',
      open: true,
      transitions: {
        acknowledged: ['inProgress', 'completed', 'failed'],
        inProgress: ['completed', 'failed'],
        completed: [],
        failed: [],
      },
      event: 'StatusChange',
    },
    events: ['Create', 'StateChange', 'Delete'],
    customerIds: customersIn('partyRole'),
  });

/** TMF696 Risk Management. */
export const riskManagement = [
  assessment(
    'PartyRoleRiskAssessment',
    'RPR-',
    shapes.partyRoleRiskAssessment,
    ['partyRole'],
    assessPartyRole,
  ),
  assessment('ProductOfferingRiskAssessment', 'RPO-', shapes.productOfferingRiskAssessment, [
    'productOffering',
  ]),
  assessment(
    'PartyRoleProductOfferingRiskAssessment',
    'RPP-',
    shapes.partyRoleProductOfferingRiskAssessment,
    ['partyRole', 'productOffering'],
  ),
  assessment('ShoppingCartRiskAssessment', 'RSC-', shapes.shoppingCartRiskAssessment, ['shoppingCart']),
  assessment('ProductOrderRiskAssessment', 'ROR-', shapes.productOrderRiskAssessment, ['productOrder']),
];
