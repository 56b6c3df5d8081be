import type { Page } from '@playwright/test';

/** Property by property, the styles of one kind of element inside the widget. */
export type Styles = Record<string, Record<string, string>>;

// What a host's sheet could change. Sizes are left out: they follow the texts, which are live.
const PROPERTIES = [
  'align-items',
  'background-color',
  'background-image',
  'border-bottom-color',
  'border-bottom-style',
  'border-bottom-width',
  'border-left-width',
  'border-radius',
  'border-right-width',
  'border-top-width',
  'box-shadow',
  'box-sizing',
  'clear',
  'color',
  'cursor',
  'direction',
  'display',
  'fill',
  'float',
  'font-family',
  'font-size',
  'font-style',
  'font-variant',
  'font-weight',
  'gap',
  'hyphens',
  'justify-content',
  'letter-spacing',
  'line-height',
  'list-style-type',
  'margin-bottom',
  'margin-left',
  'margin-right',
  'margin-top',
  'max-width',
  'opacity',
  'outline-style',
  'overflow-wrap',
  'padding-bottom',
  'padding-left',
  'padding-right',
  'padding-top',
  'position',
  'quotes',
  'stroke',
  'tab-size',
  'text-align',
  'text-decoration-line',
  'text-indent',
  'text-shadow',
  'text-transform',
  'text-wrap-mode',
  'user-select',
  'vertical-align',
  'visibility',
  'white-space-collapse',
  'word-break',
  'word-spacing',
  'writing-mode',
  'z-index',
] as const;

/** The computed styles of everything in the widget's shadow tree, by kind of element. */
export function stylesInside(page: Page): Promise<Styles> {
  return page.evaluate((properties) => {
    const kindOf = (element: Element): string => {
      const marks = ['class', 'part', 'role', 'data-state', 'data-indicator'];
      const named = marks.map((mark) => element.getAttribute(mark)).filter(Boolean);
      return [element.localName, ...named].join(' ');
    };
    const stylesOf = (element: Element): Record<string, string> => {
      const computed = getComputedStyle(element);
      return Object.fromEntries(
        properties.map((property) => [property, computed.getPropertyValue(property)]),
      );
    };
    const elements = document.querySelector('jio-diagnostics')?.shadowRoot?.querySelectorAll('*') ?? [];
    return Object.fromEntries([...elements].map((element) => [kindOf(element), stylesOf(element)]));
  }, PROPERTIES);
}
