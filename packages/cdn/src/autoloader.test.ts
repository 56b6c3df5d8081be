import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { autoload } from './autoloader.js';

const FILES = {
  'jio-one': ['chunks/one.js', 'chunks/shared.js'],
  'jio-two': ['chunks/two.js'],
  'jio-three': ['chunks/three.js'],
  'jio-broken': ['chunks/broken.js'],
};

describe('autoload', () => {
  const asked: string[] = [];
  let fail = true;
  let discover: (root: ParentNode) => void;
  const elements: Element[] = [];

  const insert = (element: Element, into: Node = document.body): void => {
    elements.push(element);
    into.appendChild(element);
  };

  before(() => {
    insert(document.createElement('jio-one'));
    discover = autoload(FILES, (file) => {
      asked.push(file);
      return file === 'chunks/broken.js' && fail ? Promise.reject(new Error('404')) : Promise.resolve();
    });
  });

  after(() => {
    for (const element of elements) element.remove();
  });

  it('asks for all files of an element that is there, at once', () => {
    expect(asked).to.deep.equal(['chunks/one.js', 'chunks/shared.js']);
  });

  it('asks when a tag appears, once', async () => {
    insert(document.createElement('jio-two'));
    insert(document.createElement('jio-two'));
    await waitUntil(() => asked.includes('chunks/two.js'));
    expect(asked.filter((file) => file === 'chunks/two.js')).to.have.lengthOf(1);
  });

  it('sees into the open shadow root of an element that is defined later', async () => {
    insert(document.createElement('late-host'));
    customElements.define(
      'late-host',
      class extends HTMLElement {
        connectedCallback(): void {
          this.attachShadow({ mode: 'open' }).append(document.createElement('jio-three'));
        }
      },
    );
    await waitUntil(() => asked.includes('chunks/three.js'));
  });

  it('tries again, with the next element, what could not be loaded', async () => {
    const { error } = console;
    const lines: string[] = [];
    console.error = (line: string) => void lines.push(line);
    insert(document.createElement('jio-broken'));
    await waitUntil(() => lines.length === 1);
    await waitUntil(() => asked.filter((file) => file === 'chunks/broken.js').length === 2, 'by itself', {
      timeout: 3000,
    });
    console.error = error;
    expect(lines[0]).to.contain('cdn/load-failed').and.to.contain('<jio-broken>');
    fail = false;
    insert(document.createElement('jio-broken'));
    await waitUntil(() => asked.filter((file) => file === 'chunks/broken.js').length === 3);
  });

  it('finds elements in a shadow root it is told of', async () => {
    const host = document.createElement('div');
    insert(host);
    await aTimeout(0);
    const root = host.attachShadow({ mode: 'open' });
    discover(root);
    const { warn } = console;
    const lines: string[] = [];
    console.warn = (line: string) => void lines.push(line);
    root.append(document.createElement('jio-misspelt'));
    await waitUntil(() => lines.length === 1);
    console.warn = warn;
    expect(lines[0]).to.contain('<jio-misspelt> is not an element of this version');
  });
});
