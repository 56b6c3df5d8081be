import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { JioElement } from './jio-element.js';
import { noticeStyles } from './notices.styles.js';

class TestElement extends JioElement {
  static override styles = [super.styles, noticeStyles];

  fails: 'never' | 'render' | 'template' = 'never';

  protected override render(): TemplateResult {
    if (this.fails === 'render') throw new TypeError('undefined is not a secret');
    const value = {
      toString: (): string => {
        if (this.fails === 'template') throw new TypeError('undefined is not a secret');
        return 'content';
      },
    };
    return html`<p class="base">${value}</p>`;
  }
}
customElements.define('test-element', TestElement);

describe('JioElement', () => {
  let consoleError: typeof console.error;
  let errors: string[];

  beforeEach(() => {
    errors = [];
    consoleError = console.error;
    console.error = (...parts: unknown[]) => void errors.push(parts.join(' '));
  });

  afterEach(() => {
    console.error = consoleError;
  });

  const shown = (element: Element) => element.shadowRoot!.textContent.replace(/\s+/g, ' ').trim();

  for (const fails of ['render', 'template'] as const) {
    it(`says that it could not render when its ${fails} throws, and tries again`, async () => {
      const element = await fixture<TestElement>(html`<test-element></test-element>`);
      expect(shown(element)).to.equal('content');
      element.fails = fails;
      setTimeout(() => {
        element.requestUpdate();
      });
      const event = await oneEvent(element, 'jio-error');
      expect(event.detail).to.deep.equal({ code: 'element/render-failed' });
      expect(shown(element))
        .to.contain('This did not work. Try again.')
        .and.to.contain('element/render-failed');
      expect(errors.join()).to.contain('<test-element> could not be rendered').and.not.to.contain('secret');
      await expect(element).to.be.accessible();
      element.fails = 'never';
      element.shadowRoot!.querySelector<HTMLElement>('[part=retry]')!.click();
      await waitUntil(() => shown(element) === 'content');
    });
  }

  it('fails in its first rendering as well, and not for good', async () => {
    const element = new TestElement();
    element.fails = 'render';
    document.body.append(element);
    await oneEvent(element, 'jio-error');
    element.fails = 'never';
    element.requestUpdate();
    await waitUntil(() => shown(element) === 'content');
    element.remove();
  });

  it('keeps its styles in another document, and when it comes back', async () => {
    const element = await fixture<TestElement>(html`<test-element></test-element>`);
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="another document"></iframe>`);
    const background = () => {
      const base = element.shadowRoot!.querySelector('.base')!;
      return getComputedStyle(base).backgroundColor;
    };
    const before = background();
    expect(before).not.to.equal('rgba(0, 0, 0, 0)');
    frame.contentDocument!.body.append(element);
    expect(background()).to.equal(before);
    document.body.append(element);
    expect(background()).to.equal(before);
    element.remove();
  });
});
