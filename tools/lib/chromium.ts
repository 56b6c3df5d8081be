import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './command.ts';
import { withProgress } from './progress.ts';
import { Sentence } from './stop.ts';

const isRoot = process.getuid?.() === 0;
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const knownPaths = [
  '/usr/bin/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Flags for every Chromium the tools start: quiet, offline, the same picture on each machine. */
export const chromiumArgs = [
  // Chromium refuses to sandbox as root, which is what containers run as.
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of an installed Chromium, or undefined. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROME_PATH'];
  if (chosen && !existsSync(chosen)) {
    throw new Sentence(`CHROME_PATH is ${chosen}, but there is no file there.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return chosen ?? [...knownPaths, ...onPath].find((path) => existsSync(path));
}

/** Finds a Chromium or installs one, and leaves its path in CHROME_PATH for the tools started from here. */
export async function ensureChromium(): Promise<string> {
  const path = findChromium() ?? (await installChromium());
  process.env['CHROME_PATH'] = path;
  return path;
}

async function installChromium(): Promise<string> {
  if (!isRoot || !isDebian()) throw new Sentence(adviceToInstall());
  await withProgress('Installing Chromium (apt-get)', async () => {
    await aptGet('update');
    await aptGet('install', '-y', '--no-install-recommends', 'chromium');
  });
  const path = findChromium();
  if (path) return path;
  throw new Sentence('apt-get installed chromium, but it is nowhere to be found: set CHROME_PATH to it.');
}

function isDebian(): boolean {
  const osRelease = '/etc/os-release';
  return existsSync(osRelease) && /^ID=debian$/m.test(readFileSync(osRelease, 'utf8'));
}

function adviceToInstall(): string {
  const how =
    process.platform === 'linux'
      ? 'install Chromium with your package manager (Debian: sudo apt-get install chromium)'
      : 'install Google Chrome';
  return `The tests need Chromium and none was found: ${how}, or set CHROME_PATH to one you have.`;
}

async function aptGet(...args: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await runCommand('apt-get', args, { env, timeout: 300_000 });
  if (code !== 0) throw new Sentence(`${output}\napt-get ${args[0] ?? ''} failed. ${adviceToInstall()}`);
}
