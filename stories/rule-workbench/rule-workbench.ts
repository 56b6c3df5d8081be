import '@jioassist/badge-widget/define.js';
import {
  FACT_DESCRIPTIONS,
  factAt,
  type CustomerFacts,
  type FactPath,
} from '@jioassist/badge-widget/rules.js';
import standardRules from '@jioassist/badge-widget/standard-rules.json';
import type { JioAssistClient } from '@jioassist/core-sdk';
import { JioElement } from '@jioassist/core-sdk/lit';
import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { completionAt, readDraft, verdictOn, type Draft, type DraftProblem } from './draft.js';
import { renderFactFields } from './fact-fields.js';
import { previewClient } from './preview.js';
import { workbenchStyles } from './rule-workbench.styles.js';
import { samples } from './samples.js';

/** So long after the last key the badge is drawn anew. */
const SETTLE = 250;
const rules = standardRules.rules.map((rule) => ({ id: rule.id, text: JSON.stringify(rule, undefined, 2) }));

/** For whoever writes rules: a rule, what is wrong with it, who would get its badge, and how that looks. */
export class RuleWorkbench extends JioElement {
  static override styles: CSSResultGroup = [super.styles, workbenchStyles];

  @query('textarea') private editor!: HTMLTextAreaElement;

  @state() private text = rules[0]?.text ?? '';
  @state() private caret = 0;
  @state() private chosen = 1;
  /** The facts of the samples, as they were changed here. */
  @state() private customers: readonly CustomerFacts[] = samples.map(({ facts }) => facts);
  @state() private preview: JioAssistClient | undefined;
  @state() private said = '';

