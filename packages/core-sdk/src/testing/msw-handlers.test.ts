import { expect } from '@open-wc/testing';
import { setupWorker } from 'msw/browser';
import { http } from 'msw/http';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { buildCustomer, fakeAuth, FakeGateway, gatewayHandlers, until } from './index.js';

describe('gatewayHandlers', () => {
  const gateway = new FakeGateway({ customers: [buildCustomer({ name: 'Meera Nair' })] });
  const worker = setupWorker(...gatewayHandlers(http, gateway));
  let client: JioAssistClient;

  before(() => worker.start({ quiet: true }));

  after(() => {
    client.dispose();
    worker.stop();
  });

  it('answer a client that uses the page’s own fetch: reads, changes, and a gateway that is down', async () => {
    client = createJioAssist({ gateway: gateway.url, auth: fakeAuth('signed-in', undefined, 'msw') });
    client.customer.watch('profile');
    client.customer.set({ customerId: 'C-1' });
    const { profile } = await until(client.customer.state, (state) => state.profile.status === 'ready');
    expect('data' in profile && profile.data.name).to.equal('Meera Nair');
    const id = await client.commands.submit({
      api: 'tmf621',
      method: 'POST',
      path: '/troubleTicket',
      body: { description: 'No signal' },
      lane: 'C-1',
    });
    expect((await client.commands.settled(id)).outcome.status).to.equal('done');
    expect(gateway.changes[0]?.body).to.deep.equal({ description: 'No signal' });
    gateway.goDown();
    const error: unknown = await client.api.service.list({}).catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'network/unreachable' });
  });
});
