import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Body } from '../../../test-support/gateway.ts';
import { idsIn, pathOf, startTmfClient, type TmfClient } from '../../../test-support/tmf-client.ts';
import { listAt, numberAt, objectAt, textAt } from './document.ts';

let tmf: TmfClient;
before(async () => {
  tmf = await startTmfClient();
});
after(() => tmf.test.close());

describe('balance actions', () => {
  let bucket: Body;
  let other: Body;
  const rupees = (amount: number) => ({ amount, units: 'INR' });
  const bucketOf = (product: string, amount: number) =>
    tmf.post('bucket', { usageType: 'monetary', remainingValue: rupees(amount), product: [{ id: product }] });
  const left = async ({ id }: Body) => numberAt(await tmf.get('bucket', id), 'remainingValue.amount');
  const total = async (product: string) =>
    numberAt((await tmf.find('accumulatedBalance', `product.id=${product}`))[0], 'totalBalance.amount');
  let product: string;
  let count = 0;
  const start = async () => {
    product = `PRD-T${(count += 1)}`;
    bucket = await bucketOf(product, 100);
    other = await bucketOf(`${product}-B`, 20);
  };

  it('top up the bucket and what it adds up to', async () => {
    await start();
    const done = await tmf.post('topupBalance', { amount: rupees(50.1), bucket: { id: bucket.id } });
    assert.equal(done.status, 'confirmed');
    assert.equal(numberAt(listAt(done, 'impactedBucket')[0], 'amountAfter.amount'), 150.1);
    assert.deepEqual([await left(bucket), await total(product)], [150.1, 150.1]);
    const [action] = await tmf.find('balanceAction', `description=TopupBalance ${done.id}`);
    assert.equal(action?.status, 'confirmed');
    assert.deepEqual(await tmf.eventTypes('topupBalance', done.id), [
      'TopupBalanceCreateEvent',
      'TopupBalanceStatusChangeEvent',
    ]);
  });

  it('find the bucket by its product', async () => {
    await start();
    await tmf.post('topupBalance', { amount: rupees(1), product: { id: product } });
    assert.equal(await left(bucket), 101);
  });

  it('adjust up and down, not below nothing', async () => {
    await start();
    await tmf.post('adjustBalance', { amount: rupees(30), adjustType: 'debit', bucket: { id: bucket.id } });
    assert.equal(await left(bucket), 70);
    const refused = await tmf.post('adjustBalance', { amount: rupees(-71), bucket: { id: bucket.id } });
    assert.deepEqual([refused.status, await left(bucket)], ['failed', 70]);
    assert.match(refused.description, /has 70 INR left/);
    assert.ok((await tmf.eventTypes('adjustBalance', refused.id)).includes('AdjustBalanceFailureEvent'));
  });

  it('transfer all or nothing, with the cost at the end that bears it', async () => {
    await start();
    const ends = { bucket: { id: bucket.id }, receiverBucket: { id: other.id }, transferCost: rupees(2) };
    await tmf.post('transferBalance', { ...ends, amount: rupees(10) });
    assert.deepEqual([await left(bucket), await left(other)], [88, 30]);
    await tmf.post('transferBalance', { ...ends, amount: rupees(10), costOwner: 'receiver' });
    assert.deepEqual([await left(bucket), await left(other)], [78, 38]);
    const dear = { ...ends, amount: rupees(1), costOwner: 'receiver', transferCost: rupees(60) };
    assert.equal((await tmf.post('transferBalance', dear)).status, 'failed');
    assert.deepEqual([await left(bucket), await left(other)], [78, 38]);
  });

  it('set aside, spend what is set aside, and release the rest', async () => {
    await start();
    const held = await tmf.post('reserveBalance', { amount: rupees(40), bucket: { id: bucket.id } });
    assert.deepEqual(
      [await left(bucket), idsIn(await tmf.get('bucket', bucket.id), 'reserveBalance')],
      [60, [held.id]],
    );
    await tmf.post('adjustBalance', { amount: rupees(15), reserveBalance: { id: held.id } });
    assert.equal(await left(bucket), 60);
    assert.equal((await tmf.patch('reserveBalance', held.id, { status: 'cancelled' })).status, 200);
    const after = await tmf.get('bucket', bucket.id);
    assert.deepEqual(
      [numberAt(after, 'remainingValue.amount'), numberAt(after, 'reservedValue.amount')],
      [85, 0],
    );
    assert.ok((await tmf.eventTypes('reserveBalance', held.id)).includes('ReserveBalanceCancelEvent'));
  });

  it('fail with the reason, and change nothing', async () => {
    await start();
    const cases: [object, RegExp][] = [
      [{ amount: rupees(1), bucket: { id: 'BKT-0' } }, /no such bucket/],
      [{ amount: { amount: 1, units: 'GB' }, bucket: { id: bucket.id } }, /holds INR, not GB/],
      [{ amount: rupees(0), bucket: { id: bucket.id } }, /above zero/],
      [{ amount: rupees(1) }, /no such bucket/],
    ];
    for (const [body, reason] of cases) {
      const done = await tmf.post('topupBalance', body);
      assert.equal(done.status, 'failed');
      assert.match(done.description, reason);
    }
    assert.equal(await left(bucket), 100);
  });

  it('keep the sum when many act at once', async () => {
    await start();
    const actions = Array.from({ length: 12 }, () =>
      tmf.post('topupBalance', { amount: rupees(1), bucket: { id: bucket.id } }),
    );
    await Promise.all(actions);
    assert.deepEqual([await left(bucket), await total(product)], [112, 112]);
  });

  it('count a bucket in while it is there', async () => {
    await start();
    const second = await bucketOf(product, 7);
    assert.equal(await total(product), 107);
    await tmf.test.call(`${pathOf('bucket')}/${second.id}`, { method: 'DELETE' });
    assert.equal(await total(product), 100);
  });
});

