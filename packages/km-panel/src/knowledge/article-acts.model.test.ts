import { until } from '@jioassist/core-sdk/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ARTICLE, ready, setup, tearDown } from '../testing/fake-knowledge.js';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  tearDown();
  vi.restoreAllMocks();
});

describe('what the agent does', () => {
  async function withCustomer() {
    const all = setup();
    all.client.customer.set({ customerId: 'C-1' });
    await ready(all.model);
    const changes = () =>
      all.gateway.changes.filter(({ path }) => path.startsWith('/jioassist/v1/knowledge'));
    return { ...all, changes };
  }

  it('goes to the gateway by durable commands, with the very version', async () => {
    const { model, changes } = await withCustomer();
    await model.helped(ARTICLE);
    await model.didNotHelp(ARTICLE, 'Too long.');
    await model.attach(ARTICLE, 'TT-1');
    await vi.waitUntil(() => changes().length === 3);
    const [helped, didNot, attached] = changes().map(({ body }) => body as Record<string, unknown>);
    expect(helped).toMatchObject({ kind: 'helped', documentId: 'DOC-fibre-outage', customerId: 'C-1' });
    expect(didNot).toMatchObject({ kind: 'didNotHelp', reason: 'Too long.', contact: helped?.['contact'] });
    expect(attached).toMatchObject({ kind: 'attached', ticketId: 'TT-1' });
    await until(
      model.state,
      ({ acts }) => acts.length === 3 && acts.every(({ status }) => status === 'done'),
    );
  });

  it('is sent once, also when the network is away in between', async () => {
    const { gateway, model, changes } = await withCustomer();
    gateway.goDown();
    await model.sendToCustomer(ARTICLE, 'SMS');
    await until(model.state, ({ acts }) =>
      acts.some(({ kind, status }) => kind === 'sent' && status === 'pending'),
    );
    gateway.comeBack();
    await until(model.state, ({ acts }) =>
      acts.some(({ kind, status }) => kind === 'sent' && status === 'done'),
    );
    expect(changes()).toHaveLength(1);
    expect(changes()[0]?.body).toMatchObject({
      channel: 'SMS',
      language: 'hi',
      documentId: 'DOC-fibre-outage',
    });
  });

  it('is refused in the words of the gateway', async () => {
    const { gateway, model } = await withCustomer();
    gateway.answer('/jioassist/v1/knowledgeMessage', () =>
      Response.json(
        { code: 'noConsent', reason: 'The article cannot be sent', message: 'Not wanted.' },
        { status: 422 },
      ),
    );
    await model.sendToCustomer(ARTICLE, 'WhatsApp');
    const { acts } = await until(model.state, (now) => now.acts.some(({ status }) => status === 'failed'));
    expect(acts[0]).toMatchObject({ kind: 'sent', status: 'failed', reason: 'Not wanted.' });
  });

  it('tells how something can be sent, masked, and what is not wanted', async () => {
    const { model } = await withCustomer();
    const { channels, customerLanguage } = await until(model.state, (now) =>
      now.channels.some(({ refusal }) => refusal === 'no-consent'),
    );
    expect(customerLanguage).toBe('hi');
    const refusals = channels.map(({ channel, refusal }) => [channel, refusal]);
    expect(refusals).toEqual([
      ['SMS', undefined],
      ['Email', 'no-contact'],
      ['WhatsApp', 'no-consent'],
    ]);
    expect(channels[0]?.masked).toMatch(/•.*\d\d$/);
    expect(JSON.stringify(channels)).not.toContain('9876543210');
  });

  it('notes a reading once for each contact, and none without a customer', async () => {
    const { client, model, changes } = await withCustomer();
    await model.read(ARTICLE);
    await model.read(ARTICLE);
    await vi.waitUntil(() => changes().length === 1);
    client.customer.clear();
    await model.read(ARTICLE);
    await model.helped(ARTICLE);
    await vi.waitUntil(() => changes().length === 2);
    expect(changes().map(({ body }) => (body as { kind: string }).kind)).toEqual(['read', 'helped']);
  });

  it('tells the editors what was looked for, with the call and what was shown', async () => {
    const { model, changes } = await withCustomer();
    await model.search('sim');
    await model.nothingFitting('sim', 'About eSIM.');
    await vi.waitUntil(() => changes().length === 1);
    expect(changes()[0]?.body).toMatchObject({
      query: 'sim',
      note: 'About eSIM.',
      shown: ['DOC-sim-lost'],
      context: { products: ['fibre', 'postpaid'], circle: 'Delhi', language: 'en' },
    });
  });
});
