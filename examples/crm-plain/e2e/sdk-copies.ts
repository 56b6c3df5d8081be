import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { rollup, type Plugin } from 'rollup';
import { root } from '../../../tools/lib/paths.ts';

const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' };
const cdn = join(root, 'packages/cdn/dist');

/** Answers below `/sdk/copy/` with a second copy of the CDN build: other addresses, so other modules. */
export async function serveCopy(context: BrowserContext): Promise<void> {
  await context.route('**/sdk/copy/**', async (route) => {
    const path = join(cdn, new URL(route.request().url()).pathname.replace('/sdk/copy/', ''));
    await route.fulfill(existsSync(path) ? { path, headers } : { status: 404 });
  });
}

/** Answers below `/sdk/2/` with the SDK as its next major version will be, its elements defined as `jio2-…`. */
export async function serveNextMajor(context: BrowserContext): Promise<void> {
  const files = await buildNextMajor();
  await context.route('**/sdk/2/**', async (route) => {
    const body = files.get(new URL(route.request().url()).pathname.replace('/sdk/2/', ''));
    await route.fulfill(body === undefined ? { status: 404 } : { body, headers });
  });
}

const entry = `
import { define } from '@jioassist/core-sdk/lit';
import { define as defineDiagnostics } from '@jioassist/diagnostics-widget';
define('jio2');
defineDiagnostics('jio2');`;

async function buildNextMajor(): Promise<Map<string, string>> {
  const { cdnPlugins } = (await import(new URL('../../../rollup.config.mjs', import.meta.url).href)) as {
    cdnPlugins: () => Plugin[];
  };
  const bundle = await rollup({
    input: { jioassist: join(cdn, 'next-major.js') },
    onwarn: () => undefined,
    plugins: [nextMajor(), ...cdnPlugins()],
  });
  const { output } = await bundle.generate({ format: 'es', entryFileNames: '[name].js' });
  await bundle.close();
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])));
}

function nextMajor(): Plugin {
  return {
    name: 'next-major',
    resolveId: (source) => (source.endsWith('next-major.js') ? source : null),
    load: (id) => (id.endsWith('next-major.js') ? entry : null),
    transform(code, id) {
      if (!/core-sdk\/dist\/protocol\.js$/.test(id)) return null;
      const changed = code.replace('PROTOCOL_MAJOR = 1', 'PROTOCOL_MAJOR = 2');
      if (changed === code) this.error('There is no PROTOCOL_MAJOR to raise.');
      return changed;
    },
  };
}