describe('cancelling an order', () => {
  const order = (state: string, item = 'acknowledged') =>
    tmf.post('productOrder', { state, productOrderItem: [{ id: '1', action: 'add', state: item }] });
  const cancel = ({ id }: Body) =>
    tmf.post('cancelProductOrder', { productOrder: { id }, cancellationReason: 'Changed mind' });

  it('cancels what is not delivered', async () => {
    const placed = await order('inProgress');
    const done = await cancel(placed);
    assert.equal(done.state, 'done');
    assert.ok(done.effectiveCancellationDate);
    const cancelled = await tmf.get('productOrder', placed.id);
    assert.deepEqual([cancelled.state, cancelled.cancellationReason], ['cancelled', 'Changed mind']);
    assert.ok(cancelled.cancellationDate);
    assert.equal(listAt(cancelled, 'productOrderItem')[0]?.state, 'cancelled');
  });

  it('refuses the rest, and says why', async () => {
    const cases: [Body, RegExp][] = [
      [await order('completed'), /already completed/],
      [await order('inProgress', 'completed'), /Item 1 .* already delivered/],
      [{ id: 'ORD-0' } as Body, /no product order ORD-0/],
    ];
    for (const [placed, reason] of cases) {
      const refused = await cancel(placed);
      assert.equal(refused.state, 'terminatedWithError');
      assert.match(String(refused.cancellationReason), reason);
    }
  });
});

describe('billing on demand', () => {
  it('bills what was not billed, once, and a settled bill owes nothing', async () => {
    const rates = await tmf.find('appliedCustomerBillingRate', 'isBilled=false');
    const id = textAt(rates.at(-1), 'billingAccount.id');
    const mine = rates.filter((rate) => textAt(rate, 'billingAccount.id') === id);
    const done = await tmf.post('customerBillOnDemand', { billingAccount: { id } });
    assert.equal(done.state, 'done');
    const bill = await tmf.get('customerBill', textAt(done, 'customerBill.id'));
    const sum = mine.reduce((total, rate) => total + numberAt(rate, 'taxIncludedAmount.value')!, 0);
    assert.ok(Math.abs(numberAt(bill, 'amountDue.value')! - sum) < 0.01);
    assert.equal(objectAt(listAt(bill, 'taxItem')[0], 'taxAmount')?.unit, 'INR');
    assert.deepEqual(
      await tmf.find('appliedCustomerBillingRate', `isBilled=false&billingAccount.id=${id}`),
      [],
    );
    const again = await tmf.post('customerBillOnDemand', { billingAccount: { id } });
    assert.equal(again.state, 'rejected');
    for (const state of ['validated', 'sent', 'settled'])
      assert.equal((await tmf.patch('customerBill', bill.id, { state })).status, 200);
    assert.equal(numberAt(await tmf.get('customerBill', bill.id), 'remainingAmount.value'), 0);
    assert.equal(
      (await tmf.patch('customerBill', bill.id, { amountDue: { unit: 'INR', value: 1 } })).status,
      400,
    );
  });
});
