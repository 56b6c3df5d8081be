import {
  factAt,
  valueAt,
  type CustomerFacts,
  type Fact,
  type FactPath,
} from '@jioassist/badge-widget/rules.js';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

type Change = (path: FactPath, value: unknown) => void;

/** One field for each fact a condition reads; what is empty is not known. */
export function renderFactFields(
  paths: readonly FactPath[],
  facts: CustomerFacts,
  change: Change,
): TemplateResult {
  return html`<div class="facts">
    ${paths.map((path) => {
      const fact = factAt(path);
      return fact ? renderField(path, fact, valueAt(facts, path), change) : '';
    })}
  </div>`;
}

function renderField(path: FactPath, fact: Fact, value: unknown, change: Change): TemplateResult {
  const label = fact.unit ? `${path} (${fact.unit})` : path;
  if (fact.type === 'bool') return renderFlag(path, label, value, change);
  const shown = [value ?? []].flat().map(String).join(', ');
  return html`<label
    >${label}<input
      type=${fact.type === 'double' ? 'number' : 'text'}
      step="any"
      placeholder="not known"
      .value=${live(shown)}
      @input=${(event: Event) => {
        change(path, parse((event.target as HTMLInputElement).value, fact));
      }}
  /></label>`;
}

function renderFlag(path: FactPath, label: string, value: unknown, change: Change): TemplateResult {
  const choices = [
    ['', 'not known'],
    ['true', 'yes'],
    ['false', 'no'],
  ];
  return html`<label
    >${label}<select
      @change=${(event: Event) => {
        const chosen = (event.target as HTMLSelectElement).value;
        change(path, chosen === '' ? undefined : chosen === 'true');
      }}
    >
      ${choices.map(
        ([code, text]) =>
          html`<option value=${code} .selected=${live(code === [value ?? []].flat().map(String).join(''))}>
            ${text}
          </option>`,
      )}
    </select></label
  >`;
}

function parse(text: string, { type }: Fact): unknown {
  if (text.trim() === '') return undefined;
  if (type === 'double') return Number(text);
  return type === 'string' ? text : text.split(',').map((each) => each.trim());
}
