// Runs before every command, on whatever Node the machine has: it must load there, so it stays plain
// JavaScript without imports from node_modules. It speaks on stderr: stdout belongs to the command that follows.
import { Buffer } from 'buffer';
import { spawn } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { clearInterval, setInterval } from 'timers';
import { fileURLToPath } from 'url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
const stampFile = join(modules, '.jioassist-lock');
const oldestNode = [20, 19];
const pinnedNode = [24, 0];

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

function isOlder(version, than) {
  const [major, minor] = version.split('.').map(Number);
  return major < than[0] || (major === than[0] && minor < than[1]);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

// npm writes its own record of what it installed as the last step, so an interrupted install has none. The stamp
// makes the usual case quick; without it, an `npm install` made by hand counts when it put in what the lock says.
function isInstalled() {
  if (!existsSync(lockFile)) stop('package-lock.json is missing: take it from the repository again.');
  const present = readJson(join(modules, '.package-lock.json'));
  if (!present) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash()) return true;
  const wanted =
    readJson(lockFile) || stop('package-lock.json is broken: take it from the repository again.');
  return Object.keys(wanted.packages).every((path) =>
    isSame(wanted.packages[path], present.packages[path], path),
  );
}

function isSame(wanted, installed, path) {
  if (path === '' || wanted.extraneous) return true;
  if (!installed) return wanted.optional === true;
  return installed.version === wanted.version && installed.integrity === wanted.integrity;
}

function showProgress(title) {
  const started = Date.now();
  const line = () => `${title} ${Math.round((Date.now() - started) / 1000)} s`;
  const live = process.stderr.isTTY === true;
  if (!live) console.error(title);
  const timer = setInterval(() => live && process.stderr.write(`\r\x1b[2K${line()}`), 250);
  return () => {
    clearInterval(timer);
    if (live) process.stderr.write('\r\x1b[2K');
    console.error(line());
  };
}

function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  const cli = process.env.npm_execpath;
  // npm's own Node, not this one: this one may be in the node_modules that npm is about to replace.
  const node = process.env.npm_node_execpath || process.execPath;
  const [command, first] = cli && /\.c?js$/.test(cli) ? [node, [cli]] : ['npm', []];
  return spawn(command, [...first, ...args], { cwd: root, shell: process.platform === 'win32' && !cli });
}

function install() {
  const finish = showProgress('Installing packages (a minute or so the first time) …');
  const child = npmCi();
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => stop(`npm could not be started: ${error.message}`));
    child.on('close', (code) => {
      finish();
      if (code === 0) return resolve(writeFileSync(stampFile, lockHash()));
      console.error(Buffer.concat(output).toString());
      stop('The packages could not be installed; the lines above are what npm said.');
    });
  });
}

// The tools run on the Node that npm put into node_modules; where npm has none for the platform, the
// machine's own must be able to run TypeScript files.
function checkToolNode() {
  if (existsSync(join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'))) return;
  if (!isOlder(process.versions.node, pinnedNode)) return;
  stop(
    `There is no packaged Node ${pinnedNode[0]} for ${process.platform}-${process.arch} and this one is ` +
      `${process.version}: install Node ${pinnedNode[0]} from nodejs.org and run the command again.`,
  );
}

if (isOlder(process.versions.node, oldestNode)) {
  stop(
    `JioAssist needs Node ${oldestNode.join('.')} or newer, this is ${process.version}: please update Node.`,
  );
}
if (isInstalled()) checkToolNode();
else install().then(checkToolNode);
