import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runCommand } from './command.ts';
import { cacheDir, root } from './paths.ts';
import { Sentence } from './stop.ts';

type Exports = Record<string, string | { types: string; default: string }>;

export interface PackageManifest {
  name: string;
  version: string;
  private?: boolean;
  exports?: Exports;
  /** Where editors and catalogues find the elements manifest. */
  customElements?: string;
  /** What is published beside package.json and README.md. */
  files?: string[];
}

export interface PublicPackage {
  folder: string;
  manifest: PackageManifest;
}

/** The packages that go to the registry. */
export function publicPackages(): PublicPackage[] {
  return globSync('packages/*/package.json', { cwd: root })
    .map((path) => ({
      folder: join(root, dirname(path)),
      manifest: JSON.parse(readFileSync(join(root, path), 'utf8')) as PackageManifest,
    }))
    .filter(({ manifest }) => manifest.private !== true)
    .sort((a, b) => a.manifest.name.localeCompare(b.manifest.name));
}

/** Lays a built package out as it is published and returns the folder, ready for `npm publish`. */
export async function stagePackage({ folder, manifest }: PublicPackage): Promise<string> {
  const staged = join(cacheDir, 'pack', manifest.name.replace('/', '-'));
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  // Tests beside the source stay at home.
  const filter = (path: string) => !/\.test\.ts$/.test(path);
  for (const part of ['package.json', 'README.md', ...(manifest.files ?? ['dist'])]) {
    const source = join(folder, part);
    if (existsSync(source)) cpSync(source, join(staged, part), { recursive: true, filter });
  }
  cpSync(join(root, 'LICENSE'), join(staged, 'LICENSE'));
  if (manifest.exports?.['./source']) copySources(folder, staged);
  if (manifest.exports?.['./custom-elements.json']) await describeElements(folder, staged);
  return staged;
}

function copySources(folder: string, staged: string): void {
  const filter = (path: string) => !path.endsWith('.test.ts');
  cpSync(join(folder, 'src'), join(staged, 'src'), { recursive: true, filter });
}

async function describeElements(folder: string, staged: string): Promise<void> {
  const cem = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
  const globs = ['--globs', 'src/**/*.ts', '--exclude', 'src/**/*.test.ts'];
  const places = { config: join(root, 'custom-elements-manifest.config.mjs'), outdir: staged };
  // The analyzer takes paths from the folder it runs in only.
  const paths = Object.entries(places).flatMap(([name, path]) => [`--${name}`, relative(folder, path)]);
  const args = [cem, 'analyze', '--quiet', ...globs, ...paths];
  const { code, output } = await runCommand('node', args, { cwd: folder, timeout: 60_000 });
  if (code !== 0) throw new Sentence(`${output}\nThe elements manifest could not be made.`);
}

/** Packs a staged package and returns the tarball's path. */
export async function packStaged(staged: string): Promise<string> {
  const args = ['pack', '--json', '--silent', '--ignore-scripts'];
  const { code, output } = await runCommand('npm', args, { cwd: staged, timeout: 60_000 });
  if (code !== 0) throw new Sentence(`${output}\nnpm pack failed.`);
  const tarball = globSync('*.tgz', { cwd: staged })[0];
  if (tarball === undefined) throw new Sentence(`${output}\nnpm pack made no tarball.`);
  return join(staged, tarball);
}
