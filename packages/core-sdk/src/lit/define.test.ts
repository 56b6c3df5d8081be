import { expect } from '@open-wc/testing';
import { PROTOCOL_MAJOR } from '../protocol.js';
import { define } from './define.js';
import { defineElement } from './define-element.js';
import { JioAssist } from './jio-assist.js';

describe('define', () => {
  let consoleWarn: typeof console.warn;
  let warnings: string[];

  beforeEach(() => {
    warnings = [];
    consoleWarn = console.warn;
    console.warn = (line: string) => void warnings.push(line);
  });

  afterEach(() => {
    console.warn = consoleWarn;
  });

  it('registers nothing before it is called, and the page’s prefix when it is', () => {
    expect(customElements.get('jio-assist')).to.equal(undefined);
    define();
    expect(customElements.get('jio-assist')).to.equal(JioAssist);
    define('acme');
    expect(document.createElement('acme-assist')).to.be.instanceOf(JioAssist);
    expect(warnings).to.deep.equal([]);
  });

  it('is harmless a second time, and from a second copy', async () => {
    const path = ['./define-element.ts', 'copy=2'].join('?');
    const copy = (await import(path)) as typeof import('./define-element.js');
    class OfCopy extends HTMLElement {
      static readonly protocolMajor = PROTOCOL_MAJOR;
    }
    expect(copy.defineElement).not.to.equal(defineElement);
    define();
    copy.defineElement('jio', 'assist', OfCopy);
    expect(customElements.get('jio-assist')).to.equal(JioAssist);
    expect(warnings).to.deep.equal([]);
  });

  it('leaves the tag of another version alone, and explains it once', () => {
    class OfLater extends HTMLElement {
      static readonly protocolMajor = PROTOCOL_MAJOR + 1;
    }
    customElements.define('later-assist', OfLater);
    define('later');
    define('later');
    expect(customElements.get('later-assist')).to.equal(OfLater);
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0])
      .to.contain('<later-assist>')
      .and.to.contain(`version ${PROTOCOL_MAJOR + 1}`);
  });

  it('leaves the tag of another library alone', () => {
    customElements.define('other-assist', class extends HTMLElement {});
    define('other');
    expect(warnings[0]).to.contain('another library');
  });

  for (const prefix of ['', 'Jio', '1st', 'a--b', 'a b', '-a']) {
    it(`explains that "${prefix}" cannot be a prefix`, () => {
      define(prefix);
      expect(warnings).to.have.lengthOf(1);
    });
  }

  it('explains what the registry refuses, and does not throw', () => {
    customElements.define = () => {
      throw new DOMException('Not here.', 'NotSupportedError');
    };
    defineElement('refused', 'element', class extends HTMLElement {});
    // The method of the prototype shows again.
    Reflect.deleteProperty(customElements, 'define');
    expect(warnings[0]).to.contain('<refused-element> cannot be defined');
  });
});
