import {
  configureLocalization,
  LOCALE_STATUS_EVENT,
  type LocaleModule,
  type RuntimeConfiguration,
} from '@lit/localize';

export const SOURCE_LOCALE = 'en';
export const TARGET_LOCALES = ['hi', 'ur'] as const;
export type TargetLocale = (typeof TARGET_LOCALES)[number];

/** How to get a package's translations, a locale at a time. */
export type Translations = Readonly<Record<TargetLocale, () => Promise<LocaleModule>>>;

const packages: Translations[] = [];
const loaded = new Map<string, LocaleModule['templates']>();

const { getLocale, setLocale } = configure({
  sourceLocale: SOURCE_LOCALE,
  targetLocales: TARGET_LOCALES,
  loadLocale: async (locale) => {
    const templates: LocaleModule['templates'] = {};
    loaded.set(locale, templates);
    await Promise.all(packages.map((translations) => loadInto(templates, translations, locale)));
    return { templates };
  },
});

/** Adds a package's translations. A package that comes late, when its tag appears, is translated when loaded. */
export function addTranslations(translations: Translations): void {
  if (packages.includes(translations)) return;
  packages.push(translations);
  const locale = getLocale();
  const templates = loaded.get(locale);
  if (!templates) return;
  void loadInto(templates, translations, locale).then(() => {
    const detail = { status: 'ready', readyLocale: locale };
    globalThis.dispatchEvent(new CustomEvent(LOCALE_STATUS_EVENT, { detail }));
  });
}

/**
 * Shows all elements of this copy of the SDK in the language of a BCP 47 tag, in English where it has none.
 * Resolves when the language can be shown; a language that cannot be loaded leaves what is there.
 */
export async function useLanguage(tag: string): Promise<void> {
  const language = tag.toLowerCase().split('-')[0];
  await setLocale(TARGET_LOCALES.find((locale) => locale === language) ?? SOURCE_LOCALE).catch(
    () => undefined,
  );
}

/** The writing direction of the language that is shown. */
export function textDirection(): 'ltr' | 'rtl' {
  return getLocale() === 'ur' ? 'rtl' : 'ltr';
}

/** The tag for `Intl`: the language as written in India, with the digits agents type. */
export function formatTag(): string {
  return `${getLocale()}-IN-u-nu-latn`;
}

async function loadInto(
  templates: LocaleModule['templates'],
  translations: Translations,
  locale: string,
): Promise<void> {
  const module = await translations[locale as TargetLocale]();
  Object.assign(templates, module.templates);
}

/**
 * One copy of `@lit/localize` can be set up once. Where a host's bundler gave its own to us, or ours to two copies of
 * the SDK, the second stays in English: an import that throws would take the page with it.
 */
function configure(settings: RuntimeConfiguration): ReturnType<typeof configureLocalization> {
  try {
    return configureLocalization(settings);
  } catch {
    return { getLocale: () => SOURCE_LOCALE, setLocale: () => Promise.resolve() };
  }
}
