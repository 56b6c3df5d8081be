import type { Decorator } from '@storybook/web-components-vite';

const rightToLeft = new Set(['ur']);

/** Puts what the toolbar says on the page itself, where widgets read it as they do in a host page. */
export const followGlobals: Decorator = (story, { globals }) => {
  const { theme, locale, dir } = globals as { theme: string; locale: string; dir: string };
  const page = document.documentElement;
  page.lang = locale;
  page.dir = dir === 'auto' ? (rightToLeft.has(locale) ? 'rtl' : 'ltr') : dir;
  page.dataset['theme'] = theme;
  page.style.colorScheme = theme;
  return story();
};
