import type { Lifecycle, ResourceDeclaration } from '../declaration.ts';
import type { Attributes } from '../shape.ts';
import * as shapes from '../shapes/tmf654.ts';
import { forgetBucket, joinBalance } from '../tasks/accumulated-balance.ts';
import { adjust, releaseReservation, reserve, topUp, transfer } from '../tasks/balance-actions.ts';
import type { TaskHook } from '../tasks/task-context.ts';
import { api, readOnly, withoutPatch } from './common.ts';

const resource = api('prepayBalanceManagement', 'balance');

export const bucket = resource({
  type: 'Bucket',
  attributes: shapes.bucket,
  operations: withoutPatch,
  required: ['usageType'],
  defaults: { isShared: false },
  lifecycle: {
    attribute: 'status',
    initial: 'active',
    open: true,
    transitions: {
      active: ['suspended', 'expired'],
      suspended: ['active', 'expired'],
      expired: ['active'],
    },
  },
  idPrefix: 'BKT-',
  perform: joinBalance,
  afterDelete: forgetBucket,
});

export const accumulatedBalance = resource({
  type: 'AccumulatedBalance',
  attributes: shapes.accumulatedBalance,
  operations: readOnly,
  idPrefix: 'ACB-',
});

export const balanceAction = resource({
  type: 'BalanceAction',
  attributes: shapes.balanceAction,
  operations: readOnly,
  idPrefix: 'BAC-',
});

const lifecycle: Lifecycle = {
  attribute: 'status',
  initial: 'requested',
  open: true,
  transitions: {
    requested: ['confirmed', 'failed', 'cancelled'],
    confirmed: [],
    failed: [],
    cancelled: [],
  },
  event: 'StatusChange',
  announces: { failed: 'Failure', cancelled: 'Cancel' },
};

const reservation: Lifecycle = {
  ...lifecycle,
  transitions: { ...lifecycle.transitions, confirmed: ['cancelled'] },
  effects: { cancelled: releaseReservation },
};

const action = (
  type: string,
  idPrefix: string,
  attributes: Attributes,
  perform: TaskHook,
  states = lifecycle,
): ResourceDeclaration =>
  resource({
    type,
    idPrefix,
    attributes,
    perform,
    lifecycle: states,
    required: ['amount'],
    defaults: (now) => ({ requestedDate: now }),
    serverSet: ['confirmationDate', 'impactedBucket'],
    customersVia: [{ attribute: 'bucket', kind: 'bucket' }],
  });

/** TMF654 Prepay Balance Management. */
export const prepayBalanceManagement = [
  bucket,
  accumulatedBalance,
  balanceAction,
  action('TopupBalance', 'TOP-UP-', shapes.topupBalance, topUp),
  action('AdjustBalance', 'ADJUST-', shapes.adjustBalance, adjust),
  action('TransferBalance', 'TRANSFER-', shapes.transferBalance, transfer),
  action('ReserveBalance', 'RESERVE-', shapes.reserveBalance, reserve, reservation),
];
