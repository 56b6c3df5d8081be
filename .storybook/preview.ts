import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json';
import { followGlobals } from './globals.ts';
import { publicOnly } from './manifest.ts';

setCustomElementsManifest(publicOnly(manifest));

interface Choice {
  value: string;
  title: string;
}

const toolbar = (title: string, icon: 'mirror' | 'globe' | 'transfer', items: Choice[]) => ({
  description: title,
  toolbar: { title, icon, items, dynamicTitle: true },
});

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [followGlobals],
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true, sort: 'requiredFirst' },
  },
  initialGlobals: { theme: 'light', locale: 'en', dir: 'auto' },
  globalTypes: {
    theme: toolbar('Theme', 'mirror', [
      { value: 'light', title: 'Light' },
      { value: 'dark', title: 'Dark' },
    ]),
    locale: toolbar('Language', 'globe', [
      { value: 'en', title: 'English' },
      { value: 'hi', title: 'हिन्दी' },
      { value: 'ur', title: 'اردو' },
    ]),
    dir: toolbar('Direction', 'transfer', [
      { value: 'auto', title: 'Of the language' },
      { value: 'ltr', title: 'Left to right' },
      { value: 'rtl', title: 'Right to left' },
    ]),
  },
};

export default preview;
