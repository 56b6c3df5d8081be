import { nodeResolve } from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import htmlLiterals from 'rollup-plugin-html-literals';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ownKeysOnly } from './tools/lib/own-keys-only.ts';

// `tsc -b` leaves plain ES modules in packages/*/build and declarations in packages/*/dist; from there:
//  - each package becomes ES modules with minified templates, dependencies left to the host's bundler;
//  - packages/cdn becomes what a page loads with one script tag.
const PACKAGES = ['anomaly', 'badge-widget', 'core-sdk', 'cti-phone', 'diagnostics-widget', 'km-panel'];
/** Dependencies that a package brings along, because they must be changed first. docs/adr/0058 says why. */
const BROUGHT_ALONG = { 'diagnostics-widget': ['uplot'] };
const CDN = 'packages/cdn/dist';
const MANIFEST = `${CDN}/manifest.json`;

export default [...PACKAGES.map(packageBuild), elementsBuild(), autoloaderBuild()];

function packageBuild(name) {
  const folder = `packages/${name}`;
  const { exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const modules = Object.values(exports).flatMap((target) => (target.default ? [target.default] : []));
  const broughtAlong = BROUGHT_ALONG[name] ?? [];
  return {
    input: modules.map((module) => module.replace('./dist/', `${folder}/build/`)),
    output: {
      dir: `${folder}/dist`,
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: `${folder}/build`,
      // npm never publishes a folder of that name.
      entryFileNames: (chunk) => `${chunk.name.replace(/^node_modules\b/, 'vendor')}.js`,
    },
    external: (id) => /^[^./]/.test(id) && !broughtAlong.includes(id),
    plugins: [nodeResolve({ browser: true, resolveOnly: broughtAlong }), ownKeysOnly(), htmlLiterals()],
  };
}

/** One entry for each element, in packages/cdn/src/elements, and the chunks they share. */
function elementsBuild() {
  const folder = 'packages/cdn/build/elements';
  const modules = readdirSync(folder).filter((file) => file.endsWith('.js'));
  return {
    input: Object.fromEntries(modules.map((file) => [file.replace('.js', ''), `${folder}/${file}`])),
    // Nobody imports from an entry, so it may be one file with what others share.
    preserveEntrySignatures: false,
    output: {
      dir: CDN,
      format: 'es',
      entryFileNames: 'chunks/[name]-[hash].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      hashCharacters: 'base36',
    },
    plugins: [
      emptyFolder(CDN),
      searchWorker(),
      withoutUnusedQueries(),
      ownKeysOnly(),
      ...cdnPlugins(),
      entryList(),
      compressed(),
    ],
  };
}

/** The script of the page: it knows every element's files, so that it fetches them side by side. */
function autoloaderBuild() {
  return {
    input: { jioassist: 'packages/cdn/build/jioassist.js' },
    output: { dir: CDN, format: 'es', entryFileNames: '[name].js' },
    plugins: [elementFiles(), ...cdnPlugins(), entryList(), compressed()],
  };
}

/** What every browser build goes through, so that a floor to compare with can be built the same way. */
export function cdnPlugins() {
  return [
    nodeResolve({ browser: true, exportConditions: ['production'] }),
    replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }),
    htmlLiterals(),
    terser({ module: true, ecma: 2022, compress: { passes: 2 }, format: { comments: false } }),
  ];
}

/**
 * Leaves out what the query engine brings along and the SDK never calls: mutations (changes go through the outbox)
 * and infinite queries. docs/adr/0048 says why, and what to do when this stops the build.
 */
function withoutUnusedQueries() {
  const stubs = {
    './mutationCache.js': 'export class MutationCache { clear() {} resumePausedMutations() {} }',
    './infiniteQueryBehavior.js': 'export const infiniteQueryBehavior = undefined;',
  };
  const engine = /query-core[\\/]build[\\/]modern[\\/](?:query|queryClient)\.js$/;
  const left = new Set(Object.keys(stubs));
  return {
    name: 'without-unused-queries',
    resolveId(source, importer) {
      if (!stubs[source] || !engine.test(importer ?? '')) return null;
      left.delete(source);
      return `\0unused${source}`;
    },
    load: (id) => stubs[id.replace('\0unused', '')] ?? null,
    buildEnd() {
      const present = [...this.getModuleIds()].some((id) => engine.test(id));
      if (present && left.size > 0) this.error(`The query engine no longer imports ${[...left].join(', ')}.`);
    },
  };
}

/** A worker's script is an entry of its own: where the panel names its address, the one it gets here is put. */
function searchWorker() {
  const address = "new URL('./search-worker.js', import.meta.url)";
  let reference;
  return {
    name: 'search-worker',
    buildStart() {
      const id = 'packages/km-panel/dist/knowledge/search-worker.js';
      reference = this.emitFile({ type: 'chunk', id, name: 'search-worker' });
    },
    transform(code) {
      if (!code.includes(address)) return null;
      return { code: code.replace(address, `new URL(import.meta.ROLLUP_FILE_URL_${reference})`), map: null };
    },
  };
}

function emptyFolder(folder) {
  return { name: 'empty-folder', buildStart: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Adds to manifest.json, for each entry, its file and all files it cannot start without. */
function entryList() {
  return {
    name: 'entry-list',
    writeBundle(_options, bundle) {
      const needs = (file, seen = new Set()) => {
        for (const next of bundle[file].imports) if (!seen.has(next)) needs(next, seen.add(next));
        return [...seen];
      };
      const chunks = Object.values(bundle).filter(({ isEntry, isDynamicEntry }) => isEntry || isDynamicEntry);
      const known = existsSync(MANIFEST) ? readManifest() : {};
      for (const { name, fileName } of chunks) known[name] = { file: fileName, imports: needs(fileName) };
      writeFileSync(MANIFEST, JSON.stringify({ entries: known }, null, 2));
    },
  };
}

function readManifest() {
  return JSON.parse(readFileSync(MANIFEST, 'utf8')).entries;
}

/** Gives `element-files` to the autoloader: the URLs of each element's files, its entry first. */
function elementFiles() {
  const id = 'element-files';
  return {
    name: id,
    resolveId: (source) => (source === id ? id : null),
    load: (source) => {
      if (source !== id) return null;
      const elements = Object.entries(readManifest()).filter(([name]) => name.startsWith('jio-'));
      const files = elements.map(([tag, { file, imports }]) => [tag, [file, ...imports]]);
      return `export const elementFiles = ${JSON.stringify(Object.fromEntries(files))};`;
    },
  };
}

/** Puts a .gz and a .br beside each script: a server need not compress the same bytes again and again. */
function compressed() {
  return {
    name: 'compressed',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const { type, fileName, code } of Object.values(bundle)) {
          if (type !== 'chunk') continue;
          const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(code, { level: 9 }) });
          this.emitFile({
            type: 'asset',
            fileName: `${fileName}.br`,
            source: brotliCompressSync(code, { params }),
          });
        }
      },
    },
  };
}
