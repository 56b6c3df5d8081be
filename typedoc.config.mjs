import { readdirSync, readFileSync } from 'node:fs';

/** What is imported only to register tags has nothing to describe. */
const REGISTERS = /define|context-root/;

/** Every module that a published package offers. */
function entryPoints() {
  return readdirSync('packages').flatMap((name) => {
    const { private: isPrivate, exports } = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'));
    if (isPrivate) return [];
    return Object.values(exports).flatMap(({ types = '' }) =>
      types === '' || REGISTERS.test(types)
        ? []
        : [types.replace('./dist/', `packages/${name}/src/`).replace('.d.ts', '.ts')],
    );
  });
}

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'JioAssist Widgets',
  entryPoints: entryPoints(),
  tsconfig: 'tsconfig.json',
  out: 'docs/api',
  readme: 'none',
  excludeExternals: true,
  excludePrivate: true,
  disableSources: true,
  treatWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, notDocumented: false },
  blockTags: [
    '@attr',
    '@csspart',
    '@cssproperty',
    '@cssstate',
    '@defaultValue',
    '@deprecated',
    '@event',
    '@example',
    '@group',
    '@param',
    '@privateRemarks',
    '@remarks',
    '@returns',
    '@see',
    '@since',
    '@slot',
    '@status',
    '@summary',
    '@tag',
    '@throws',
    '@typeParam',
  ],
};
