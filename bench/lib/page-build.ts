import { join } from 'node:path';
import { rollup, type Plugin } from 'rollup';
import { root } from '../../tools/lib/paths.ts';

/**
 * Bundles a script of `bench/pages/` the way the CDN build is bundled: what a host pays for Lit alone, for
 * example, is then measured with the same tools in the same run.
 *
 * @returns the code of `<name>.js` and of the files it loads later, by file name.
 */
export async function buildPage(name: string): Promise<Map<string, string>> {
  const bundle = await rollup({
    input: { [name]: join(root, 'bench/pages', `${name}.js`) },
    onwarn: () => undefined,
    plugins: await cdnPlugins(),
  });
  const { output } = await bundle.generate({ format: 'es', entryFileNames: '[name].js' });
  await bundle.close();
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])));
}

// The build's own configuration is plain JavaScript, and can be read only after the packages were compiled.
async function cdnPlugins(): Promise<Plugin[]> {
  const url = new URL('../../rollup.config.mjs', import.meta.url).href;
  const config = (await import(url)) as { cdnPlugins(): Plugin[] };
  return config.cdnPlugins();
}