  private draft: Draft = readDraft(this.text);
  private settling: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.drawPreview();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.settling);
    this.preview?.dispose();
    this.preview = undefined;
  }

  private get facts(): CustomerFacts {
    return this.customers[this.chosen] ?? {};
  }

  private write(text: string): void {
    this.text = text;
    this.draft = readDraft(text);
    this.drawSoon();
  }

  private drawSoon(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.drawPreview();
    }, SETTLE);
  }

  /** The badge stays as it was while the rule cannot be used. */
  private drawPreview(): void {
    if (!this.draft.loaded || !this.isConnected) return;
    this.preview?.dispose();
    this.preview = previewClient(this.text, this.facts);
  }

  private handleChoice = (event: Event): void => {
    const chosen = rules.find(({ id }) => id === (event.target as HTMLSelectElement).value);
    if (chosen) this.write(chosen.text);
  };

  private handleInput = (): void => {
    this.caret = this.editor.selectionStart;
    this.write(this.editor.value);
  };

  private handleCaret = (): void => {
    this.caret = this.editor.selectionStart;
  };

  /** Control and the space bar take the first fact that fits, as in other editors. */
  private handleKey = (event: KeyboardEvent): void => {
    const [first] = completionAt(this.text, this.editor.selectionStart).facts;
    if (event.key !== ' ' || !event.ctrlKey || !first) return;
    event.preventDefault();
    this.complete(first);
  };

  private complete(path: FactPath): void {
    const { start } = completionAt(this.text, this.caret);
    this.editor.focus();
    this.editor.setRangeText(path, start, this.caret, 'end');
    this.handleInput();
  }

  private show({ place }: DraftProblem): void {
    this.editor.focus();
    this.editor.setSelectionRange(place.start, Math.max(place.end, place.start + 1));
    this.caret = place.start;
  }

  private choose(index: number): void {
    this.chosen = index;
    this.drawPreview();
  }

  private changeFact(path: FactPath, value: unknown): void {
    const [group = '', name = ''] = path.split('.');
    const members = { ...(this.facts as Record<string, object | undefined>)[group], [name]: value };
    this.customers = this.customers.with(this.chosen, { ...this.facts, [group]: members });
    this.drawSoon();
  }

  private handleReset = (): void => {
    this.customers = samples.map(({ facts }) => facts);
    this.drawSoon();
  };

  private handleCopy = (): void => {
    navigator.clipboard.writeText(this.text).then(
      () => (this.said = 'Copied.'),
      () => (this.said = 'The browser does not let this page copy. Select the text and copy it.'),
    );
  };

  private renderEditor(): TemplateResult {
    const { problems } = this.draft;
    return html`<section aria-labelledby="rule-title">
      <h2 id="rule-title">The rule</h2>
      <label for="start">Start from</label>
      <div class="bar">
        <select id="start" @change=${this.handleChoice}>
          ${rules.map(({ id }) => html`<option value=${id}>${id}</option>`)}
        </select>
        <button type="button" class="quiet" @click=${this.handleCopy}>Copy the rule</button>
        <span role="status">${this.said}</span>
      </div>
      <label for="rule">JSON</label>
      <textarea
        id="rule"
        spellcheck="false"
        autocomplete="off"
        aria-invalid=${problems.length > 0}
        aria-describedby="completion problems"
        .value=${live(this.text)}
        @input=${this.handleInput}
        @keyup=${this.handleCaret}
        @click=${this.handleCaret}
        @keydown=${this.handleKey}
      ></textarea>
      ${this.renderCompletion()}${this.renderProblems()}
    </section>`;
  }

  private renderCompletion(): TemplateResult {
    const { facts } = completionAt(this.text, this.caret);
    return html`<div class="completion" id="completion" role="group" aria-label="Facts that fit">
      ${
        facts.length === 0
          ? html`<span class="quiet-text"
              >Begin to write the name of a fact; Ctrl+Space takes the first that fits.</span
            >`
          : facts.map(
              (path) =>
                html`<button
                  type="button"
                  class="quiet"
                  title=${describe(path)}
                  @click=${() => {
                    this.complete(path);
                  }}
                >
                  ${path}
                </button>`,
            )
      }
    </div>`;
  }

  private renderProblems(): TemplateResult {
    const { problems } = this.draft;
    const state = problems.length === 0 ? 'The rule is in order.' : `Problems: ${problems.length}`;
    return html`<div id="problems">
      <p class="state ${problems.length > 0 ? 'bad' : ''}" role="status">${state}</p>
      <ol class="problems">
        ${problems.map(
          (problem) =>
            html`<li>
              <button
                type="button"
                class="quiet"
                @click=${() => {
                  this.show(problem);
                }}
              >
                <span class="place">Line ${problem.line}, column ${problem.column}</span>${problem.message}
              </button>
            </li>`,
        )}
      </ol>
    </div>`;
  }

  private renderSamples(): TemplateResult {
    const verdicts = this.customers.map((facts) => verdictOn(this.draft, facts));
    const count = verdicts.filter((verdict) => verdict?.gets).length;
    return html`<section aria-labelledby="samples-title">
      <h2 id="samples-title">Who gets it</h2>
      <p role="status">
        ${this.draft.loaded ? `${count} of ${samples.length} customers get the badge.` : 'Nobody, while the rule has problems.'}
      </p>
      <div class="scroll" role="region" aria-label="Sample customers" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Customer</th>
              <th scope="col">Badge</th>
              <th scope="col">Because</th>
            </tr>
          </thead>
          <tbody>
            ${samples.map(({ name }, index) => this.renderSample(name, index, verdicts[index]))}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private renderSample(name: string, index: number, verdict: ReturnType<typeof verdictOn>): TemplateResult {
    const isChosen = index === this.chosen;
    return html`<tr aria-current=${isChosen ? 'true' : nothing}>
      <th scope="row">
        <button
          type="button"
          class="quiet"
          aria-pressed=${isChosen}
          @click=${() => {
            this.choose(index);
          }}
        >
          ${name}
        </button>
      </th>
      <td class="verdict ${verdict?.gets ? 'yes' : ''}">
        ${verdict ? (verdict.gets ? '✓ gets it' : '✗ no') : '–'}
      </td>
      <td>${verdict?.why ?? ''}</td>
    </tr>`;
  }

  private renderPreview(): TemplateResult {
    const reads = this.draft.loaded?.condition.reads ?? [];
    const isOld = this.draft.loaded === undefined;
    return html`<section aria-labelledby="preview-title">
      <h2 id="preview-title">What the agent sees</h2>
      <p>${samples[this.chosen]?.name}${isOld ? ': as the rule was before it had problems' : ''}</p>
      <div class="preview ${isOld ? 'old' : ''}">
        <jio-assist .client=${this.preview}><jio-badges></jio-badges></jio-assist>
      </div>
      ${
        reads.length === 0
          ? nothing
          : html`<div class="bar">
                <h3>Facts the condition reads</h3>
                <button type="button" class="quiet" @click=${this.handleReset}>As they were</button>
              </div>
              ${renderFactFields(reads, this.facts, (path, value) => {
                this.changeFact(path, value);
              })}`
      }
    </section>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="base">
      <div class="columns">
        ${this.renderEditor()}
        <div class="side">${this.renderSamples()}${this.renderPreview()}</div>
      </div>
    </div>`;
  }
}

const describe = (path: FactPath): string => {
  const [group = '', name = ''] = path.split('.');
  const groups = FACT_DESCRIPTIONS as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  return `${factAt(path)?.type ?? ''}: ${groups[group]?.[name] ?? ''}`;
};

customElements.define('rule-workbench', RuleWorkbench);

declare global {
  interface HTMLElementTagNameMap {
    'rule-workbench': RuleWorkbench;
  }
}
