import { join } from 'node:path';
import { rollup, type Plugin } from 'rollup';
import { root } from '../../tools/lib/paths.ts';

/**
 * Bundles a script of `bench/pages/` the way the CDN build is bundled: what a host pays for Lit alone, for
 * example, is then measured with the same tools in the same run.
 */
export async function buildPage(name: string): Promise<string> {
  const bundle = await rollup({
    input: join(root, 'bench/pages', `${name}.js`),
    onwarn: () => undefined,
    plugins: await cdnPlugins(),
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code;
}

// The build's own configuration is plain JavaScript, and can be read only after the packages were compiled.
async function cdnPlugins(): Promise<Plugin[]> {
  const url = new URL('../../rollup.config.mjs', import.meta.url).href;
  const config = (await import(url)) as { cdnPlugins(): Plugin[] };
  return config.cdnPlugins();
}
