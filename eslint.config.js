import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

// The directions of imports: widget -> core-sdk, anomaly; gateway -> anomaly, badge rules; stories, examples, bench -> packages; nothing the other way.
const WIDGETS = '^@jioassist/(?!core-sdk|anomaly)';
const GATEWAY = '(^|/)gateway/|^@jioassist/gateway';
const LIT = '^(lit|@lit)(/|$)';
const OUTSIDE = '/(stories|examples|bench|tools)/';

const forbid = (...rules) => ({
  'no-restricted-imports': ['error', { patterns: rules.map(([regex, message]) => ({ regex, message })) }],
});

const BROWSER = Object.fromEntries(
  [
    'window',
    'document',
    'location',
    'history',
    'localStorage',
    'sessionStorage',
    'URL',
    'URLSearchParams',
    'fetch',
    'FormData',
    'Option',
    'addEventListener',
  ].map((name) => [name, 'readonly']),
);

const BARE_VALIBOT = [
  '^valibot$',
  'Import valibot from api/valibot.js, which withstands a page’s Object.prototype.',
];

const inside = [`${GATEWAY}|${OUTSIDE}`, 'A package does not reach outside packages/.'];

const house = {
  widget: forbid([WIDGETS, 'Widgets meet only in the core: no widget imports another.'], inside),
  core: forbid(
    [WIDGETS, 'The core knows no widget.'],
    [LIT, 'Only src/lit of the core may know Lit.'],
    BARE_VALIBOT,
    inside,
  ),
  coreLit: forbid([WIDGETS, 'The core knows no widget.'], BARE_VALIBOT, inside),
  model: forbid(
    [WIDGETS, 'Widgets meet only in the core: no widget imports another.'],
    [
      `${LIT}|^@jioassist/core-sdk/(lit|define)`,
      'A model has no DOM and no Lit, so that it runs without them.',
    ],
    inside,
  ),
  gateway: forbid([
    `^@jioassist/(?!anomaly/source$|badge-widget/rules/source$|cti-phone/scenarios/source$|km-panel/search/source$)|/packages/|${OUTSIDE}`,
    'The gateway stands alone, but for the detector, the badge rules, the scenarios of calls and the article search.',
  ]),
  anomaly: forbid(['^[^.]', 'The detector has no dependencies.'], inside),
  callModel: forbid(
    ['^@jioassist/|^lit|^@lit', 'The call model and its providers run without the core and without Lit.'],
    inside,
  ),
  rules: forbid(
    [
      '^@jioassist/|^lit|^@lit',
      'Rules run in the browser and on the gateway, so they know neither core nor Lit.',
    ],
    inside,
  ),
};

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/build/**',
      '**/src/locales/**',
      'docs/**',
      'storybook-static/**',
      'coverage/**',
      'test-results/**',
      '.jioassist/**',
      '.cache/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-deprecated': [
        'error',
        // Deprecated by its author so that it stands out; used for a gateway on this very machine only.
        { allow: [{ from: 'package', package: 'oauth4webapi', name: 'allowInsecureRequests' }] },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended']],
    rules: { 'wc/guard-super-call': 'off' },
  },
  { files: ['packages/*-widget/src/**/*.ts'], rules: house.widget },
  { files: ['packages/badge-widget/src/rules/**/*.ts'], rules: house.rules },
  { files: ['packages/cti-phone/src/{model,providers}/**/*.ts'], rules: house.callModel },

  { files: ['packages/core-sdk/src/**/*.ts'], rules: house.core },
  {
    files: ['packages/core-sdk/src/{lit,testing}/**/*.ts', 'packages/core-sdk/src/define.ts'],
    rules: house.coreLit,
  },
  { files: ['packages/core-sdk/src/api/valibot.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: [
      'packages/*/src/*.model.ts',
      'packages/diagnostics-widget/src/{announcer,band-watch,card-order,chart-data,explanation,feedback,finding,measurements,series,service-health,service-view,test-result,verdict}.ts',
    ],
    rules: house.model,
  },
  {
    // Arithmetic on typed arrays of fixed length: an index that cannot miss need not be checked a million times a second.
    files: ['packages/anomaly/src/**/*.ts'],
    rules: { ...house.anomaly, '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // The same for postings and tokens: indexes come from the index's own numbers, checked when it is loaded.
    files: ['packages/km-panel/src/search/**/*.ts'],
    rules: { ...house.model, '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['gateway/src/**/*.ts'], rules: house.gateway },
  {
    // Tests reach into what they test and call helpers whose promises the runner awaits.
    files: ['**/*.test.ts', '**/e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-restricted-imports': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  { files: ['examples/*/*.js', 'gateway/src/auth/assets/*.js'], languageOptions: { globals: BROWSER } },
  prettier,
);
