import { barred, withCharacteristics } from '../seed/parts/matters.ts';
import { iccidOf } from '../seed/subscription.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';
import type { Changes } from './changes.ts';

export interface Scene {
  readonly changes: Changes;
  readonly serviceIds: readonly string[];
  readonly customerIds: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Changes the TMF data of those whom the story strikes. */
export type Act = (scene: Scene) => Promise<void>;

const DAY = 86_400_000;
/** How long the bill has been due. */
const OVERDUE = 10 * DAY;
const BAD_FIRMWARE = '4.0.0';
const iso = (time: number): string => new Date(time).toISOString();

/** The latest bill is overdue, the account says so, and the customer has been told. */
export const warnOfDebt: Act = async ({ changes, customerIds, now }) => {
  for (const id of customerIds) {
    const ofCustomer = { relatedParty: [{ id }] };
    const [account] = await changes.task.matching('billingAccount', ofCustomer, 1);
    if (account) await changes.change('billingAccount', account, { paymentStatus: 'overdue' });
    const bill = (await changes.task.matching('customerBill', { ...ofCustomer, state: 'sent' })).at(-1);
    if (bill) await changes.change('customerBill', bill, { paymentDueDate: iso(now - OVERDUE) });
    await remind(changes, id, now);
  }
};

async function remind(changes: Changes, customerId: string, now: number): Promise<void> {
  const customer = await changes.task.find('customer', customerId);
  const party = { id: customerId, name: customer?.name, role: 'customer', '@referredType': 'Customer' };
  const medium = listAt(customer, 'contactMedium').find(({ mediumType }) => mediumType === 'phoneNumber');
  await changes.create('communicationMessage', {
    content: 'Your bill is overdue. Please pay it, so that your services stay as they are.',
    messageType: 'SMS',
    state: 'completed',
    receiver: [{ id: '1', phoneNumber: textAt(medium, 'characteristic.phoneNumber'), party }],
    sender: { id: 'JIOASSIST', name: 'JioAssist' },
    sendTime: iso(now),
    sendTimeComplete: iso(now),
  });
}

export const bar =
  (barring: 'outgoing' | 'all'): Act =>
  ({ changes, serviceIds, now }) =>
    changeServices(changes, serviceIds, (service) => ({
      serviceCharacteristic: barred(service, barring, 'paymentOverdue', iso(now)).serviceCharacteristic,
    }));

export const changeSim: Act = ({ changes, serviceIds, now }) =>
  changeServices(changes, serviceIds, (service) => {
    const number = Number(/\d+$/.exec(String(service.id))?.[0] ?? 0);
    const characteristics = withCharacteristics(service, [
      { name: 'iccid', valueType: 'string', value: iccidOf(number, now) },
      { name: 'simChangeDate', valueType: 'dateTime', value: iso(now) },
    ]);
    const others = listAt(service, 'supportingResource').filter(({ id }) => !String(id).startsWith('SIM-'));
    const sim = { id: `SIM-${number}-${now}`, name: 'SIM', '@referredType': 'LogicalResource' };
    return {
      serviceCharacteristic: characteristics.serviceCharacteristic,
      supportingResource: [...others, sim],
    };
  });

export const rollOutFirmware: Act = ({ changes, serviceIds, now }) =>
  changeServices(changes, serviceIds, (service) => ({
    serviceCharacteristic: withCharacteristics(service, [
      { name: 'routerFirmware', valueType: 'string', value: BAD_FIRMWARE },
      { name: 'firmwareChangeDate', valueType: 'dateTime', value: iso(now) },
    ]).serviceCharacteristic,
  }));

async function changeServices(
  changes: Changes,
  ids: readonly string[],
  changeOf: (service: ResourceDocument) => ResourceDocument,
): Promise<void> {
  for (const id of ids) {
    const service = await changes.task.find('service', id);
    if (service) await changes.change('service', service, changeOf(service));
  }
}
