import { expect } from '@open-wc/testing';
import type { JioActions } from './actions.js';
import { requestAction, type ActionOutcome } from './request-action.js';

declare module './actions.js' {
  interface JioActions {
    test: { id: string };
  }
}

type Detail = JioActions['test'];

describe('requestAction', () => {
  let host: HTMLElement;
  let log: string[];
  let consoleError: typeof console.error;

  const heard = (event: Event) => {
    log.push(`${event.type} ${JSON.stringify((event as CustomEvent).detail)}`);
  };
  const act = (perform: (detail: Detail) => unknown = () => undefined): Promise<ActionOutcome> =>
    requestAction(host, 'test', { id: 'A' }, (detail) => {
      log.push(`done ${detail.id}`);
      return perform(detail);
    });
  const onRequest = (
    listener: (event: HTMLElementEventMap['jio-retry-request'] & CustomEvent<Detail>) => void,
  ) => {
    host.addEventListener('jio-test-request', listener as never);
  };

  beforeEach(() => {
    log = [];
    consoleError = console.error;
    console.error = () => undefined;
    // Inside a shadow root, as a widget of a host's own element is: the page hears of it all the same.
    const around = document.body.appendChild(document.createElement('div'));
    host = around.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
    for (const type of ['jio-test-request', 'jio-test', 'jio-error']) document.addEventListener(type, heard);
  });

  afterEach(() => {
    console.error = consoleError;
    for (const type of ['jio-test-request', 'jio-test', 'jio-error'])
      document.removeEventListener(type, heard);
    (host.getRootNode() as ShadowRoot).host.remove();
  });

  it('asks, does and tells, in this order, and begins in the same turn', async () => {
    const outcome = act();
    expect(log).to.deep.equal(['jio-test-request {"id":"A"}', 'done A']);
    expect(await outcome).to.equal('done');
    expect(log.at(-1)).to.equal('jio-test {"id":"A"}');
  });

  it('does nothing after a veto', async () => {
    onRequest((event) => {
      event.preventDefault();
    });
    expect(await act()).to.equal('vetoed');
    expect(log).to.have.lengthOf(1);
  });

  it('does it with what the page changed', async () => {
    onRequest((event) => {
      event.detail.id = 'B';
    });
    await act();
    expect(log.slice(1)).to.deep.equal(['done B', 'jio-test {"id":"B"}']);
  });

  it('does what the page does instead, and tells when that is done', async () => {
    let finish: () => void = () => undefined;
    onRequest((event) => {
      event.replaceWith(new Promise<void>((resolve) => (finish = resolve)));
    });
    const outcome = act();
    await Promise.resolve();
    expect(log).to.have.lengthOf(1);
    finish();
    expect(await outcome).to.equal('done');
    expect(log).to.deep.equal(['jio-test-request {"id":"A"}', 'jio-test {"id":"A"}']);
  });

  it('tells the code of a failure, and nothing else of it', async () => {
    onRequest((event) => {
      event.replaceWith(Promise.reject(new Error('Meera Nair')));
    });
    expect(await act()).to.equal('failed');
    expect(log.at(-1)).to.equal('jio-error {"code":"action/failed"}');
    expect(
      await act(() => {
        throw new Error('at once');
      }),
    ).to.equal('failed');
  });

  it('does not tell of what came to nothing', async () => {
    expect(await act(() => Promise.resolve(false))).to.equal('failed');
    expect(log).to.have.lengthOf(2);
  });
});
