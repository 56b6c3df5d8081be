import type { ResourceDeclaration } from '../declaration.ts';
import { accountManagement } from './account.ts';
import { agreementManagement } from './agreement.ts';
import { alarmManagement } from './alarm.ts';
import { appointmentManagement } from './appointment.ts';
import { communicationManagement } from './communication.ts';
import { customerBillManagement } from './customer-bill.ts';
import { customerManagement } from './customer.ts';
import { documentManagement } from './document.ts';
import { eventManagement } from './event.ts';
import { geographicAddressManagement } from './geographic-address.ts';
import { geographicLocationManagement } from './geographic-location.ts';
import { geographicSiteManagement } from './geographic-site.ts';
import { loyaltyManagement } from './loyalty.ts';
import { partyInteractionManagement } from './party-interaction.ts';
import { partyRoleManagement } from './party-role.ts';
import { partyManagement } from './party.ts';
import { prepayBalanceManagement } from './prepay-balance.ts';
import { privacyManagement } from './privacy.ts';
import { processFlowManagement } from './process-flow.ts';
import { productOrdering } from './product-order.ts';
import { productInventory } from './product.ts';
import { recommendationManagement } from './recommendation.ts';
import { riskManagement } from './risk.ts';
import { rolesAndPermissions } from './roles.ts';
import { salesManagement } from './sales.ts';
import { serviceProblemManagement } from './service-problem.ts';
import { serviceQualificationManagement } from './service-qualification.ts';
import { serviceQualityManagement } from './service-quality.ts';
import { serviceTestManagement } from './service-test.ts';
import { serviceInventory } from './service.ts';
import { troubleTicketManagement } from './trouble-ticket.ts';
import { usageConsumption } from './usage-consumption.ts';
import { usageManagement } from './usage.ts';

/** Every TM Forum API the gateway serves. A new one is declared in a file beside this and named here. */
export const declarations: readonly ResourceDeclaration[] = [
  ...customerManagement,
  ...partyManagement,
  ...partyRoleManagement,
  ...accountManagement,
  ...agreementManagement,
  ...privacyManagement,
  ...productInventory,
  ...serviceInventory,
  ...prepayBalanceManagement,
  ...customerBillManagement,
  ...usageManagement,
  ...usageConsumption,
  ...troubleTicketManagement,
  ...partyInteractionManagement,
  ...appointmentManagement,
  ...communicationManagement,
  ...salesManagement,
  ...recommendationManagement,
  ...loyaltyManagement,
  ...riskManagement,
  ...productOrdering,
  ...serviceQualificationManagement,
  ...serviceTestManagement,
  ...serviceQualityManagement,
  ...serviceProblemManagement,
  ...alarmManagement,
  ...geographicAddressManagement,
  ...geographicSiteManagement,
  ...geographicLocationManagement,
  ...documentManagement,
  ...processFlowManagement,
  ...rolesAndPermissions,
  ...eventManagement,
];
