import { ContextProvider } from '@lit/context';
import { expect, fixtureCleanup, html, fixture } from '@open-wc/testing';
import { LitElement } from 'lit';
import { createJioAssist, type JioAssistClient } from './client.js';
import { defaultClient, setDefaultClient } from './default-client.js';
import './define.js';
import { attachContextRoot } from './lit/context-root.js';
import { ModelController, type JioAssist, type Model } from './lit/index.js';
import { State } from './observable.js';
import { fakeAuth, FakeGateway } from './testing/index.js';

type Copy = typeof import('./lit/model-controller.js') &
  typeof import('./lit/client-context.js') &
  typeof import('./default-client.js');

class ClientModel implements Model<number> {
  readonly state = new State(0);
  constructor(readonly client: JioAssistClient) {}
}

interface Probe {
  readonly controller: ModelController<ClientModel>;
  readonly client: JioAssistClient | undefined;
}

/** The thinnest of widgets: it shows which client it has got. */
class ProbeElement extends LitElement implements Probe {
  readonly controller = new ModelController(this, (client) => new ClientModel(client));

  get client(): JioAssistClient | undefined {
    return this.controller.model?.client;
  }
}

/** What a second bundle on the page would bring. */
async function loadCopy(): Promise<Copy> {
  const load = (file: string): Promise<unknown> => import(`${file}?copy=2`);
  const [controller, context, slot] = await Promise.all(
    ['./lit/model-controller.ts', './lit/client-context.ts', './default-client.ts'].map(load),
  );
  return Object.assign({}, controller, context, slot) as Copy;
}

describe('The client an element gets', () => {
  const clients: JioAssistClient[] = [];
  let copy: Copy;

  const makeClient = (): JioAssistClient => {
    const fake = new FakeGateway();
    const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
    clients.push(client);
    return client;
  };
  const probe = (tag = 'client-probe', into: Element = document.body): Element & Probe => {
    const element = document.createElement(tag);
    into.append(element);
    return element as unknown as Element & Probe;
  };
  const provider = (client: JioAssistClient): Promise<JioAssist> =>
    fixture<JioAssist>(html`<jio-assist .client=${client}></jio-assist>`);

  before(async () => {
    copy = await loadCopy();
    customElements.define('client-probe', ProbeElement);
    customElements.define(
      'copy-probe',
      class extends LitElement {
        readonly controller = new copy.ModelController(this, (client) => new ClientModel(client));
        get client(): JioAssistClient | undefined {
          return this.controller.model?.client;
        }
      },
    );
    attachContextRoot();
  });

  afterEach(() => {
    setDefaultClient(undefined);
    for (const element of document.querySelectorAll('client-probe, copy-probe')) element.remove();
    fixtureCleanup();
    for (const client of clients.splice(0)) client.dispose();
  });

  it('is the page’s own when no provider is around it, set before or after', () => {
    const early = probe();
    expect(early.client).to.equal(undefined);
    expect(early.controller.error.code).to.equal('client/missing');
    const client = makeClient();
    setDefaultClient(client);
    expect(early.client, 'set later').to.equal(client);
    expect(probe().client, 'set before').to.equal(client);
    setDefaultClient(undefined);
    expect(early.client, 'taken away').to.equal(undefined);
  });

  it('is that of the nearest provider, also when there is a page’s own', async () => {
    setDefaultClient(makeClient());
    const [outer, inner] = [makeClient(), makeClient()];
    const outside = await provider(outer);
    const inside = await provider(inner);
    outside.append(inside);
    expect(probe('client-probe', outside).client).to.equal(outer);
    expect(probe('client-probe', inside).client).to.equal(inner);
    const next = makeClient();
    setDefaultClient(next);
    expect((inside.firstElementChild as Element & Probe).client, 'not the new one').to.equal(inner);
  });

  it('changes with the place of the element', async () => {
    const [own, given] = [makeClient(), makeClient()];
    setDefaultClient(own);
    const element = probe();
    const around = await provider(given);
    around.append(element);
    expect(element.client).to.equal(given);
    document.body.append(element);
    expect(element.client).to.equal(own);
  });

  it('is that of a provider which comes late', () => {
    const own = makeClient();
    setDefaultClient(own);
    const around = document.createElement('late-provider');
    document.body.append(around);
    const element = probe('client-probe', around);
    expect(element.client, 'until it comes').to.equal(own);
    const given = makeClient();
    class LateProvider extends LitElement {
      readonly provider = new ContextProvider(this, { context: copy.clientContext, initialValue: given });
    }
    customElements.define('late-provider', LateProvider);
    customElements.upgrade(around);
    expect(element.client).to.equal(given);
    around.remove();
  });

  it('is one for two copies of the SDK', async () => {
    expect(copy.setDefaultClient).not.to.equal(setDefaultClient);
    const own = makeClient();
    copy.setDefaultClient(own);
    expect(defaultClient().value).to.equal(own);
    expect(probe('copy-probe').client).to.equal(own);
    const given = makeClient();
    const around = await provider(given);
    expect(probe('copy-probe', around).client).to.equal(given);
  });

  it('is not that of another major version', async () => {
    const page = globalThis as unknown as Record<symbol, unknown>;
    const given = makeClient();
    const around = await provider(given);
    const other = document.createElement('other-major');
    around.append(other);
    class OtherMajor extends LitElement {
      readonly provider = new ContextProvider(this, {
        context: Symbol.for('@jioassist/client/2') as unknown as typeof copy.clientContext,
        initialValue: makeClient(),
      });
    }
    customElements.define('other-major', OtherMajor);
    expect(probe('client-probe', other).client, 'through a provider of the other').to.equal(given);
    page[Symbol.for('@jioassist/default-client/2')] = new State<unknown>('of version 2');
    expect(probe().client).to.equal(undefined);
  });

  it('is kept where the page cannot lose it, and nothing is enumerable', () => {
    setDefaultClient(undefined);
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, Symbol.for('@jioassist/default-client/1'));
    expect(descriptor).to.include({ enumerable: false, writable: false });
  });
});
